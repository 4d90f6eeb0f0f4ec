import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_factory import ARTICLE, make_lines

from dragoman.errors import IntakeError
from dragoman.intake.records import iter_lines, parse_record, parse_whole

NEWS_PLEASE = {
    "authors": ["Ann Lee", "Bob Roy"],
    "date_download": "2024-01-01 00:00:00",
    "date_modify": None,
    "date_publish": "2019-01-08 12:00:00",
    "description": "Talks.",
    "filename": "https%3A%2F%2Fpost.example%2Ftalks.json",
    "language": "en",
    "maintext": ARTICLE,
    "source_domain": "post.example",
    "title": "Talks go on",
    "url": "https://www.post.example/world/talks?id=7",
}


def parse(row, number=3, stem="coll"):
    return parse_record(make_lines(row).rstrip(), number, stem)


def test_news_please_fields_are_read():
    record = parse(NEWS_PLEASE)
    assert record.id == "post.example-world-talks-id-7-3"
    found = record.extract
    assert (found.text, found.title, found.author) == (ARTICLE, "Talks go on", "Ann Lee, Bob Roy")
    assert (found.outlet, found.published, found.url) == ("post.example", "2019-01-08 12:00:00", NEWS_PLEASE["url"])
    assert json.loads(record.raw) == NEWS_PLEASE


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"id": "a"}, "a"),
        ({"doc_id": 17}, "17"),
        ({"document": "x/y"}, "x/y"),
        ({"id": ""}, "coll-3"),
        ({"id": True}, "coll-3"),
        ({"title": "Talks go on!"}, "Talks-go-on-3"),
        ({}, "coll-3"),
    ],
)
def test_id_is_a_field_or_made_of_the_record_and_its_line(row, expected):
    assert parse(row | {"text": "x"}).id == expected


def test_text_of_a_record_is_kept_exactly():
    text = "  two\r\nlines\u2028and e\u0301 \U0001f54a  "
    assert parse({"text": text}).extract.text == text


def test_lone_surrogate_and_nul_become_replacement_marks():
    assert parse_record(b'{"text": "a\\ud800b\\u0000c"}', 1, "coll").extract.text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": "cut', "not JSON"),
        (b"[1, 2]", "not an article"),
        (b'"text"', "not an article"),
        (b'{"title": "no text"}', "has no text"),
        (b'{"text": 7}', "has no text"),
        (b'{"text": "  "}', "has no text"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5000 + b"}", "number in it is too long"),
    ],
)
def test_line_that_is_no_article_says_why(line, says):
    with pytest.raises(IntakeError, match=says):
        parse_record(line, 7, "coll")


def test_overlong_line_is_passed_over_and_the_next_one_read():
    stream = io.BytesIO(b"short\n" + b"x" * 100 + b"\n\nlast")
    assert list(iter_lines(stream, 20)) == [(1, b"short"), (2, None), (4, b"last")]


def test_line_of_exactly_the_limit_is_read():
    assert list(iter_lines(io.BytesIO(b"1234\n12345"), 5)) == [(1, b"1234"), (2, b"12345")]


@pytest.mark.parametrize(
    ("data", "count"), [(b'[{"a": 1}, {}]', 2), (b'{\n"a": 1}', 1), (b"{}\n{}", None), (b"", None)]
)
def test_one_json_value_is_told_from_lines(data, count):
    values = parse_whole(data)
    assert (None if values is None else len(values)) == count


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda s: st.lists(s) | st.dictionaries(st.text(), s, max_size=3),
    max_leaves=4,
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([*NEWS_PLEASE, "text", "id", "outlet", "published"]), JSON, max_size=6))
def test_fields_of_any_type_give_a_record_or_a_reason(row):
    try:
        record = parse_record(json.dumps(row).encode(), 1, "coll")
    except IntakeError:
        return
    assert record.id
    assert record.extract.text.strip()
