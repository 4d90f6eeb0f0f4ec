"""Actors that may be one are proposed with reasons; those who cannot be are not."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from dragoman.reconcile.identities import (
    Evidence,
    Known,
    Post,
    Proposal,
    bears,
    keys_of,
    lone_surnames,
    pairs_in,
    propose,
)
from dragoman.reconcile.names import initials, sound
from dragoman.record import ActorKind

NOTHING = Evidence()
PERSON, BODY = ActorKind.PERSON, ActorKind.ORGANIZATION


def known(*names: str, kind: ActorKind = PERSON, **facts: object) -> list[Known]:
    numbers = count(1)
    return [Known(next(numbers), (name,), kind, **facts) for name in names]


def proposed(actors: Sequence[Known], evidence: Evidence = NOTHING) -> tuple[Proposal, ...]:
    """Of all pairs that share a key, as a case finds them."""
    keys: dict[str, dict[int, bool]] = {}
    for actor in actors:
        for key, leads in keys_of(actor, evidence.posts.get(actor.id, ())).items():
            keys.setdefault(key, {})[actor.id] = leads
    pairs = {pair for members in keys.values() for pair in pairs_in(members)} | evidence.called.keys()
    surnames = {name: len(keys.get(bears(name), ())) for actor in actors for name in lone_surnames(actor)}
    return propose({actor.id: actor for actor in actors}, pairs, replace(evidence, bearers=surnames))


def pairs(*names: str, kind: ActorKind = PERSON, evidence: Evidence = NOTHING) -> tuple[Proposal, ...]:
    return proposed(known(*names, kind=kind), evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Massoud", "Masoud"),
        ("Mohammad", "Muhammad"),
        ("Mohamed", "Muhammad"),
        ("Qatar", "Katar"),
        ("Akhundzada", "Akhunzada"),
        ("Muttaqi", "Motaqi"),
        ("Karzai", "Karzay"),
        ("Fatima", "Fatemeh"),
        ("Yusuf", "Yousef"),
        ("Hussein", "Husayn"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("Karim", "Kamal"), ("Ghani", "Khan"), ("Massoud", "Masri")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Ahmad Massoud", "Ahmed Masoud", "surname sounds alike, given names sound alike"),
        ("Ahmad Massoud", "A. Massoud", "same surname, an initial that fits"),
        ("Ahmad Massoud", "Massoud", "same surname"),
        ("Abdullah al-Nuri", "Abdullah Nuri", "same name"),
        ("Rosa Maria Lanz", "Rosa Lanz", "same surname, same given names as far as both have them"),
    ],
)
def test_persons_are_proposed_by_their_names(one: str, other: str, reason: str) -> None:
    (proposal,) = pairs(one, other)
    assert proposal.reasons == (reason,)
    assert 0.5 <= proposal.score < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmad Massoud", "Wali Massoud"),
        ("B. Massoud", "Ahmad Massoud"),
        ("Karim Noor", "Karimi Noor"),
        ("Ali", "Aliyev"),
    ],
)
def test_persons_whose_given_names_contradict_are_not(one: str, other: str) -> None:
    assert not pairs(one, other)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Karim Rashadi", "Mullah Rashadi", "same surname"),
        ("Karim Rashadi", "Mullah Karim Rashadi", "same name"),
        ("Elena Veldano", "Ms Veldano", "same surname"),
        ("Josef Tarovan", "Former Prime Minister Tarovan", "same surname"),
        ("James Veldano", "Jim Veldano", "same surname, one given name is short for the other"),
    ],
)
def test_titles_and_short_forms_keep_nobody_apart(one: str, other: str, reason: str) -> None:
    (proposal,) = pairs(one, other)
    assert proposal.reasons == (reason,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr Veldano", "Ms Veldano"),
        ("President Karim Rashadi", "Mullah Omar Rashadi"),
        ("Jim Veldano", "John Veldano"),
        ("Sultan Rashadi", "Karim Rashadi"),
        ("Bali", "Gareth Bayley"),
    ],
)
def test_titles_and_short_forms_make_nobody_one(one: str, other: str) -> None:
    assert not pairs(one, other)


def test_a_surname_is_whose_only_one_bears_it_with_a_given_name() -> None:
    names = ("Elena Veldano", "Ms Veldano", "Lawmaker Veldano")
    assert {(p.one, p.other) for p in pairs(*names)} >= {(1, 2), (1, 3)}
    assert not [p for p in pairs(*names, "Rosa Veldano") if {p.one, p.other} & {1, 4}]


def test_who_is_called_by_an_office_and_a_name_is_compared_as_a_person() -> None:
    titled, office = (
        Known(n, (name,), ActorKind.OFFICE) for n, name in enumerate(("Lawmaker Veldano", "Minister of Education"))
    )
    person = Known(9, ("Elena Veldano",), PERSON)
    assert [(p.one, p.other) for p in proposed([titled, office, person])] == [(0, 9)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Supreme Court of Russia", "Russian Supreme Court"),
        ("Russia's Supreme Court", "Russian Supreme Court"),
        ("Pakistani interior ministry", "interior ministry of Pakistan"),
        ("Afghan opposition figures", "Afghanistan opposition figures"),
    ],
)
def test_bodies_of_a_state_are_one_by_its_name_and_its_adjective(one: str, other: str) -> None:
    (proposal,) = pairs(one, other, kind=BODY)
    assert proposal.reasons == ("same words, a state's name for its adjective",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Supreme Court of Russia", "Russian court"),
        ("Supreme Court of Russia", "Iranian Supreme Court"),
        ("Russian", "Russia"),
        ("Russian army", "Russia police"),
    ],
)
def test_other_bodies_of_a_state_are_not(one: str, other: str) -> None:
    assert not pairs(one, other, kind=BODY)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("MoFA", "Ministry of Foreign Affairs"),
        ("NRF", "National Resistance Front of Norland"),
        ("NRFN", "National Resistance Front of Norland"),
    ],
)
def test_an_acronym_stands_for_a_body_also_without_of_whom_it_is(short: str, full: str) -> None:
    (proposal,) = pairs(short, full, kind=BODY)
    assert proposal.reasons == (f"{short} are the initials of {full}",)


@pytest.mark.parametrize(
    ("one", "other", "kind", "number", "told"),
    [
        ("British recruits", "recruits of Azure", ActorKind.GROUP, 1, True),
        ("British recruits", "recruits", ActorKind.GROUP, 1, False),
        ("British recruits", "recruits", ActorKind.GROUP, 2, True),
        ("Norwegian Council", "Council", BODY, 1, True),
        ("senior official", "official", ActorKind.OFFICE, 3, False),
    ],
)
def test_to_call_the_described_by_a_shorter_description_tells_little(
    one: str, other: str, kind: ActorKind, number: int, told: bool
) -> None:
    assert bool(pairs(one, other, kind=kind, evidence=Evidence(called={(1, 2): number}))) is told


def test_two_of_one_surname_whom_one_document_keeps_apart_are_never_proposed() -> None:
    names = ("Ahmad Massoud", "Massoud")
    apart = Evidence(together=lambda pairs: {(1, 2): 1})
    assert pairs(*names)
    assert not pairs(*names, evidence=apart)


def test_a_surname_of_many_is_weak() -> None:
    people = ("Ahmad Khan", "Imran Khan", "Salim Khan", "Daud Khan", "Khan")
    assert all("Khan" not in proposal.reasons[0] and proposal.score < 0.6 for proposal in pairs(*people))
    assert not [proposal for proposal in pairs(*people) if proposal.score >= 0.5]


def test_of_very_many_bearers_it_is_no_matter_how_many() -> None:
    people = [f"{first}{second}dir Khan" for first in "ABCD" for second in "aeiou"]
    khans = [Known(n, (name,), PERSON) for n, name in enumerate([*people, "Khan"], 1)]
    called = Evidence(called={(1, len(khans)): 4})
    (proposal,) = [one for one in proposed(khans, called) if one.other == len(khans)]
    assert proposal.reasons == (
        "called by the other's name in 4 documents",
        "same surname, which more than 15 actors bear",
    )


def test_initials_make_a_body_and_its_acronym_one() -> None:
    (proposal,) = pairs("National Resistance Front", "NRF", "Norwegian Refugee Council", kind=BODY)
    assert (proposal.one, proposal.other) == (1, 2)
    assert proposal.reasons == ("NRF are the initials of National Resistance Front",)
    assert set(initials("Organization of the Islamic Cooperation")) == {"oic", "ootic"}


def test_one_office_at_one_time_adds_to_a_shared_name_and_makes_nobody_one_by_itself() -> None:
    posts = {
        1: [Post(1, "foreign minister", "~freedonia", 100, 200, 3)],
        2: [Post(2, "foreign minister", "~freedonia", 150, 400, 2)],
    }
    alone, with_post = (
        pairs("Rufus Firefly", "R. Firefly"),
        pairs("Rufus Firefly", "R. Firefly", evidence=Evidence(posts=posts)),
    )
    assert with_post[0].score > alone[0].score
    assert "both told to be foreign minister at freedonia at one time, in 5 documents" in with_post[0].reasons
    assert not pairs("Rufus Firefly", "Bob Roland", evidence=Evidence(posts=posts))


def test_whom_documents_call_by_the_others_name_is_proposed() -> None:
    (proposal,) = pairs("Green Party", "The Greens", kind=BODY, evidence=Evidence(called={(1, 2): 3}))
    assert proposal.reasons == ("called by the other's name in 3 documents",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known(1, ("Azure Front",), BODY, key="front"), Known(2, ("Azure Front",), BODY, key="azure")),
        (Known(1, ("Sylvania",), ActorKind.STATE), Known(2, ("Sylvania",), PERSON)),
        (Known(1, ("Red Army",), BODY, country="FRE"), Known(2, ("Red Army",), BODY, country="SYL")),
    ],
    ids=["two of the packs", "state and person", "two countries"],
)
def test_what_cannot_be_one_is_not_proposed(one: Known, other: Known) -> None:
    assert not proposed((one, other))


def test_proposals_do_not_hang_on_the_order_of_actors() -> None:
    actors = known("Ahmad Massoud", "A. Massoud", "Massoud", "Ahmad Masoud", "Wali Massoud")
    assert proposed(actors) == proposed(actors[::-1])


def test_twenty_thousand_actors_are_compared_quickly() -> None:
    draw = random.Random(4)
    syllables = [consonant + vowel for consonant in "bdfghjklmnprstvz" for vowel in "aeiou"]
    given, surnames = (["".join(draw.choices(syllables, k=3)).title() for _ in range(many)] for many in (400, 6000))
    actors = [
        Known(n, (f"{draw.choice(given)} {surnames[int(6000 * draw.random() ** 3)]}",), PERSON) for n in range(20_000)
    ]
    begun = time.process_time()
    proposed(actors)
    assert time.process_time() - begun < 20
