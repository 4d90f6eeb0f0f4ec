"""Claims about phrases that speak of one thing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.views.alike import gather, likeness, stems_of


def test_words_are_compared_by_their_stems_and_function_words_do_not_count() -> None:
    assert stems_of("They will recognise the governments") == stems_of("recognition of a government")
    assert stems_of("it will be so") == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("withdraw troops", "withdrawal of troops", 1.0),
        ("troops", "aid", 0.0),
        ("", "", 0.0),
        ("aid grain", "aid", 0.5),
    ],
)
def test_likeness_is_the_part_of_the_words_that_both_have(a: str, b: str, expected: float) -> None:
    assert likeness(stems_of(a), stems_of(b)) == expected


phrases = st.lists(
    st.tuples(
        st.sampled_from("xy"),
        st.lists(st.sampled_from("kiln loom mast rope sail tide wind".split()), max_size=5),
        st.sampled_from("pq"),
    ),
    max_size=8,
)
SURE = 0.6


@given(phrases, st.sampled_from((0.3, 0.5, 0.8)))
def test_what_is_gathered_is_what_comparing_all_pairs_finds(
    told: list[tuple[str, list[str], str]], least: float
) -> None:
    items = [(key, frozenset(words), trait, n) for n, (key, words, trait) in enumerate(told)]
    parents = {n: n for n in range(len(items))}

    def root(n: int) -> int:
        return n if parents[n] == n else root(parents[n])

    for a, b in combinations(items, 2):
        alike = likeness(a[1], b[1])
        if a[0] == b[0] and alike >= least and (alike >= SURE or a[2] == b[2]):
            first, second = sorted((root(a[3]), root(b[3])))
            parents[second] = first
    groups = gather(
        items,
        stems=lambda item: item[1],
        keys=lambda item: [item[0]],
        trait=lambda item: item[2],
        least=least,
        is_one=lambda one, other, alike: alike >= SURE or one == other,
    )
    expected: dict[int, list[int]] = {}
    for n in parents:
        expected.setdefault(root(n), []).append(n)
    assert [[item[3] for item in group] for group in groups] == list(expected.values())
