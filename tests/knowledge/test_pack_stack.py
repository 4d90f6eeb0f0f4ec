"""The law by which packs are stacked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_factory import HEAD, write_pack

from dragoman.errors import PackError
from dragoman.knowledge import Office, load_pack, shipped_packs
from dragoman.knowledge.folder import Part, read_folder
from dragoman.knowledge.schema import SECTIONS, Entry
from dragoman.knowledge.stack import stack_parts


def load_folder(folder: Path, head: str = HEAD, **files: str):
    return load_pack([write_pack(folder, head, **files)])


def test_core_is_always_first() -> None:
    assert load_pack(["afghanistan"]).ids == ("core", "afghanistan")
    assert load_pack(["afghanistan", "core"]).ids == ("core", "afghanistan")
    assert load_pack().ids == ("core",)


def test_single_name_may_stand_for_a_list_of_one() -> None:
    assert load_pack("afghanistan") is load_pack(("afghanistan",))


def test_shipped_packs_are_loaded_once() -> None:
    assert load_pack(("core",)) is load_pack(["core"])


def test_folder_is_read_anew_each_time(tmp_path: Path) -> None:
    before = load_folder(tmp_path / "strait", actors="a: {name: Before, kind: person}\n")
    after = load_folder(tmp_path / "strait", actors="a: {name: After, kind: person}\n")
    assert (before.by_key["a"].name, after.by_key["a"].name) == ("Before", "After")


def test_unknown_pack_lists_the_shipped_ones_and_suggests_one() -> None:
    with pytest.raises(PackError) as raised:
        load_pack(["afganistan"])
    assert str(raised.value) == (
        "unknown pack 'afganistan'; shipped packs are core, afghanistan; did you mean 'afghanistan'?"
    )


def test_folder_called_like_a_shipped_pack_is_reached_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path / "afghanistan")
    monkeypatch.chdir(tmp_path)
    assert load_pack(["./afghanistan"]).ids == load_pack([Path("afghanistan")]).ids == ("core", "strait")
    assert load_pack(["afghanistan"]).ids == ("core", "afghanistan")


def test_names_of_a_pack_load_it_again_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path / "strait", actors="a: {name: A, kind: person}\n")
    monkeypatch.chdir(tmp_path)
    pack = load_pack(["afghanistan", "strait"])
    monkeypatch.chdir("/")
    assert load_pack(pack.names).actors == pack.actors
    assert pack.ids == ("core", "afghanistan", "strait")


def test_shipped_packs_begin_with_core() -> None:
    assert shipped_packs() == ("core", "afghanistan")


def test_later_pack_adds_names_and_replaces_single_values(tmp_path: Path) -> None:
    pack = load_folder(
        tmp_path / "strait", actors="state/NOR: {sector: MIL, metonyms: Harbour House, offices: [{title: t, at: un}]}\n"
    )
    norway, core = pack.by_key["state/NOR"], load_pack().by_key["state/NOR"]
    assert norway.metonyms == (*core.metonyms, "Harbour House")
    assert norway.sector == "MIL"
    assert norway.adjectives == core.adjectives
    assert norway.offices == (Office("t", "un"),)


def test_form_goes_to_the_later_pack_that_claims_it(tmp_path: Path) -> None:
    pack = load_folder(tmp_path / "strait", actors="a: {name: Fjord Council, kind: movement, metonyms: Oslo}\n")
    assert "Oslo" in pack.by_key["a"].metonyms
    assert "Oslo" not in pack.by_key["state/NOR"].metonyms


def test_form_declared_shared_stays_with_both(tmp_path: Path) -> None:
    actors = "a: {name: Fjord Council, kind: movement, metonyms: Oslo, shared: Oslo}\n"
    pack = load_folder(tmp_path / "strait", actors=actors)
    assert "Oslo" in pack.by_key["a"].metonyms
    assert "Oslo" in pack.by_key["state/NOR"].metonyms


def test_word_list_of_a_later_pack_adds_to_core(tmp_path: Path) -> None:
    pack = load_folder(tmp_path / "strait", words="say: {source: sailors, words: hail}\n")
    assert pack.words["say"] == load_pack().words["say"] | {"hail"}


def test_title_and_about_are_those_of_the_topmost_pack(tmp_path: Path) -> None:
    assert load_folder(tmp_path / "strait").title == "The Strait"
    assert load_pack(["afghanistan"]).authority == "taliban"
    assert load_folder(tmp_path / "strait").authority is None


def test_list_and_mapping_forms_of_a_file_mean_the_same(tmp_path: Path) -> None:
    mapped = load_folder(tmp_path / "a", actors="a: {name: A, kind: person}\nb: {name: B, kind: group}\n")
    listed = load_folder(tmp_path / "b", actors="- {id: a, name: A, kind: person}\n- {id: b, name: B, kind: group}\n")
    assert mapped.actors == listed.actors


def test_list_on_one_line_with_commas_means_the_same_as_one_item_a_line(tmp_path: Path) -> None:
    inline = load_folder(tmp_path / "a", actors="a:\n  name: A\n  kind: person\n  names: B C,  D\n")
    lines = load_folder(tmp_path / "b", actors="a:\n  name: A\n  kind: person\n  names:\n    - B C\n    - D\n")
    assert inline.by_key["a"].names == lines.by_key["a"].names == ("B C", "D")


FORMS = st.lists(st.sampled_from("pqrstu"), unique=True, max_size=4).map(tuple)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """A part whose actors bear a few forms; names are given, so that every entry stands by itself."""
    keys = draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3))
    entries = tuple(
        Entry(k, {"name": f"The {k}", "kind": "group", "names": draw(FORMS), "metonyms": draw(FORMS)}, "f", 1)
        for k in keys
    )
    sections = {name: entries if name == "actors" else () for name in SECTIONS}
    return Part(Entry("p", {"id": "p", "title": "P"}, "f", 1), sections, ())


@given(st.lists(parts(), min_size=1, max_size=4))
def test_stacking_a_pack_on_itself_changes_nothing(stack: list[Part]) -> None:
    assert stack_parts([*stack, stack[-1]]).actors == stack_parts(stack).actors


@given(st.lists(parts(), min_size=1, max_size=4))
def test_actors_of_the_topmost_pack_keep_all_their_forms(stack: list[Part]) -> None:
    merged = stack_parts(stack).by_key
    for entry in stack[-1].sections["actors"]:
        assert {*entry.values["names"], *entry.values["metonyms"]} <= set(merged[entry.id].forms)


@given(st.lists(parts(), min_size=1, max_size=4))
def test_no_form_is_lost(stack: list[Part]) -> None:
    claimed = {f for p in stack for e in p.sections["actors"] for f in (*e.values["names"], *e.values["metonyms"])}
    assert claimed <= {form for actor in stack_parts(stack).actors for form in actor.forms}


def test_template_passes_and_shows_every_kind_of_file() -> None:
    folder = Path(__file__).parents[2] / "examples" / "pack-template"
    pack = load_pack([folder])
    assert pack.authority == "merrow-council"
    assert all(read_folder(folder).sections.values())
