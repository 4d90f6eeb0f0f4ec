"""Packs are picked for texts that are full of their names."""

from __future__ import annotations

from dragoman.knowledge import pick_packs

FILLER = "The weather over the northern valleys stayed mild and the market opened late on Thursday. "
DENSE = "Zabihullah Mujahid met Zamir Kabulov at the Moscow Format. The National Resistance Front objected. "


def test_texts_full_of_a_topics_names_pick_its_pack() -> None:
    assert pick_packs([DENSE, DENSE + FILLER]) == ("afghanistan",)


def test_texts_that_only_touch_a_topic_pick_nothing() -> None:
    assert pick_packs([DENSE + FILLER * 200]) == ()


def test_one_actor_named_often_is_not_a_topic() -> None:
    assert pick_packs(["Ahmad Massoud spoke. " * 50]) == ()


def test_names_of_core_do_not_count() -> None:
    assert pick_packs(["Russia, Iran, the Taliban, Hamas and UNAMA met Vladimir Putin. " * 50]) == ()


def test_no_text_picks_nothing() -> None:
    assert pick_packs([]) == ()
    assert pick_packs(["", "\n"]) == ()
