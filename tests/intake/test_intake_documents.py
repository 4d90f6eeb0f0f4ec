import gzip
import io
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_factory import ARTICLE, PARAGRAPHS, make_lines, make_page, make_pdf

from dragoman.errors import IntakeError
from dragoman.intake import Cause, IntakeOptions, SetAside, document_from_text, iter_documents
from dragoman.record import Document

FRENCH = "Le ministre des affaires étrangères a déclaré lundi que les négociations continueraient à Genève. " * 3


def text(number):
    return f"On day {number} the talks went on.\n{ARTICLE}"


def read(*paths, **options):
    return list(iter_documents(paths, IntakeOptions(**options)))


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(results):
    (result,) = results
    return result


class TestWhatIsRead:
    def test_each_format_gives_its_document(self, tmp_path):
        write(tmp_path / "a.txt", text(1))
        write(tmp_path / "b.md", text(2))
        write(tmp_path / "c.html", make_page())
        write(tmp_path / "d.pdf", make_pdf([list(PARAGRAPHS)]))
        write(tmp_path / "e.jsonl", make_lines({"id": "e1", "text": text(3)}))
        write(tmp_path / "f.jsonl.gz", gzip.compress(make_lines({"id": "f1", "text": text(4)})))
        write(tmp_path / "g.json", make_lines({"text": text(5)}))
        write(tmp_path / "h.txt.gz", gzip.compress(text(6).encode()))
        documents = read(tmp_path)
        assert [document.id for document in documents] == ["a", "b", "c", "d", "e1", "f1", "g", "h"]
        assert [document.media_type for document in documents][:4] == [
            "text/plain",
            "text/plain",
            "text/html",
            "application/pdf",
        ]
        assert all("Freedonia" in document.text for document in documents)

    def test_text_and_bytes_are_kept_exactly(self, tmp_path):
        raw = "\ufeffTitle\r\n\r\n" + text(1) + "\t \r\n"
        document = only(read(write(tmp_path / "a.txt", raw)))
        assert document.text == raw[1:]
        assert document.raw == raw.encode()

    def test_text_of_a_utf_8_file_is_what_path_read_text_gives(self, tmp_path):
        path = write(tmp_path / "a.txt", "Überschrift – “plan”\n\n" + text(1))
        assert only(read(path)).text == path.read_text(encoding="utf-8")

    def test_id_is_the_name_without_its_last_suffix(self, tmp_path):
        assert only(read(write(tmp_path / "2023.11.27 talks.v2.txt", text(1)))).id == "2023.11.27 talks.v2"

    def test_folders_are_walked_by_name_and_hidden_ones_left(self, tmp_path):
        for name in ("b/z.txt", "b/a.txt", "a.txt", "c/d/e.txt", ".git/x.txt", ".hidden.txt"):
            write(tmp_path / name, text(name))
        assert [Path(d.source).relative_to(tmp_path).as_posix() for d in read(tmp_path)] == [
            "a.txt",
            "b/a.txt",
            "b/z.txt",
            "c/d/e.txt",
        ]

    def test_pattern_reaches_into_folders(self, tmp_path):
        for name in ("a/x.txt", "b/y.txt", "b/z.html"):
            write(tmp_path / name, text(name))
        assert [document.id for document in read(f"{tmp_path}/**/*.txt")] == ["x", "y"]

    def test_file_whose_name_looks_like_a_pattern_is_the_file(self, tmp_path):
        write(tmp_path / "a1.txt", text(2))
        assert only(read(write(tmp_path / "a[1].txt", text(1)))).id == "a[1]"

    def test_file_named_twice_is_read_once(self, tmp_path):
        path = write(tmp_path / "a.txt", text(1))
        assert len(read(path, tmp_path, f"{tmp_path}/*.txt")) == 1

    def test_explicit_file_without_a_known_suffix_is_told_by_its_bytes(self, tmp_path):
        paths = [
            write(tmp_path / "page", make_page()),
            write(tmp_path / "lines", make_lines({"text": text(1)}, {"text": text(2)})),
            write(tmp_path / "story.final", text(3)),
        ]
        types = [document.media_type for document in read(*paths)]
        assert types == ["text/html", "application/json", "application/json", "text/plain"]

    @pytest.mark.parametrize(
        ("data", "count", "media_type"),
        [
            (text(1).encode(), 1, "text/plain"),
            (make_page(), 1, "text/html"),
            (make_pdf([list(PARAGRAPHS)]), 1, "application/pdf"),
            (make_lines({"text": text(1)}, {"text": text(2)}), 2, "application/json"),
            (b'[\n{"text": "%s"}\n]' % PARAGRAPHS[0].encode(), 1, "application/json"),
        ],
        ids=["text", "page", "pdf", "lines", "list"],
    )
    def test_standard_input_is_told_by_its_bytes(self, data, count, media_type):
        documents = list(iter_documents(["-"], stdin=io.BytesIO(data)))
        assert [document.media_type for document in documents] == [media_type] * count

    def test_documents_come_before_later_files_are_opened(self, tmp_path):
        write(tmp_path / "a.txt", text(1))
        later = write(tmp_path / "b.txt", text(2))
        documents = iter_documents([tmp_path / "a.txt", later])
        assert next(documents).id == "a"
        later.unlink()
        assert next(documents).cause is Cause.MISSING

    def test_same_id_gets_a_number_and_no_id_is_given_twice(self, tmp_path):
        rows = [{"id": "x", "text": text(1)}, {"id": "x-2", "text": text(2)}, {"id": "x", "text": text(3)}]
        path = write(tmp_path / "a.jsonl", make_lines(*rows, {"id": "x", "text": text(4)}))
        assert [document.id for document in read(path)] == ["x", "x-2", "x-3", "x-4"]


class TestFacts:
    def test_what_the_user_gives_wins(self, tmp_path):
        path = write(tmp_path / "a.txt", f"Published: 2019-01-08\nOutlet: The Mill\n\n{ARTICLE}")
        document = only(read(path, published="2020-02-03", outlet="The River Post"))
        assert (document.published.value, document.published.origin) == ("2020-02-03", "given")
        assert (document.outlet.value, document.outlet.origin) == ("The River Post", "given")

    def test_page_and_record_name_their_origin(self, tmp_path):
        head = "<meta property='article:published_time' content='2023-11-27'>"
        page = only(read(write(tmp_path / "a.html", make_page(head=head))))
        assert (page.published.value, page.published.origin) == ("2023-11-27", "page")
        row = {"maintext": ARTICLE, "date_publish": "2019-01-08 12:00:00", "source_domain": "post.example"}
        record = only(read(write(tmp_path / "b.jsonl", make_lines(row))))
        assert (record.published.value, record.published.origin) == ("2019-01-08", "record")
        assert (record.outlet.value, record.outlet.origin) == ("post.example", "record")

    def test_header_is_marked_and_stays_in_the_text(self, tmp_path):
        document = only(read(write(tmp_path / "a.txt", f"Published: 2019-01-08\n\n{ARTICLE}")))
        first = document.furniture[0]
        assert document.text[first.start : first.end] == "Published: 2019-01-08"
        assert (document.published.value, document.published.origin) == ("2019-01-08", "text")

    def test_weekday_in_the_text_is_the_last_resort(self, tmp_path):
        story = f"{ARTICLE}They met on Thursday, November 23. Since 2017 they had not."
        published = only(read(write(tmp_path / "a.txt", story))).published
        assert (published.value, published.origin) == ("2023-11-23", "inferred")

    def test_date_of_the_file_is_never_used(self, tmp_path):
        path = write(tmp_path / "a.txt", ARTICLE)
        os.utime(path, (0, 1_600_000_000))
        assert only(read(path)).published is None

    def test_impossible_given_date_is_refused_before_anything_is_read(self):
        with pytest.raises(IntakeError, match="February 2023 has 28"):
            IntakeOptions(published="2023-02-30")

    def test_running_heads_of_a_pdf_are_furniture(self, tmp_path):
        pages = [["The River Post, page head", *PARAGRAPHS[:2], PARAGRAPHS[n]] for n in range(4)]
        document = only(read(write(tmp_path / "a.pdf", make_pdf(pages))))
        heads = [document.text[span.start : span.end] for span in document.furniture]
        assert "\n".join(heads).count("The River Post, page head") == 4


class TestWhatIsSetAside:
    @pytest.mark.parametrize(
        ("name", "data", "cause", "says"),
        [
            ("empty.txt", b"", Cause.EMPTY, "is empty"),
            ("blank.txt", b" \n\r\n\t", Cause.EMPTY, "is empty"),
            ("blank.jsonl", b"\n\n", Cause.EMPTY, "is empty"),
            ("empty.json", b"[]", Cause.EMPTY, "is empty"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", Cause.BINARY, "PNG picture"),
            ("program.txt", bytes(range(256)) * 9, Cause.BINARY, "is not text"),
            ("french.txt", FRENCH.encode(), Cause.LANGUAGE, "is French; only English"),
            ("menu.html", b"<nav><a href='/'>Home</a></nav>", Cause.NO_TEXT, "no article text"),
            ("scan.pdf", make_pdf([[]]), Cause.NO_TEXT, "only pictures"),
            ("locked.pdf", make_pdf([["x"]], encrypted=True), Cause.NO_TEXT, "encrypted"),
            ("cut.txt.gz", gzip.compress(ARTICLE.encode() * 9, mtime=0)[:40], Cause.UNREADABLE, "cannot be read"),
            ("plain.txt.gz", ARTICLE.encode(), Cause.UNREADABLE, "cannot be read"),
            ("numbers.json", b"[1, 2]", Cause.BAD_RECORD, "not an article"),
        ],
    )
    def test_one_sentence_says_what_where_and_why(self, tmp_path, name, data, cause, says):
        path = write(tmp_path / name, data)
        found = read(path)[0]
        assert isinstance(found, SetAside)
        assert found.cause is cause
        assert found.source.startswith(str(path))
        assert found.reason.startswith(found.source)
        assert says in found.reason

    def test_bad_line_is_named_and_the_rest_goes_on(self, tmp_path):
        rows = [{"id": f"a{n}", "text": text(n)} for n in range(1, 10)]
        path = write(tmp_path / "coll.jsonl", make_lines(*rows[:6], '{"text": "cut', *rows[6:]))
        results = read(path)
        assert [r.id for r in results if isinstance(r, Document)] == [row["id"] for row in rows]
        assert results[6] == SetAside(f"{path} line 7", results[6].reason, Cause.BAD_RECORD)
        assert f"{path} line 7 is not read: it is not JSON" in results[6].reason

    def test_file_that_is_no_collection_gets_one_message(self, tmp_path):
        found = only(read(write(tmp_path / "a.jsonl", "no json here\n" * 500)))
        assert "is not JSON Lines" in found.reason

    def test_text_over_the_limit_names_the_limit(self, tmp_path):
        path = write(tmp_path / "big.txt", ARTICLE * 10)
        assert "the limit is 1,000" in only(read(path, max_characters=1000)).reason
        assert "larger than 0.001 MB, the limit" in only(read(path, max_bytes=1000)).reason

    def test_compressed_bomb_is_not_unpacked(self, tmp_path):
        path = write(tmp_path / "bomb.txt.gz", gzip.compress(b"a" * 5_000_000))
        assert only(read(path, max_bytes=1000)).cause is Cause.TOO_LONG

    def test_overlong_record_is_named_and_the_rest_goes_on(self, tmp_path):
        path = write(tmp_path / "a.jsonl", make_lines({"text": text(1)}, {"text": "x" * 9000}, {"text": text(2)}))
        assert [getattr(r, "cause", None) for r in read(path, max_bytes=2000)] == [None, Cause.TOO_LONG, None]

    @pytest.mark.parametrize("path", ["nowhere.txt", "nowhere/*.txt", "nul\0.txt", "odd\udcff.txt", "x" * 5000])
    def test_nothing_at_a_path_is_said_and_the_rest_goes_on(self, tmp_path, path):
        missing, document = read(f"{tmp_path}/{path}", write(tmp_path / "a.txt", ARTICLE))
        assert missing.cause is Cause.MISSING
        assert missing.reason.startswith("nothing is at ")
        missing.reason.encode("utf-8")
        assert document.id == "a"

    def test_other_formats_in_a_folder_are_counted_not_listed(self, tmp_path):
        for name in ("a.jpg", "b.jpg", "c.css"):
            write(tmp_path / name, b"x")
        found = only(read(tmp_path))
        assert found.cause is Cause.FORMAT
        assert "1 .css, 2 .jpg" in found.reason

    def test_same_text_in_another_file_is_one_document(self, tmp_path):
        first, second = write(tmp_path / "a.txt", ARTICLE), write(tmp_path / "b.txt", ARTICLE)
        document, copy = read(tmp_path)
        assert document.id == "a"
        assert copy == SetAside(str(second), copy.reason, Cause.DUPLICATE)
        assert f"the same text as {first}" in copy.reason

    def test_link_to_itself_is_set_aside(self, tmp_path):
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
        assert only(read(tmp_path)).cause is Cause.UNREADABLE

    def test_pipe_in_a_folder_is_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.txt")
        write(tmp_path / "z.txt", ARTICLE)
        document, other = read(tmp_path)
        assert document.id == "z"
        assert other.cause is Cause.FORMAT


@pytest.fixture
def powerless():
    """A folder that everybody may enter, and this process without the rights of root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    for path in folder.iterdir():
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_file_and_folder_without_permission_are_named_and_the_rest_goes_on(powerless):
    write(powerless / "closed.txt", ARTICLE).chmod(0)
    write(powerless / "shut" / "a.txt", ARTICLE).parent.chmod(0)
    write(powerless / "z.txt", ARTICLE)
    results = read(powerless)
    refused = [result for result in results if isinstance(result, SetAside)]
    assert {Path(result.source).name for result in refused} == {"closed.txt", "shut"}
    assert all(result.cause is Cause.UNREADABLE and "Permission denied" in result.reason for result in refused)
    assert [result.id for result in results if isinstance(result, Document)] == ["z"]


class TestFromText:
    def test_text_at_hand_is_kept_and_facts_are_given(self):
        document = document_from_text(ARTICLE, published="2023-12-22", outlet="The River Post", title="Talks go on")
        assert document.text == ARTICLE
        assert document.id == "text"
        facts = (document.published, document.outlet, document.title)
        assert [(fact.value, fact.origin) for fact in facts] == [
            ("2023-12-22", "given"),
            ("The River Post", "given"),
            ("Talks go on", "given"),
        ]

    @pytest.mark.parametrize(
        ("given_text", "published", "says"),
        [
            (ARTICLE, "2023-02-30", "has 28"),
            (FRENCH, None, "is French"),
            ("a " * 600_000, None, "at most 1,000,000"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, given_text, published, says):
        with pytest.raises(IntakeError, match=says):
            document_from_text(given_text, published=published)

    @given(st.text(alphabet=st.characters(), max_size=200))
    def test_any_text_gives_a_document_of_the_same_length_or_is_not_english(self, given_text):
        try:
            document = document_from_text(given_text)
        except IntakeError:
            return
        assert len(document.text) == len(given_text)
        assert all(span.end <= len(given_text) for span in document.furniture)


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".json", ".txt.gz", ""])
@given(data=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_bytes_give_documents_or_reasons(tmp_path, suffix, data):
    for result in read(write(tmp_path / f"any{suffix}", data)):
        assert isinstance(result, Document | SetAside)
        if isinstance(result, Document):
            result.text.encode("utf-8")
