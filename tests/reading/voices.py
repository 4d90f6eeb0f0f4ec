"""A made-up word list, a small cue model and hand-made trees for the tests of voice."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.knowledge import Pack
from dragoman.reading.actors.cast import Cast, Mention
from dragoman.reading.voices.cue_model import CueModel
from dragoman.record import Actor, ActorKind
from tests.reading.trees import VOCAB

WORDS = {
    "say": {"say", "claim", "announce"},
    "believe": {"believe", "want", "plan"},
    "ask": {"want"},
    "accuse": {"accuse", "condemn"},
    "voice-passives": {"say"},
    "voice-adverbs": {"reportedly"},
    "voice-prepositions": {"accord"},
    "voice-nouns": {"report"},
    "claim-nouns": {"claim", "report"},
    "office-nouns": {"official"},
    "opinion-nouns": {"opinion"},
    "voice-adjectives": {"aware"},
}
PACK = Pack(
    ids=("core",),
    actors=(),
    by_key={},
    issues=(),
    rungs=(),
    authority=None,
    frames=(),
    words={name: frozenset(lemmas) for name, lemmas in WORDS.items()},
)
SOURCE, CONTENT = (6.0, -6.0), (-6.0, 6.0)
MODEL = CueModel(
    shares={
        "say VERB": 0.9,
        "believe VERB": 0.8,
        "want VERB": 0.5,
        "plan VERB": 0.5,
        "condemn VERB": 0.5,
        "reportedly ADV": 0.9,
        "accord VERB": 1.0,
        "report NOUN": 0.5,
        "aware ADJ": 0.5,
    },
    roles={
        "nsubj<VERB": SOURCE,
        "nsubj>VERB": SOURCE,
        "lent:conj<VERB": SOURCE,
        "nsubj:pass<VERB": CONTENT,
        "ccomp>VERB": CONTENT,
        "ccomp<VERB": CONTENT,
        "xcomp>VERB": CONTENT,
        "obj>VERB": CONTENT,
        "up:parataxis<VERB": CONTENT,
        "up:advmod<ADV": CONTENT,
        "case:noun>VERB": SOURCE,
        "case:clause>VERB": CONTENT,
        "acl>NOUN": CONTENT,
        "nsubj<ADJ": SOURCE,
        "ccomp>ADJ": CONTENT,
        "nmod:poss<NOUN": SOURCE,
        "quote:after0:later:near>VERB": CONTENT,
    },
    keep={"1": 4.0},
)
TAGS = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "VBD": "VERB",
    "VBZ": "VERB",
    "VBG": "VERB",
    "VBN": "VERB",
    "VB": "VERB",
    "AUX": "AUX",
    "PRP": "PRON",
    "IN": "SCONJ",
    "RB": "ADV",
    "DT": "DET",
    "TO": "PART",
    "CC": "CCONJ",
    "POS": "PART",
    "PRP$": "PRON",
    "JJ": "ADJ",
}


def tree(*sentences: str) -> Doc:
    """A parsed text from words written `form/tag/relation/head`, heads counted from 1 in the sentence, 0 for the root.

    A fifth field is the lemma. Marks stand close to the word before them, opening ones to the word after.
    """
    columns: dict[str, list[object]] = {
        name: [] for name in ("words", "spaces", "tags", "pos", "lemmas", "heads", "deps", "sent_starts")
    }
    for sentence in sentences:
        base = len(columns["words"])
        for i, word in enumerate(sentence.split()):
            form, tag, dep, head, *lemma = word.split("/")
            if form in {",", ".", "”", "'s"} and columns["words"]:
                columns["spaces"][-1] = False
            row = (form, form != "“", tag, TAGS.get(tag, "PUNCT"), lemma[0] if lemma else form.lower())
            row += (base + (int(head) or i + 1) - 1, "ROOT" if head == "0" else dep, i == 0)
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    return Doc(VOCAB, **columns)  # type: ignore[arg-type]


def cast_of(doc: Doc, *names: str, **pronouns: str) -> Cast:
    """Every word that is one of the names is an actor of that name; pronouns stand for those given."""
    index = {name: i for i, name in enumerate(names)}
    mentions = [Mention(t.i, t.i + 1, t.i, "name", index[t.text]) for t in doc if t.text in index]
    mentions += [Mention(t.i, t.i + 1, t.i, "pronoun", index[pronouns[t.text]]) for t in doc if t.text in pronouns]
    return Cast(tuple(Actor(name, ActorKind.PERSON, (name,)) for name in names), tuple(mentions))


def word(doc: Doc, form: str) -> Token:
    """The first token of that form."""
    return next(t for t in doc if t.text == form)
