"""PETRARCH dictionaries, actors and agents, into a pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_factory import brought

from dragoman.knowledge import load_pack
from dragoman.knowledge.pack import Office
from dragoman.record import ActorKind

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "petrarch-dictionaries"

ACTORS = """\
<!-- A TEST DICTIONARY
with a comment over lines [USA] -->
NORWAY [NOR]
+NORWEGIAN   # a nationality word
+HARBOUR_HOUSE_
MERROW_GUARD_ [PERMIL] ; jw 9/9/91
INES_HALLORAN [NOR]  # the default
+I._HALLORAN
\t[NORGOV 950601-19990815]
\t[NOROPP > 20000101]
\t[NORMIL <900101]
OLD_MERROW
\t[PER <790606]
\t[NOR]#jw
HEAD_LINE_ [PERGOV 820701-821231][PERLEG 870701-871231]
MEN_OF_STRAW [---]
"""


def test_phrases_are_written_as_texts_write_them(tmp_path: Path) -> None:
    _, actors = brought(tmp_path, ACTORS, "my.actors.txt")
    assert "Harbour House" in load_pack([tmp_path / "pack"]).by_key["state/NOR"].names
    guard = actors["Merrow Guard"]
    assert (guard.country, guard.sector, guard.kind) == ("PER", "MIL", ActorKind.ORGANIZATION)


def test_a_role_for_a_time_is_an_office(tmp_path: Path) -> None:
    _, actors = brought(tmp_path, ACTORS, "my.actors.txt")
    halloran = actors["Ines Halloran"]
    assert (halloran.kind, halloran.country, halloran.names) == (ActorKind.PERSON, "NOR", ("I. Halloran",))
    assert halloran.offices == (
        Office("government official", "state/NOR", "1995-06-01", "1999-08-15"),
        Office("opposition figure", "state/NOR", "2000-01-01", None),
        Office("military officer", "state/NOR", None, "1990-01-01"),
    )
    assert [office.until for office in actors["Head Line"].offices] == ["1982-12-31", "1987-12-31"]


def test_a_code_of_nobody_is_no_actor_and_no_mistake(tmp_path: Path) -> None:
    made, actors = brought(tmp_path, ACTORS, "my.actors.txt")
    assert "Men of Straw" not in actors
    assert made.aside == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("BROKEN [NOR", "no code in brackets"),
        ("BROKEN [N1]", "not a code"),
        ("BROKEN [NOR/PER]", "several actors at once"),
        ("BROKEN [NORGOV 20200231-20210101]", "no such day"),
        ("BROKEN [NORGOV 20210101-20200101]", "ends before it begins"),
        ("BROKEN", "has no code"),
        ("_ [NOR]", "no phrase"),
        ("BROKEN [XYZGOV >20200101]", "at no country that core knows"),
    ],
)
def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    made, actors = brought(tmp_path, f"MERROW_GUARD [PERMIL]\n{line}\nLAST_GUARD [PERMIL]\n", "my.actors.txt")
    assert [(one.line, reason in one.reason) for one in made.aside] == [(2, True)]
    assert {"Merrow Guard", "Last Guard"} <= actors.keys()


def test_a_synonym_or_code_of_nothing_is_named(tmp_path: Path) -> None:
    made, _ = brought(tmp_path, "+SYNONYM\n\t[NOR]\nMERROW_GUARD [PERMIL]\n", "my.actors.txt")
    assert [one.line for one in made.aside] == [1, 2]


AGENTS = """\
!PERSON! = MAN, WOMAN
CONGRESS!PERSON! [~LEG] # a set
FOREIGN_MINISTER [~GOVFRM]
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]
POLICE {} [ ~COP]
RIGHTS_BODY [NGO~]
WIZARD [~WIZ]
!THING!_MAKER [~BUS]
no code here
"""


def test_agents_become_words_of_the_lists_of_sectors(tmp_path: Path) -> None:
    made, _ = brought(tmp_path, AGENTS, "my.agents.txt")
    words = load_pack([tmp_path / "pack"]).words
    assert {"congressman", "congresswoman"} <= words["sector-LEG"]
    assert {"foreign minister", "attorney general"} <= words["sector-GOV"]
    assert ("police" in words["sector-COP"], "rights body" in words["sector-NGO"]) == (True, True)
    assert [one.line for one in made.aside] == [7, 8, 9]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample dictionaries are not here")
def test_the_sample_dictionaries_are_read(tmp_path: Path) -> None:
    made, actors = brought(tmp_path, (SAMPLES / "PETR.Validate.actors.txt").read_bytes(), "a.actors.txt")
    assert made.actors > 100
    assert actors["Gollum"].kind is ActorKind.PERSON
    assert all(
        "several actors" in one.reason or "not a code" in one.reason or "core" in one.reason for one in made.aside
    )
