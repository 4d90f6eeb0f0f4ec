"""Files of others made into packs, for tests."""

from __future__ import annotations

from pathlib import Path

from dragoman.knowledge import check_pack, load_pack
from dragoman.knowledge.importers import Imported, import_pack
from dragoman.knowledge.pack import PackActor


def brought(folder: Path, text: str | bytes, name: str = "mine.csv") -> tuple[Imported, dict[str, PackActor]]:
    """What an import of this text made, checked, and the actors of its pack."""
    source, target = folder / name, folder / "pack"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    made = import_pack(source, target)
    assert check_pack(target) == ()
    pack = load_pack([target])
    return made, {actor.name: actor for actor in pack.actors}
