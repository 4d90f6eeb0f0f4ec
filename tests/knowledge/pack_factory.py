"""Small packs written to a folder, for tests."""

from __future__ import annotations

from pathlib import Path

HEAD = "id: strait\ntitle: The Strait\n"


def write_pack(folder: Path, head: str = HEAD, **files: str) -> Path:
    """A pack's folder; ``actors="…"`` writes ``actors.yaml``, ``frames__more="…"`` writes ``frames/more.yaml``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
