"""Packs: what Dragoman knows about the world and about one question, as data that a user can read, check and extend."""

from dragoman.knowledge.check import check_pack
from dragoman.knowledge.function_words import function_words
from dragoman.knowledge.load import load_outline, load_pack, shipped_packs
from dragoman.knowledge.pack import Frame, Issue, Office, Outline, Pack, PackActor, Rung
from dragoman.knowledge.pick import pick_packs
from dragoman.knowledge.prints import print_packs
from dragoman.knowledge.source import Problem

__all__ = [
    "Frame",
    "Issue",
    "Office",
    "Outline",
    "Pack",
    "PackActor",
    "Problem",
    "Rung",
    "check_pack",
    "function_words",
    "load_outline",
    "load_pack",
    "pick_packs",
    "print_packs",
    "shipped_packs",
]
