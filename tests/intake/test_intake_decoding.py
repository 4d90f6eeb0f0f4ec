import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_factory import ARTICLE

from dragoman.intake.decoding import NotTextError, clean, decode

ACCENTED = ARTICLE + "The café in Zürich – a “naïve” plan – cost €5, Müller’s envoy said.\r\nEnd.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_comes_back_exactly_from_each_encoding(encoding):
    assert decode(ACCENTED.encode(encoding)) == ACCENTED


def test_latin_1_text_comes_back_exactly():
    text = ARTICLE + "The café in Zürich was naïve.\n"
    assert decode(text.encode("latin-1")) == text


def test_line_ends_of_all_kinds_are_kept():
    assert decode(b"a\r\nb\rc\nd\n\n") == "a\r\nb\rc\nd\n\n"


def test_utf_8_with_a_letter_cut_in_two_keeps_the_rest():
    text = "Erdoğan met Šefčovič in Malmö. " * 3
    assert decode(text.encode() + "ğ".encode()[:1]) == text + "\ufffd"


def test_cyrillic_in_an_old_encoding_is_detected():
    text = "Министр сообщил, что переговоры продолжатся в Женеве в понедельник. " * 5
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"%PDF-1.7 ...", "PDF; rename"),
        (b"PK\x03\x04" + bytes(20), "ZIP"),
        (bytes(range(256)) * 20, "control characters|no text"),
        (b"\x7fELF" + bytes(100), "control characters"),
        (b"{\\rtf1 text}", "rich text"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_name(data, says):
    with pytest.raises(NotTextError, match=says):
        decode(data)


def test_a_stray_nul_in_a_long_text_becomes_a_replacement_mark():
    assert decode(ARTICLE.encode() + b"\0") == ARTICLE + "\ufffd"


@given(st.binary(max_size=300))
def test_any_bytes_give_storable_text_or_are_refused(data):
    try:
        text = decode(data)
    except NotTextError:
        return
    text.encode("utf-8")
    assert "\0" not in text


@given(st.text(alphabet=st.characters(), max_size=100))
def test_cleaning_keeps_length_and_every_storable_character(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, cleaned, strict=True))
    cleaned.encode("utf-8")
