"""Reading on the desk: what is sent is read by a process of its own, within bounds, and can be stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.desk import Settings, running
from dragoman.desk.read import MOST_ADDRESSES, MOST_FILES
from dragoman.desk.running import safe_name
from dragoman.desk.security import form_token

FRENCH = (
    "Le ministre a rencontré hier les représentants du gouvernement dans la capitale, et il a promis de revenir "
    "avant la fin de l'année pour parler avec eux."
)
TEXT = (
    "Foreign Minister Nadia Karim met envoy Tomas Berg in Kabul on Monday. The Taliban pledged to free two prisoners."
)


@pytest.fixture
def csrf(settings: Settings) -> str:
    return form_token(settings)


def run_instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Have this program run where a reading would."""

    def begin(case: Path, folder: Path, names: Sequence[str], options: Sequence[str]) -> subprocess.Popen[bytes]:
        with (folder / "said").open("wb") as said:
            return subprocess.Popen([sys.executable, "-c", program], stderr=said, start_new_session=True)

    monkeypatch.setattr(running, "_begin", begin)


def at_end(client: TestClient, where: str, seconds: float = 90) -> str:
    """The page of a reading when it has ended."""
    until = time.monotonic() + seconds
    while "data-lasts" in (page := client.get(where).text):
        assert time.monotonic() < until, "the reading does not end"
        time.sleep(0.1)
    return page


def test_a_pasted_text_and_files_are_read_and_what_cannot_be_is_set_aside(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", ".")
    form = {"csrf": csrf, "text": TEXT, "heading": "Karim <b>met</b> Berg", "published": "2024-05-05", "outlet": "--x"}
    sent = [("files", ("../../broken<i>.pdf", b"\xff\xfe")), ("files", ("typer.py", b"raise SystemExit(7)"))]
    answer = client.post("/read", data=form, files=sent)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert client.get("/timeline").status_code == 200
    page = at_end(client, where)
    assert "Reading done" in page
    assert "Set aside" in page
    assert "broken_i_.pdf" in page
    assert "<b>met" not in page
    told = client.get(f"/api/v1{where}").json()
    assert told["run"]["names"][-1] == "Karim <b>met</b> Berg"
    (document,) = [one for one in told["documents"] if one["outlet"] and one["title"]]
    assert (document["published"], document["outlet"]) == ("2024-05-05", "--x")
    assert client.get(f"/documents/{document['id']}").status_code == 200
    assert where in client.get("/read").text


def test_addresses_are_fetched_by_the_reading_and_never_within_its_network(client: TestClient, csrf: str) -> None:
    addresses = "http://127.0.0.1/a\n\n http://10.0.0.1/<b>\r\nhttp://127.0.0.1/a\n--help\n"
    refused = client.post("/read", data={"csrf": csrf, "addresses": addresses})
    assert (refused.status_code, "--help is no address of a page" in refused.text) == (400, True)
    assert "http://10.0.0.1/&lt;b&gt;" in refused.text, "what was written is still there"
    form = {"csrf": csrf, "addresses": addresses.replace("--help", ""), "text": FRENCH}
    answer = client.post("/read", data=form, files=[("files", ("story.txt", TEXT.encode()))])
    page = at_end(client, answer.headers["location"])
    told = client.get(f"/api/v1{answer.headers['location']}").json()
    assert told["run"]["names"] == ["story.txt", "pasted text", "http://127.0.0.1/a", "http://10.0.0.1/<b>"]
    assert len(told["documents"]) == 1
    assert [reason.partition(";")[0] for reason in told["aside"]] == [
        "pasted text is French",
        "http://127.0.0.1/a is not read: 127.0.0.1 is not on the open internet",
        "http://10.0.0.1/<b> is not read: 10.0.0.1 is not on the open internet",
    ]
    assert "http://10.0.0.1/&lt;b&gt; is not read" in page


def test_too_many_addresses_are_refused(client: TestClient, csrf: str) -> None:
    many = "\n".join(f"http://127.0.0.1/{n}" for n in range(MOST_ADDRESSES + 1))
    answer = client.post("/read", data={"csrf": csrf, "addresses": many})
    assert (answer.status_code, f"at most {MOST_ADDRESSES} are taken" in answer.text) == (400, True)


def test_a_reading_can_be_stopped_and_only_one_lasts(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_instead(monkeypatch, "import time; time.sleep(60)")
    where = client.post("/read", data={"csrf": csrf, "text": TEXT}).headers["location"]
    assert "/stop" in client.get(where).text
    second = client.post("/read", data={"csrf": csrf, "text": TEXT})
    assert (second.status_code, "under way" in second.text) == (503, True)
    assert f'<a href="{where}">A reading is under way</a>: pasted text.' in client.get("/read").text
    assert client.post(f"{where}/stop").status_code == 403
    assert client.post(f"{where}/stop", data={"csrf": csrf}).status_code == 303
    assert "It was stopped" in at_end(client, where, 20)


def test_a_reading_that_ends_itself_when_it_is_stopped_is_not_done(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_instead(monkeypatch, "import signal; signal.signal(signal.SIGINT, lambda *_: exit(1)); signal.pause()")
    where = client.post("/read", data={"csrf": csrf, "text": TEXT}).headers["location"]
    assert client.post(f"{where}/stop", data={"csrf": csrf}).status_code == 303
    assert "It was stopped" in at_end(client, where, 20)


def test_a_reading_that_does_not_listen_is_ended(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    run_instead(monkeypatch, ready)
    where = client.post("/read", data={"csrf": csrf, "text": TEXT}).headers["location"]
    time.sleep(0.5)
    (run, *_) = running.latest(running._known[where.rpartition("/")[2]].case)
    run.stop(0.2)
    assert "It was stopped" in at_end(client, where, 20)
    assert run.code == -signal.SIGKILL


@pytest.mark.parametrize(
    ("program", "told"),
    [("import os; os.abort()", "It broke off"), ("import sys; sys.exit('Error: the <disk> is full')", "It gave up")],
)
def test_a_reading_that_breaks_leaves_the_desk_and_says_so(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch, program: str, told: str
) -> None:
    run_instead(monkeypatch, program)
    where = client.post("/read", data={"csrf": csrf, "text": TEXT}).headers["location"]
    page = at_end(client, where, 20)
    assert told in page
    assert "<disk>" not in page
    assert client.get("/timeline").status_code == 200


def test_what_a_killed_reading_has_started_ends_with_it(
    client: TestClient, csrf: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    late = tmp_path / "late"
    child = f"import time; time.sleep(2); open({str(late)!r}, 'w')"
    run_instead(
        monkeypatch, f"import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]); os.abort()"
    )
    where = client.post("/read", data={"csrf": csrf, "text": TEXT}).headers["location"]
    at_end(client, where, 20)
    time.sleep(2.5)
    assert not late.exists()


def test_too_much_is_refused_in_a_sentence(client: TestClient, csrf: str) -> None:
    many = [("files", (f"{n}.txt", b"x")) for n in range(MOST_FILES + 1)]
    answer = client.post("/read", data={"csrf": csrf}, files=many)
    assert (answer.status_code, f"t most {MOST_FILES} files" in answer.text) == (400, True)
    answer = client.post("/read", data={"csrf": csrf}, files=[("files", ("a.txt", b"x" * 20_200_000))])
    assert (answer.status_code, "larger than 20 MB" in answer.text) == (413, True)
    assert "Read since" not in client.get("/read").text


@pytest.mark.parametrize(
    "form", [{}, {"text": "  "}, {"text": TEXT, "published": "yesterday"}, {"text": TEXT, "published": "2024-13-01"}]
)
def test_what_makes_no_sense_is_refused(client: TestClient, csrf: str, form: dict[str, str]) -> None:
    answer = client.post("/read", data={"csrf": csrf, "heading": "A <b>title</b>"} | form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'value="A &lt;b&gt;title&lt;/b&gt;"' in answer.text, "what was written is still there"
    assert f'rows="10">{form.get("text", "")}</textarea>' in answer.text


def test_a_form_from_elsewhere_starts_nothing(client: TestClient) -> None:
    assert client.post("/read", data={"text": TEXT}).status_code == 403
    assert client.get("/read/nothing").status_code == 404
    assert client.post("/read/nothing/stop", data={"csrf": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\a.txt", "a.txt"),
        ("--case=x.txt", "case_x.txt"),
        ("..", "file"),
        ("", "file"),
        ("a*[b]?.txt", "a__b__.txt"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("Kabul, May (2).html", "Kabul, May (2).html"),
    ],
)
def test_names_of_files_are_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_two_files_of_one_name_are_kept_apart_and_long_ones_shortened() -> None:
    assert safe_name("A.txt", ["a.txt"]) == "A-2.txt"
    assert len(safe_name("ü" * 300 + ".txt").encode()) <= 120


def test_what_was_set_aside_is_told_from_the_case(client: TestClient, path: Path) -> None:
    assert "Everything that was given to be read was read" in client.get("/read/aside").text
    with open_case(path, write=True) as case:
        case.start_run("test-2")
        for name in ("noise", "<b>"):
            case.set_aside(f"{name}.pdf", f"{name}.pdf has no text in it")
        case.finish_run({})
    assert '<a href="/read/aside">2 sources</a>' in client.get("/").text
    page = client.get("/read/aside").text
    assert '<td class="words">&lt;b&gt;.pdf</td><td class="words">has no text in it</td>' in page
    told = client.get("/api/v1/read/aside?limit=1").json()
    assert ([one["source"] for one in told["sources"]], told["more"]) == (["<b>.pdf"], True)
    assert client.get("/read/aside.csv").text.splitlines()[2].startswith("noise.pdf,has no text in it,20")
