"""Actors whom names keep apart and who may be one: proposals with reasons and scores, for a person to decide.

Nobody is merged here. Each pair that is looked at shares a key (how the surname sounds, initials, an office, a name by
which a document calls the other), so 100,000 actors are compared in seconds, not all with all, and those of one
document with the few that it may mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product

from dragoman.record import ActorKind

LEAST = 0.5
"""Score from which a pair is proposed."""
CROWD = 40
"""Actors under one key beyond which it tells nothing (a surname like *Khan*); no pair is looked at for its sake."""
MANY = 15
"""Actors of one surname beyond which it is no matter how many they are."""
SIMULTANEOUS = 366
"""Days between two mentions of an office within which it is taken to have had one holder."""

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"(?:[A-Z]|[A-Z][a-z]?[A-Z])[A-Z&-]{1,6}\Z")
_POSSESSIVE = re.compile(r"['’]s\b")
_OF = re.compile(r"\s(?:of|for|in)\s")
_SMALL = frozenset("an and at by de du for in la le of on the to und".split())
_TITLES = frozenset(
    """mr mrs ms miss mister madame sir lord lady dame dr prof professor president premier chancellor minister secretary
    ambassador envoy governor mayor senator congressman congresswoman lawmaker speaker judge justice king queen prince
    princess sheikh shaikh sheik general gen colonel col maj captain capt lieutenant lt commander brigadier admiral
    marshal sergeant sgt mullah mulla mawlawi maulvi maulawi molavi maulana mufti imam ayatollah haji hajji qari ustad
    reverend rev bishop archbishop cardinal pope rabbi prime foreign defence defense interior deputy vice former special
    chief""".split()
)
"""What stands before a person's name, and what stands before that; not what is a given name too (*Sultan*, *Sayed*)."""
_MEN = frozenset("mr sir lord king prince".split())
_WOMEN = frozenset("mrs ms miss madame lady dame queen princess".split())
_SHORT_FORMS = (
    *(
        ("jim", "james"),
        ("joe", "joseph"),
        ("bill", "william"),
        ("bob", "robert"),
        ("mike", "michael"),
        ("tom", "thomas"),
    ),
    *(
        ("tony", "anthony"),
        ("tony", "antony"),
        ("dick", "richard"),
        ("dan", "daniel"),
        ("ben", "benjamin"),
        ("sam", "samuel"),
    ),
    *(("dave", "david"), ("steve", "stephen"), ("steve", "steven"), ("chris", "christopher"), ("nick", "nicholas")),
    *(
        ("alex", "alexander"),
        ("andy", "andrew"),
        ("matt", "matthew"),
        ("pat", "patrick"),
        ("ted", "edward"),
        ("ken", "kenneth"),
    ),
    *(
        ("liz", "elizabeth"),
        ("kate", "katherine"),
        ("kate", "catherine"),
        ("sue", "susan"),
        ("greg", "gregory"),
        ("jeff", "jeffrey"),
    ),
    *(
        ("ron", "ronald"),
        ("don", "donald"),
        ("rob", "robert"),
        ("will", "william"),
        ("tim", "timothy"),
        ("vlad", "vladimir"),
    ),
)
"""Given names and what they are short for, as English papers have both."""
_OF_A_STATE = frozenset("n an ian i ni stan istan ese y".split())
"""Ends by which a state's name and its adjective differ: *Iran*, *Iranian*; *Afghan*, *Afghanistan*."""
_PARTICLES = frozenset("al ad an ar as ash at az el ul ur bin ibn bint de van von der di da abu".split())
_BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.MOVEMENT, ActorKind.GROUP, ActorKind.MEETING, ActorKind.STATE})
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICE})
_SOUNDS = (
    *(("kh", "x"), ("gh", "g"), ("sh", "$"), ("ch", "$"), ("zh", "j"), ("dj", "j"), ("th", "t"), ("ph", "f")),
    *(("ck", "k"), ("dh", "d"), ("dz", "z"), ("ts", "s"), ("tz", "s"), ("q", "k"), ("c", "k"), ("w", "v")),
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("o", "u"), ("e", "i")),
)
"""Letters that one Arabic, Persian, Pashto or Cyrillic letter is written with; *kh* before *k*."""
_VOWELS = (
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "e"), ("ai", "e"), ("ay", "e"), ("ey", "e")),
    *(("y", "i"), ("o", "u")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of a case: what documents name it, most often first, and how many; ``key`` if a pack has it."""

    id: int
    names: tuple[str, ...]
    kind: ActorKind
    key: str | None = None
    country: str | None = None
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Post:
    """That an actor holds an office: its folded title, at whom, told in how many documents, from which day to which
    (day numbers; published dates of those that do not tell it as former)."""

    actor: int
    title: str
    at: str
    first: int | None
    last: int | None
    documents: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two actors that may be one, how surely (0–1, not a probability), and why."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a case tells of actors beside their names: their posts; ``called[a, b]``, in how many documents ``b`` is
    called by a name that is ``a``'s own elsewhere; how many actors bear a surname of this sound with a given
    name; and in how many documents both of a pair appear."""

    posts: Mapping[int, Sequence[Post]] = field(default_factory=dict)
    called: Mapping[tuple[int, int], int] = field(default_factory=dict)
    bearers: Mapping[str, int] = field(default_factory=dict)
    together: Callable[[Collection[tuple[int, int]]], Mapping[tuple[int, int], int]] | None = None


def propose(actors: Mapping[int, Known], pairs: Iterable[tuple[int, int]], evidence: Evidence) -> tuple[Proposal, ...]:
    """Those of these pairs that may be one, the surest first; the actors by their ids.

    Fires: "Ahmad Massoud" and "A. Masoud"; "NRF" and "National Resistance Front"; "Hibatullah Akhundzada" and
    "Haibatullah Akhunzada". Not: two Massouds whom one document tells apart; two actors of the packs.
    """
    found = [
        pair
        for one, other in sorted(pairs)
        if one in actors and other in actors and (pair := _judge(actors[one], actors[other], evidence))
    ]
    return tuple(sorted(_not_apart(found, actors, evidence), key=lambda p: (-p.score, actors[p.one].names[0], p.one)))


def keys_of(actor: Known, posts: Iterable[Post] = ()) -> dict[str, bool]:
    """The keys under which an actor is found, and whether it leads there: two that share a key are a pair to look at
    if one of them leads. How many share that of ``bears`` is how many bear a surname and a given name."""
    keys = {f"post {post.title} at {post.at}": True for post in posts}
    for name in actor.names:
        keys |= dict.fromkeys(_keys(actor, name), True)
    if is_person(actor):
        for words in map(_person, actor.names):
            for word in words[-1:]:
                key = f"surname {sound(word)}"
                keys[key] = keys.get(key, False) or len(words) == 1
        if len(words := _person(actor.names[0])) > 1:
            keys[bears(sound(words[-1]))] = False
    return keys


def is_person(actor: Known) -> bool:
    """Whether an actor is compared as a person is: one whom a document calls by an office and a name too.

    Fires: "Lawmaker Veldano". Not: "Minister of Education"; "Foreign Office".
    """
    return actor.kind is ActorKind.PERSON or (actor.kind is ActorKind.OFFICE and all(map(_is_titled, actor.names)))


def _is_titled(name: str) -> bool:
    words = _WORD.findall(name)
    own = words[len(words) - len(_untitled(tuple(map(_plain, words)))) :]
    return 0 < len(own) < len(words) and all(word[0].isupper() or _plain(word) in _PARTICLES for word in own)


def bears(surname: str) -> str:
    """The key of all who bear a surname of this sound with a given name."""
    return f"bears {surname}"


def lone_surnames(actor: Known) -> set[str]:
    """The sounds of the surnames that alone stand for a person."""
    alone = (words for words in map(_person, actor.names) if len(words) == 1)
    return {sound(*words) for words in alone} if is_person(actor) else set()


def pairs_in(members: Mapping[int, bool]) -> Iterator[tuple[int, int]]:
    """The pairs to look at among those who share a key, and of whom it says who leads; the smaller id first."""
    if len(members) <= CROWD:
        yield from (pair for pair in combinations(sorted(members), 2) if members[pair[0]] or members[pair[1]])


def _keys(actor: Known, name: str) -> Iterator[str]:
    if is_person(actor):
        words = _person(name)
        if len(words) > 1:
            surname, given = sound(words[-1]), sound(words[0])
            yield f"person {surname} {given[:1]}"
            yield f"whole {surname} {given}"
            yield from (f"whole {surname} {sound(full)}" for short, full in _SHORT_FORMS if short == words[0])
    elif words := _words(name):
        yield f"body {' '.join(sorted(map(sound, words)))}"
        if len(words) > 1:
            yield f"stems {' '.join(sorted(word[:4] for word in _of_state(name)))}"
        if _ACRONYM.match(name):
            yield f"initials {_plain(name)}"
        yield from (f"initials {short}" for short in initials(name))


def _judge(one: Known, other: Known, evidence: Evidence) -> Proposal | None:
    """The proposal that two actors are one, if their names or offices give a reason and nothing stands against it."""
    if not _may_be_one(one, other):
        return None
    posts, called = evidence.posts, evidence.called
    both_persons = is_person(one) and is_person(other)
    reasons = dict(_by_person(one, other, evidence.bearers) if both_persons else _by_body(one, other))
    number = max(called.get((one.id, other.id), 0), called.get((other.id, one.id), 0))
    weight = _weigh_calls(one, other, number)
    if not (reasons or weight or (one.id in posts and other.id in posts)):
        return None
    if both_persons and not reasons and not _share_word(one, other):
        return None  # an office passes from one to the next: alone it makes nobody one with somebody else
    if weight:
        reasons[f"called by the other's name in {number} {'document' if number == 1 else 'documents'}"] = weight
    reasons |= dict(_by_post(posts.get(one.id, ()), posts.get(other.id, ())))
    doubt = 1.0
    for score in reasons.values():
        doubt *= 1 - score
    score = round(1 - doubt, 2)
    if score < LEAST:
        return None
    return Proposal(one.id, other.id, score, tuple(sorted(reasons, key=lambda reason: (-reasons[reason], reason))))


def _weigh_calls(one: Known, other: Known, number: int) -> float:
    """How much it tells that in so many documents one is called by a name that is the other's own.

    Of two described without a name it tells less: whoever writes of *British recruits* calls them *recruits* then, and
    *a Turkish official* of one document is nobody's of another.
    """
    if number and _is_described(one) and _is_described(other):
        if {one.kind, other.kind} <= _PERSONS:
            return 0.0
        words, others = set(_words(one.names[0])), set(_words(other.names[0]))
        if words < others or others < words:
            return 0.55 if number > 1 else 0.0
    return min(number, 1) * (0.55 if number == 1 else 0.7)


def _is_described(actor: Known) -> bool:
    return actor.names[0].split()[-1].islower()


def _may_be_one(one: Known, other: Known) -> bool:
    if one.key and other.key:
        return False  # whoever wrote the packs knew them apart
    if one.country and other.country and one.country != other.country:
        return False
    if one.kind in _PERSONS or other.kind in _PERSONS:
        return one.kind in _PERSONS and other.kind in _PERSONS
    return one.kind is other.kind or {one.kind, other.kind} <= _BODIES - {ActorKind.STATE, ActorKind.MEETING}


def _by_person(one: Known, other: Known, bearers: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """What two persons' names tell: the best of any pair of them; nothing as soon as given names contradict."""
    best: tuple[str, float] | None = None
    for name, second in product(one.names, other.names):
        found = compare_persons(name, second, bearers)
        if found is None:
            return
        best = found if best is None or found[1] > best[1] else best
    if best is not None and best[1] > 0:
        yield best


def compare_persons(name: str, other: str, bearers: Mapping[str, int]) -> tuple[str, float] | None:
    """Why two names may be one person's, and how surely; ``None`` when they cannot be."""
    short, full = sorted((_person(name), _person(other)), key=len)
    if not short or _alike(short[-1], full[-1]) is None:
        return "", 0.0
    told = {*_words(name), *_words(other)}
    if told & _MEN and told & _WOMEN:
        return None
    spelling = "same surname" if short[-1] == full[-1] else "surname sounds alike"
    sure = 0.0 if short[-1] == full[-1] else 0.05
    if len(short) == 1:
        others = bearers.get(sound(full[-1]), 0)
        if short[-1] != full[-1] and len(sound(short[-1])) < 3:
            sure += 0.1  # of two consonants many names are made
        number = str(others) if others <= MANY else f"more than {MANY}"
        many = "" if others <= 1 else f", which {number} actors bear"
        return f"{spelling}{many}", (0.6 if others <= 1 else max(0.2, 0.5 - others / 50)) - sure
    given, matched = full[:-1], []
    for word in short[:-1]:
        fit = max((_given(word, other) for other in given), default=0.0)
        if fit == 0.0:
            return None
        matched.append(fit)
    least = min(matched)
    if short == full:
        return "same name", 0.9
    if least == _SHORTENED:
        return f"{spelling}, one given name is short for the other", 0.65 - sure
    if least < 0.6:
        return f"{spelling}, an initial that fits", 0.6 - sure
    how = "same given names" if least == 1.0 else "given names sound alike"
    return f"{spelling}, {how}{'' if len(short) == len(full) else ' as far as both have them'}", (
        0.85 if len(short) == len(full) else 0.75
    ) - sure


_SHORTENED = 0.7


def _given(one: str, other: str) -> float:
    """How well two given names fit: 1 the same, 0.8 sounding alike, 0.7 short for the other, 0.5 an initial, 0 not."""
    if len(one) == 1 or len(other) == 1:
        return 0.5 if one[0] == other[0] else 0.0
    if (one, other) in _SHORT_FORMS or (other, one) in _SHORT_FORMS:
        return _SHORTENED
    return _alike(one, other) or 0.0


def _alike(one: str, other: str) -> float | None:
    """1 for the same word, 0.8 for two spellings of one sound; ``None`` else."""
    if one == other:
        return 1.0
    return 0.8 if sound(one) == sound(other) and _vowels_fit(one, other) else None


def _by_body(one: Known, other: Known) -> Iterator[tuple[str, float]]:
    for name, second in product(one.names, other.names):
        words, others = _words(name), _words(second)
        if words and sorted(words) == sorted(others):
            yield "same words", 0.85
        elif (
            words
            and len(words) == len(others)
            and all(_alike(*pair) for pair in zip(sorted(words, key=sound), sorted(others, key=sound), strict=True))
        ):
            yield "sounds alike", 0.75
        elif _same_of_state(_of_state(name), _of_state(second)):
            yield "same words, a state's name for its adjective", 0.8
        for short, full in ((name, second), (second, name)):
            if _ACRONYM.match(short) and _plain(short) in initials(full):
                yield f"{short} are the initials of {full}", 0.6 if len(short) == 2 else 0.7


def _same_of_state(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two bodies' names are the same words but that one has a state's name where the other has its adjective.

    Fires: "Norlandian Supreme Court", "Supreme Court of Norland", "Norland's Supreme Court". Not: "Norlandian court".
    """
    if not 1 < len(words) == len(others):
        return False
    pairs = [pair for pair in zip(sorted(words), sorted(others), strict=True) if pair[0] != pair[1]]
    return len(pairs) < len(words) and all(_is_of_state(*sorted(pair, key=len)) for pair in pairs)


def _is_of_state(short: str, long: str) -> bool:
    return len(short) > 3 and long.startswith(short) and long[len(short) :] in _OF_A_STATE


def _by_post(posts: Sequence[Post], others: Sequence[Post]) -> Iterator[tuple[str, float]]:
    for post, other in product(posts, others):
        if (post.title, post.at) != (other.title, other.at):
            continue
        number = post.documents + other.documents
        where = f"{post.title} at {post.at.removeprefix('~')}"
        if _at_one_time(post, other):
            yield f"both told to be {where} at one time, in {number} documents", 0.4 if number < 4 else 0.5
        else:
            yield f"both told to be {where}, at different times", 0.1


def _at_one_time(post: Post, other: Post) -> bool:
    if post.first is None or post.last is None or other.first is None or other.last is None:
        return False
    return max(post.first, other.first) - min(post.last, other.last) <= SIMULTANEOUS


def _share_word(one: Known, other: Known) -> bool:
    words = ({sound(word) for name in actor.names for word in _words(name) if len(word) > 2} for actor in (one, other))
    return bool(set.intersection(*words))


def _not_apart(found: Sequence[Proposal], actors: Mapping[int, Known], evidence: Evidence) -> Iterator[Proposal]:
    """Without persons whom one document keeps apart: it names both, so its writer knew that they are two."""
    if evidence.together is None or not found:
        yield from found
        return
    together = evidence.together([(proposal.one, proposal.other) for proposal in found])
    for proposal in found:
        number = together.get((proposal.one, proposal.other), 0)
        if not number:
            yield proposal
        elif actors[proposal.one].kind is not ActorKind.PERSON and actors[proposal.other].kind is not ActorKind.PERSON:
            score = round(proposal.score * 0.7, 2)  # a body's name and its initials may have escaped the reader
            if score >= LEAST:
                told = f"but {number} {'document has' if number == 1 else 'documents have'} both"
                yield Proposal(proposal.one, proposal.other, score, (*proposal.reasons, told))


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A key that the usual Latin spellings of one name share: *Massoud* and *Masoud*, *Mohammad* and *Muhammad*.

    Consonants alone, each by what it sounds like, after the first letter; an end in *h* is silent.
    """
    plain = _plain(word)
    for letters, sounds in _SOUNDS:
        plain = plain.replace(letters, sounds)
    if len(plain) > 2 and plain.endswith("h"):
        plain = plain[:-1]
    bare = plain[:1] + "".join(letter for letter in plain[1:] if letter not in "aiu")
    return re.sub(r"(.)\1+", r"\1", bare)


def _vowels_fit(one: str, other: str) -> bool:
    """Whether two words have the same vowels as far as spelling tells: *o* is *u*, *y* is *i*, *e* may be any.

    Fires: *Ahmad*, *Ahmed*; *Hussein*, *Husayn*. Not: *Karim*, *Karam*; *Karim*, *Karimi*.
    """
    vowels, others = _vowels(one), _vowels(other)
    return len(vowels) == len(others) and all(a == b or "e" in (a, b) for a, b in zip(vowels, others, strict=True))


@lru_cache(maxsize=200_000)
def _vowels(word: str) -> str:
    plain = _plain(word).rstrip("h")
    for letters, vowel in _VOWELS:
        plain = plain.replace(letters, vowel)
    return re.sub(r"[^aeiu]", "", re.sub(r"([aeiu])\1+", r"\1", plain))


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


@lru_cache(maxsize=200_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name that tell: without articles and particles (*al-*, *bin*), plain and small."""
    spaced = re.sub(r"['’`ʼʿ‘]", "", name)
    words = tuple(_plain(word) for word in _WORD.findall(spaced))
    telling = tuple(word for word in words if word and word not in _SMALL and word not in _PARTICLES)
    return telling or words


def _of_state(name: str) -> tuple[str, ...]:
    """The words of a body's name, with *Norland's* as *Norland*."""
    return _words(_POSSESSIVE.sub("", name))


def _person(name: str) -> tuple[str, ...]:
    """The words of a person's name, without titles before it."""
    return _untitled(_words(name))


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    first = next((n for n, word in enumerate(words[:-1]) if word not in _TITLES), len(words) - 1)
    return words[first:]


def initials(name: str) -> tuple[str, ...]:
    """The acronyms that a name of several words may have: with and without its small words, and, of three letters or
    more, without of whom it is (*NRF*, *National Resistance Front of Afghanistan*)."""
    full, short = (
        [plain for word in _WORD.findall(part) if (plain := _plain(word))] for part in (name, _OF.split(name)[0])
    )
    bare = [word for word in full if word not in _SMALL]
    forms = ("".join(word[0] for word in some) for some in (bare, full, short if len(short) > 2 else ()))
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))
