"""The data that Dragoman ships is sound and complete."""

from __future__ import annotations

import re

import pytest

from dragoman.knowledge import check_pack, load_pack, shipped_packs
from dragoman.knowledge.load import HOME
from dragoman.record import ActorKind, EventType

PACK = load_pack(["afghanistan"])
CORE = load_pack()
STATES = [actor for actor in CORE.actors if actor.key.startswith("state/")]


@pytest.mark.parametrize("name", shipped_packs())
def test_shipped_pack_passes_its_own_check(name: str) -> None:
    assert check_pack(HOME / name) == ()


def test_every_state_is_there() -> None:
    """The 193 members of the United Nations, its two observers, Kosovo and Taiwan."""
    assert len(STATES) == 197


def test_every_state_has_a_country_code_and_a_nationality_word() -> None:
    lacking = [
        a.key for a in CORE.actors if a.kind is ActorKind.STATE and not (a.country and a.adjectives and a.sector)
    ]
    assert lacking == []


def test_country_codes_are_iso_3166() -> None:
    rows = [line.split("\t") for line in (HOME / "core" / "places.tsv").read_text(encoding="utf-8").splitlines()]
    known = {row[1] for row in rows if row[2:3] == ["C"]} | {"SUN", "YUG", "CSK", "DDR"}
    assert {actor.country for actor in PACK.actors if actor.country} <= known


def test_key_of_a_state_is_its_country_code() -> None:
    assert [actor.key for actor in STATES] == [f"state/{actor.country}" for actor in STATES]


def test_only_persons_hold_offices_and_terms_run_forward() -> None:
    for actor in PACK.actors:
        assert actor.kind is ActorKind.PERSON or not actor.offices
        for office in actor.offices:
            assert not (office.since and office.until) or office.since[:4] <= office.until[:4], actor.key


def test_form_has_one_bearer_unless_declared_shared() -> None:
    bearers: dict[str, set[str]] = {}
    for actor in PACK.actors:
        for form in actor.forms:
            bearers.setdefault(form, set()).add(actor.key)
    contested = {form: keys for form, keys in bearers.items() if len(keys) > 1}
    shared = {form for actor in PACK.actors for form in actor.shared}
    assert set(contested) <= shared


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("U.S.", "state/USA"),
        ("White House", "state/USA"),
        ("Britons", "state/GBR"),
        ("Türkiye", "state/TUR"),
        ("Ankara", "state/TUR"),
        ("Security Council", "un-security-council"),
        ("Nato", "nato"),
        ("Daesh", "islamic-state"),
        ("Al-Qaeda", "al-qaeda"),
        ("IRGC", "irgc"),
        ("AFP", "afp"),
        ("Erdogan", "recep-tayyip-erdogan"),
    ],
)
def test_usual_form_leads_to_its_actor(form: str, key: str) -> None:
    assert [actor.key for actor in CORE.actors if form in actor.forms] == [key]


def test_kabul_is_afghanistan_for_core_and_the_taliban_for_the_topic() -> None:
    assert [a.key for a in CORE.actors if "Kabul" in a.metonyms] == ["state/AFG"]
    assert [a.key for a in PACK.actors if "Kabul" in a.metonyms] == ["taliban"]


def test_topic_has_the_thirteen_issues_and_eight_rungs_of_the_codebook_in_order() -> None:
    assert [issue.id for issue in PACK.issues] == [
        "recognition",
        "engagement",
        "inclusive-government",
        "women-and-girls",
        "minorities",
        "intra-afghan-dialogue",
        "un-envoy",
        "armed-resistance",
        "counter-terrorism",
        "refugees",
        "financial-support",
        "connectivity",
        "persian-world",
    ]
    assert [rung.id for rung in PACK.rungs] == [
        "designation",
        "contact",
        "visit",
        "mission",
        "diplomats",
        "ambassador",
        "agreement",
        "recognition",
    ]
    assert all(issue.words and issue.about for issue in PACK.issues)
    assert all(rung.nouns and rung.up and rung.down for rung in PACK.rungs)


def test_cue_of_a_rung_points_one_way() -> None:
    for rung in PACK.rungs:
        assert not {*rung.up, *rung.alone_up} & {*rung.down, *rung.alone_down}, rung.id


def test_cue_of_an_issue_is_told_straight_or_in_reverse() -> None:
    for issue in PACK.issues:
        assert not set(issue.words) & set(issue.reverse), issue.id


@pytest.mark.parametrize("name", sorted(CORE.words))
def test_words_are_lemmas_without_stray_marks(name: str) -> None:
    """Common words are lower case; names, titles and abbreviations keep their capitals."""
    assert all(re.fullmatch(r"[\w’'./\- ]+", word) for word in CORE.words[name])


def test_frames_cover_every_event_type() -> None:
    assert {frame.yields["type"] for frame in CORE.frames if "type" in frame.yields} == set(EventType)
