"""Actors and role nouns from PETRARCH dictionaries (TABARI, PETRARCH, PETRARCH2): ``*.actors.txt``, ``*.agents.txt``.

Phrases stand in capitals there, and a pack matches as written, so a phrase that the pack below knows in its own letters
is taken as that; another gets capitals at the beginning of its words, and a short one keeps its capitals too. A code is
a country or a class, then roles: ``USAGOV`` is a government actor of the United States. A record with a role for a time
is taken for a person, and each time for an office at that country; a record with several countries in turn is a person
without an office. Agents become words of the lists by which the reading gives an actor a sector (``sector-GOV``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dragoman.knowledge.importers.entries import Entry, Found, clean_name, iter_lines
from dragoman.knowledge.pack import Office, Pack
from dragoman.knowledge.schema import SECTORS
from dragoman.knowledge.source import clip
from dragoman.record import ActorKind

_COMMENT = re.compile(r"<\s*!\s*--.*?-->", re.DOTALL)
_OPEN = re.compile(r"<\s*!\s*--.*\Z", re.DOTALL)
_CLOSE = re.compile(r"\A.*?-->", re.DOTALL)
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_CODE = re.compile(r"[A-Za-z]{3,30}\Z")
_SINCE = re.compile(r"(?P<code>\S+?)\s*>\s*(?P<since>\d{6}|\d{8})\Z")
_UNTIL = re.compile(r"(?P<code>\S+?)\s*<\s*(?P<until>\d{6}|\d{8})\Z")
_BETWEEN = re.compile(r"(?P<code>[^\s\d]+)\s*(?P<since>\d{6}|\d{8})\s*-\s*(?P<until>\d{6}|\d{8})\Z")
_INITIALS = re.compile(r"(\w\.)+\w?\.?\Z")
_SET = re.compile(r"(!\w+!)\s*=\s*(.+)\Z")
_AGENT = re.compile(r"(?P<phrase>[^\[{]+?)\s*(\{(?P<plural>[^}]*)\})?\s*\[\s*(?P<code>[^\]]*?)\s*\]\Z")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "al", "du", "des"})
_OF_PEOPLE = ("person-anaphors", "ruler-titles")
"""Word lists of core whose words before a name make it a person's."""
_NOBODY = "---"
_SHORT = 3
_MAYBE_SHORT = 5
_MOST_OF_A_SET = 200

CLASSES: Mapping[str, str] = {
    "IGO": "IGO",
    "NGO": "NGO",
    "NGM": "NGO",
    "MNC": "MNC",
    "REB": "REB",
    "UAF": "UAF",
    "BUS": "BUS",
    "MED": "MED",
    "EEC": "IGO",
}
"""Classes that stand where a country does, with the PLOVER sector that each is."""

TITLES: Mapping[str, str] = {
    "GOV": "government official",
    "MIL": "military officer",
    "LEG": "member of the legislature",
    "JUD": "judge or prosecutor",
    "COP": "police officer",
    "SPY": "intelligence officer",
    "OPP": "opposition figure",
    "REB": "rebel",
    "PTY": "party politician",
    "ELI": "member of the elite",
    "BUS": "business person",
    "MED": "journalist",
    "EDU": "scholar",
    "REL": "cleric",
}
"""What a role for a time is called as an office: the dictionaries tell the role, not the office."""


_Known = dict[str, tuple[str, str, ActorKind]]


@dataclass(frozen=True, slots=True)
class _Coded:
    """A code with the time for which it holds; ``is_bare`` if it says a country and no more."""

    country: str | None
    is_bare: bool
    sector: str | None
    since: str | None
    until: str | None


@dataclass(slots=True)
class _Record:
    line: int
    phrases: list[str]
    codes: list[_Coded] = field(default_factory=list)
    nobody: bool = False
    spoilt: bool = False


def read_actors(path: Path, below: Pack) -> Found:
    """The actors of an actor dictionary."""
    found = Found()
    own = _known(below)
    countries = {actor.country for actor in below.actors if actor.kind is ActorKind.STATE and actor.country}
    people = frozenset[str]().union(*(below.words.get(name, frozenset()) for name in _OF_PEOPLE))
    record: _Record | None = None
    for line, text in _lines(path, found):
        if text.startswith("+"):
            if record is None:
                found.set_aside(line, f"the synonym {clip(text)} follows no phrase")
            elif (phrase := _phrase(text[1:].partition("[")[0])) is not None:
                record.phrases.append(phrase)
            continue
        is_head = not text[0].isspace() and not text.startswith("[")
        if is_head:
            _close(record, own, people, found)
            phrase = _phrase(text.partition("[")[0])
            record = None if phrase is None else _Record(line, [phrase])
            if phrase is None:
                found.set_aside(line, "no phrase before the code")
        if record is None:
            if not is_head:
                found.set_aside(line, f"the code {clip(text.strip())} follows no phrase")
            continue
        _take_codes(record, line, text, countries, found)
    _close(record, own, people, found)
    return found


def _lines(path: Path, found: Found) -> Iterator[tuple[int, str]]:
    """Lines without comments; blank ones are left out."""
    inside = False
    for line, text in iter_lines(path, found):
        if inside:
            if "-->" not in text:
                continue
            text, inside = _CLOSE.sub("", text), False
        text = _COMMENT.sub("", text)
        if _OPEN.search(text):
            text, inside = _OPEN.sub("", text), True
        text = text.partition("#")[0].partition(";")[0].rstrip()
        if text.strip():
            yield line, text


def _phrase(text: str) -> str | None:
    return clean_name(text.replace("_", " "))


def _take_codes(record: _Record, line: int, text: str, countries: Collection[str], found: Found) -> None:
    """The codes in the brackets of a line; what cannot be one is set aside, and so is a record that has no other."""
    brackets = _BRACKET.findall(text)
    if not brackets and ("[" in text or text[0].isspace()):
        found.set_aside(line, f"no code in brackets: {clip(text.strip())}")
        record.spoilt = True
    for inside in brackets:
        coded = _coded(inside.strip(), countries)
        if isinstance(coded, str):
            found.set_aside(line, f"[{inside.strip()[:40]}] of {clip(record.phrases[0])}: {coded}")
            record.spoilt = True
        elif coded is None:
            record.nobody = True
        else:
            record.codes.append(coded)


def _coded(text: str, countries: Collection[str]) -> _Coded | str | None:
    """A code and its time; ``None`` for the code of nobody; the reason why it is none."""
    since = until = None
    for pattern in (_BETWEEN, _SINCE, _UNTIL):
        if match := pattern.match(text):
            given = match.groupdict()
            text = given["code"]
            since, until = (_day(given[name]) if given.get(name) else None for name in ("since", "until"))
            if "bad" in (since, until):
                return "no such day"
            if since and until and until < since:
                return "it ends before it begins"
            break
    if text == _NOBODY:
        return None
    if "/" in text:
        return "several actors at once, which a pack cannot say"
    if not _CODE.match(text):
        return "not a code, or not a restriction such as <20010120"
    first, *roles = (text[n : n + 3].upper() for n in range(0, len(text), 3))
    country = first if first in countries else None
    sector = next((role for role in roles if role in SECTORS), None) or CLASSES.get(first) or None
    return _Coded(country, country is not None and not roles, sector, since, until)


def _day(digits: str) -> str:
    """An ISO date; of two digits of a year, 00 to 30 are in this century. ``bad`` for one that is none."""
    if len(digits) == 6:
        digits = f"{20 if int(digits[:2]) <= 30 else 19}{digits}"
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return "bad"


def _known(below: Pack) -> _Known:
    """Form and key of each form of the pack below, by the form in capitals."""
    known: _Known = {}
    for actor in below.actors:
        for form in actor.forms:
            known.setdefault(form.upper().replace("_", " "), (form, actor.key, actor.kind))
    return known


def _close(record: _Record | None, own: _Known, people: Collection[str], found: Found) -> None:
    """Make an actor of a record that is complete."""
    if record is None or (not record.codes and (record.nobody or record.spoilt)):
        return
    if not record.codes:
        found.set_aside(record.line, f"{clip(record.phrases[0])} has no code")
        return
    default = next((code for code in record.codes if not code.since and not code.until), record.codes[-1])
    dated = [code for code in record.codes if code.since or code.until]
    is_country = default.is_bare and not any(code.sector for code in record.codes)
    known = next((own[phrase.upper()] for phrase in record.phrases if phrase.upper() in own), None)
    kind = known[2] if known else _kind(record, dated, is_country, people)
    key = known[1] if known else f"state/{default.country}" if is_country else None
    forms = list(dict.fromkeys(form for phrase in record.phrases for form in _spellings(phrase, own)))
    for code in dated:
        if code.sector and not code.country and kind is ActorKind.PERSON:
            found.set_aside(record.line, f"a role of {clip(forms[0])} is at no country that core knows; it is left out")
    offices = [
        Office(TITLES.get(code.sector or "", "office holder"), f"state/{code.country}", code.since, code.until)
        for code in dated
        if code.country and code.sector and kind is ActorKind.PERSON
    ]
    found.add(
        Entry(
            record.line,
            forms[0],
            kind,
            names=forms[1:],
            country=default.country,
            sector=default.sector,
            offices=offices,
            key=key,
        )
    )


def _kind(record: _Record, dated: list[_Coded], is_country: bool, people: Collection[str]) -> ActorKind:
    if is_country:
        return ActorKind.STATE
    first, *rest = record.phrases[0].lower().split()
    is_titled = bool(rest) and first in people and rest[-1] not in people
    return ActorKind.PERSON if is_titled or any(code.sector for code in dated) else ActorKind.ORGANIZATION


def _spellings(phrase: str, own: _Known) -> Iterator[str]:
    """How a phrase in capitals is written in a text."""
    if phrase.upper() in own:
        yield own[phrase.upper()][0]
        return
    words = phrase.split()
    if len(words) > 1 and words[0].upper() == "THE":  # packs match names without an article before them
        words = words[1:]
    if len(words) == 1 and len(words[0]) <= _SHORT:
        yield words[0].upper()
        return
    yield " ".join(_cased(word, first=n == 0) for n, word in enumerate(words))
    if len(words) == 1 and len(words[0]) <= _MAYBE_SHORT:
        yield words[0].upper()


def _cased(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in _SMALL and not first:
        return lower
    if _INITIALS.match(word) or len(word) < _SHORT:
        return word.upper()
    return "-".join(part[:1].upper() + part[1:] for part in lower.split("-"))


def read_agents(path: Path) -> Found:
    """The role nouns of an agent dictionary, as words of the lists of their sectors."""
    found = Found()
    sets: dict[str, list[str]] = {}
    for line, text in _lines(path, found):
        text = text.strip()
        if match := _SET.match(text):
            sets[match[1]] = [word for part in match[2].split(",") if (word := part.strip())][:_MOST_OF_A_SET]
            continue
        agent = _AGENT.match(text)
        if agent is None:
            found.set_aside(line, f"not an agent, which is PHRASE {{PLURAL}} [~CODE]: {clip(text)}")
            continue
        sector = _sector(agent["code"])
        if sector is None:
            found.set_aside(line, f"[{agent['code'][:40]}] of {clip(agent['phrase'])} holds no sector of PLOVER")
            continue
        words = list(_written_out(agent["phrase"], sets))
        if not words:
            found.set_aside(line, f"{clip(agent['phrase'])} uses a set that is not defined before it")
        kept = found.words.setdefault(f"sector-{sector}", [])
        kept += [word for word in words if word not in kept]
    found.words = {name: words for name, words in found.words.items() if words}
    return found


def _sector(code: str) -> str | None:
    """The first role of an agent's code that is a sector of PLOVER."""
    roles = code.replace("~", "")
    return next((roles[n : n + 3] for n in range(0, len(roles), 3) if roles[n : n + 3] in SECTORS), None)


def _written_out(phrase: str, sets: Mapping[str, list[str]]) -> Iterator[str]:
    """The phrase in small letters, with each member in place of a set that it names; one set a phrase."""
    mark = next((name for name in sets if name in phrase), None)
    for member in sets[mark] if mark else [""]:
        text = clean_name((phrase.replace(mark, member) if mark else phrase).replace("_", " "))
        if text and "!" not in text:
            yield text.lower()
