"""What is a case opens, and what is none is refused with a sentence and left as it was."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dragoman.case import create_case, open_case, opening
from dragoman.case.connection import APPLICATION_ID, connect
from dragoman.case.migrations import MIGRATIONS, Migration, applied, upgrade
from dragoman.errors import CaseBusyError, CaseError, CaseVersionError

from .factory import READER, SENTENCES, filled, make_reading


def test_new_case_knows_its_packs_and_title(tmp_path: Path) -> None:
    with create_case(tmp_path / "a.case", packs=("core", "afghanistan"), title="Who deals with whom?"):
        pass
    with open_case(tmp_path / "a.case") as case:
        assert case.packs == ("core", "afghanistan")
        assert case.title == "Who deals with whom?"


def test_case_without_title_is_called_like_its_file(tmp_path: Path) -> None:
    with create_case(tmp_path / "kabul.case", packs=()) as case:
        assert case.title == "kabul"


@pytest.mark.parametrize("name", ["plain.case", "what? #1 100%.case", "کابل 🕊.case"])
def test_closed_case_is_one_file_whatever_its_name(tmp_path: Path, name: str) -> None:
    with filled(tmp_path / name, make_reading()):
        pass
    with open_case(tmp_path / name) as case:
        assert case.overview().documents == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("what", ["case", "file", "folder"])
def test_new_case_replaces_nothing(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.case"
    if what == "case":
        filled(path, make_reading()).close()
    elif what == "file":
        path.write_text("mine")
    else:
        path.mkdir()
    with pytest.raises(CaseError, match=r"a\.case (exists already|is a folder)"):
        create_case(path, packs=())
    assert path.is_dir() or path.stat().st_size > 0


def test_new_case_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot make a case at"):
        create_case(tmp_path / "nowhere" / "a.case", packs=())


def test_copy_that_has_lost_its_journal_mode_is_written_like_any_case(tmp_path: Path) -> None:
    filled(tmp_path / "a.case", make_reading()).close()
    with sqlite3.connect(tmp_path / "a.case") as whole:
        whole.execute("VACUUM INTO ?", [str(tmp_path / "b.case")])
    whole.close()
    with open_case(tmp_path / "b.case", write=True) as case, open_case(tmp_path / "b.case") as reader:
        case.start_run(READER)
        case.add(make_reading("late", sentences=("Late news.", "It came.", "So.")))
        assert reader.overview().documents == 2


def test_case_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        create_case(tmp_path / "a.case", packs=(object(),))
    assert not list(tmp_path.iterdir())


def _nothing(path: Path) -> None:
    """No file at all."""


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()


REFUSED = {
    "missing": (_nothing, "there is no case at"),
    "folder": (Path.mkdir, "is a folder, not a case"),
    "empty": (Path.touch, "SQLite file of another program"),
    "text": (lambda path: path.write_text("Kabul, 3 May. " * 100), "is not a case"),
    "foreign": (_foreign, "SQLite file of another program"),
    "pipe": (os.mkfifo, "is not a plain file"),
}


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize(("make", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_case_is_refused_and_left_as_it_was(tmp_path: Path, make: object, says: str, write: bool) -> None:
    path = tmp_path / "a.case"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CaseError, match=says) as caught:
        open_case(path, write=write)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_damaged_case_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    filled(path, *(make_reading(f"d{n}", sentences=(f"{n} left.", "It is.", "So.")) for n in range(30))).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + os.urandom(len(whole) - 8192))
    with pytest.raises(CaseError, match="is damaged"), open_case(path) as case:
        list(case.readings())


def test_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    filled(path, make_reading()).close()
    conn = connect(path, write=True, patience=1)
    upgrade(conn, (*MIGRATIONS, Migration("9999-future", ("CREATE TABLE future (a TEXT) STRICT",))))
    conn.close()
    with pytest.raises(CaseVersionError, match=r"9999-future.*upgrade Dragoman"):
        open_case(path)


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_case_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "a.case"
    with sqlite3.connect(path) as old:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.close()
    with open_case(path, write=write) as case:
        assert applied(case._conn) == tuple(migration.name for migration in MIGRATIONS)


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """A case of an older Dragoman that took for disputed what is not by the rules of today."""
    path = tmp_path / "a.case"
    with filled(path, make_reading()) as case:
        case._conn.exec_driver_sql("UPDATE occurrences SET status = 'disputed', disputes = 'standing'")
        case._conn.exec_driver_sql("INSERT INTO opposed_accounts (\"key\", month) VALUES ('nobody', '2024-05')")
        case._conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0011-disputes'")
    return path


def test_disputes_of_an_older_case_are_looked_at_again(disputed: Path) -> None:
    with open_case(disputed) as case:
        assert [occurrence.status for occurrence in case.occurrences()] == ["one source"]
        assert list(case.disputes()) == []


def test_reports_of_an_older_case_are_gathered_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with filled(path, make_reading("a"), make_reading("b", sentences=(*SENTENCES, "So it was."))) as case:
        before = [(one.id, one.number) for one in case.occurrences()]
        case._conn.exec_driver_sql("UPDATE links SET score = 99, why = '[]'")
        case._conn.exec_driver_sql("UPDATE occurrences SET reports = 99")
        case._conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0017-unnamed'")
    with open_case(path) as case:
        assert [(one.id, one.number) for one in case.occurrences()] == before
        assert case._conn.exec_driver_sql("SELECT max(score) FROM links").scalar_one() < 99


def test_a_large_case_says_that_it_is_brought_up_to_date_and_once(
    disputed: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "_LARGE", 0)
    for _ in range(2):
        open_case(disputed).close()
    assert [record.getMessage() for record in caplog.records] == [
        f"{disputed} is of an older Dragoman and is brought up to date, which takes a while, once"
    ]


def test_migration_runs_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    filled(path, make_reading()).close()
    good = Migration("9998-good", ("CREATE TABLE good (a TEXT) STRICT",))
    bad = Migration("9999-bad", ("CREATE TABLE half (a TEXT) STRICT", "no SQL"))
    conn = connect(path, write=True, patience=1)
    for _ in range(2):
        with pytest.raises(Exception, match="syntax error"):
            upgrade(conn, (*MIGRATIONS, good, bad))
        assert applied(conn) == (*(migration.name for migration in MIGRATIONS), "9998-good")
    tables = set(conn.exec_driver_sql("SELECT name FROM sqlite_schema").scalars())
    assert "good" in tables
    assert "half" not in tables
    conn.close()


def test_migrations_are_numbered_in_order() -> None:
    numbers = [int(migration.name[:4]) for migration in MIGRATIONS]
    assert numbers == sorted(set(numbers))  # a number that was given up leaves a gap


def test_second_writer_is_told_to_wait_and_the_first_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with filled(path, make_reading("first")) as case:
        other = connect(path, write=True, patience=0)
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with open_case(path, write=True, patience=0.05) as late:
            with pytest.raises(CaseBusyError, match="being written by another process"):
                late.start_run(READER)
            other.exec_driver_sql("ROLLBACK")
            late.start_run(READER)
            late.add(make_reading("late", sentences=("Late news.", "It came.", "So.")))
        other.close()
        assert [document.id for document in case.documents()] == ["first", "late"]


def test_two_open_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with filled(path) as one, open_case(path, write=True) as two:
        for case in (one, two):
            case.start_run(READER)
        for n in range(6):
            reading = make_reading(f"d{n}", sentences=(f"{n} left.", "It is.", "So."))
            one.add(reading)
            two.add(reading)
        assert one.overview().documents == two.overview().documents == 6


def test_reader_sees_what_is_committed_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with filled(path, make_reading("first")) as writer, open_case(path) as reader:
        assert reader.overview().documents == 1
        writer.start_run(READER)
        writer.add(make_reading("second", sentences=("More news.", "It came.", "So.")))
        assert reader.overview().documents == 2


def test_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    filled(path, make_reading()).close()
    with open_case(path) as case, pytest.raises(CaseError, match="cannot be written"):
        case.start_run(READER)


def test_full_disk_is_told_and_what_was_read_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with filled(path, make_reading("first")) as case:
        pages = case._conn.exec_driver_sql("PRAGMA page_count").scalar()
        case._conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        case.start_run(READER)
        noise = os.urandom(200_000)
        with pytest.raises(CaseError, match="is full"):
            case.add(make_reading("large", sentences=("Large news.", "It came.", "So."), raw=noise))
        assert [document.id for document in case.documents()] == ["first"]
        case._conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
        case.add(make_reading("large", sentences=("Large news.", "It came.", "So."), raw=noise))
    with open_case(path) as case:
        assert case.document("large").raw == noise


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A closed case in a folder that this process cannot write; root gives its rights up for a while."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to other users
        path = Path(folder) / "a.case"
        filled(path, make_reading()).close()
        path.parent.chmod(0o555)
        if os.getuid() == 0:
            os.seteuid(65534)
        try:
            yield path
        finally:
            os.seteuid(os.getuid())
            path.parent.chmod(0o755)


@contextmanager
def as_owner() -> Iterator[None]:
    """Rights taken back for a moment."""
    user = os.geteuid()
    os.seteuid(os.getuid())
    try:
        yield
    finally:
        os.seteuid(user)


def test_case_on_read_only_ground_can_be_read(read_only: Path) -> None:
    with open_case(read_only) as case:
        assert case.overview().documents == 1


def test_case_on_read_only_ground_cannot_be_written(read_only: Path) -> None:
    with pytest.raises(CaseError, match="read-only"), open_case(read_only, write=True) as case:
        case.start_run(READER)
    with pytest.raises(CaseError, match="cannot make a case"):
        create_case(read_only.parent / "b.case", packs=())


def test_case_that_may_not_be_read_is_refused(read_only: Path) -> None:
    with as_owner():
        read_only.chmod(0)
    with pytest.raises(CaseError, match="cannot be opened"):
        open_case(read_only)


def test_case_left_in_the_middle_of_writing_is_not_read_wrong_on_read_only_ground(read_only: Path) -> None:
    with as_owner():
        read_only.parent.chmod(0o755)
        read_only.with_name("a.case-wal").write_bytes(b"not taken in")
        read_only.parent.chmod(0o555)
    with pytest.raises(CaseError, match=r"in the middle of writing; copy it with a\.case-wal"):
        open_case(read_only)


def test_case_in_a_closed_folder_is_refused(read_only: Path) -> None:
    with as_owner():
        read_only.parent.chmod(0)
    with pytest.raises(CaseError, match="cannot be opened: Permission denied"):
        open_case(read_only)


KILLED = """
import sys
from tests.case.factory import filled, make_reading
with filled({path!r}) as case:
    case.start_run("test-1")
    for n in range(100_000):
        case.add(make_reading(f"d{{n:05}}", sentences=(f"{{n}} left.", "It is.", "So.")))
        print(n, flush=True)
"""


def test_kill_in_the_middle_loses_at_most_the_document_in_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    root = Path(__file__).parents[2]
    code = KILLED.format(path=path).replace("PosixPath", "__import__('pathlib').Path")
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
        told += [int(line) for line in process.stdout.read().split()]
    with open_case(path) as case:
        documents = list(case.documents())
        assert len(documents) - len(told) in (0, 1)
        assert all((document.sentences, document.reports) == (3, 3) for document in documents)
        assert [len(list(case.search(str(n)))) for n in told] == [1] * len(told)
        assert next(case.runs()).finished is not None
        assert list(case.runs())[-1].finished is None
        assert case._conn.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert not case._conn.exec_driver_sql("PRAGMA foreign_key_check").all()
    with open_case(path, write=True) as case:
        case.start_run(READER)
        for n in told:
            assert case.has(make_reading("x", sentences=(f"{n} left.", "It is.", "So.")).document.digest, READER)


def test_errors_survive_pickling(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        open_case(tmp_path)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
