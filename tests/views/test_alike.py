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
        st.sampled_from("xy"), st.lists(st.sampled_from("kiln loom mast rope sail tide wind".split()), max_size=5)
    ),
    max_size=8,
)


@given(phrases, st.sampled_from((0.3, 0.5, 0.8)))
def test_filtering_finds_every_pair_that_comparing_all_finds(told: list[tuple[str, list[str]]], least: float) -> None:
    items = [(key, frozenset(words), n) for n, (key, words) in enumerate(told)]
    seen: set[tuple[int, int]] = set()
    parents = {n: n for n in range(len(items))}

    def root(n: int) -> int:
        return n if parents[n] == n else root(parents[n])

    for a, b in combinations(items, 2):
        if a[0] == b[0] and likeness(a[1], b[1]) >= least:
            seen.add((a[2], b[2]))
            parents[root(b[2])] = root(a[2])
    groups = gather(items, stems=lambda i: i[1], keys=lambda i: [i[0]], least=least, is_one=lambda a, b, alike: True)
    expected: dict[int, set[int]] = {}
    for n in parents:
        expected.setdefault(root(n), set()).add(n)
    assert sorted(sorted(i[2] for i in group) for group in groups) == sorted(map(sorted, expected.values()))
