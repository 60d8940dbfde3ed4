"""Which indicator or organisation unit a text names, and how sure that is.

A code, the full name, a short name or alias that belongs to one thing only: settled.
Anything else that resembles a name (typed without diacritics, misspelt, a name of two
things at once) is proposed, with what it could be, and waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from kpi.definitions import Definitions, Level, OrgUnit, OrgUnits
from kpi.layouts import Found
from kpi.text import bare
from loaders.layouts.labels import Label, label_key
from loaders.layouts.measures import is_measure

_NEAR, _CLEAR, _SHOWN = 78, 6, 4  # score from which, lead over the next, how many are shown
_PATIENCE, _LONGEST = 1_500, 200  # searches in a file, letters of a name
_SHORTEST, _PART = 5, 60  # letters a part of a name must have, and what it scores
_BELOW_DISTRICT = re.compile(r"^(?:xã|phường|thị trấn|tt\.?|thôn|x\.|p\.)\s")
_DISTRICT = re.compile(r"^(?:huyện|h\.)\s*")
_CITY = re.compile(r"^(?:thành phố|t\.p\.?|tp\.?)\s*")
_bare = lru_cache(maxsize=4096)(bare)  # the same names are compared with every row
_TOTALS = frozenset(
    {"tổng", "tổng số", "tổng cộng", "cộng", "toàn tỉnh", "tổng toàn tỉnh", "tổng số toàn tỉnh",
     "cộng toàn tỉnh", "tổng cộng toàn tỉnh", "tỉnh lạng sơn", "toàn tỉnh lạng sơn"}
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    code: str
    score: int


@dataclass(frozen=True)
class Match:
    """``choice`` is only a suggestion unless ``found`` is settled."""

    found: Found = Found.NONE
    choice: str = ""
    candidates: tuple[Candidate, ...] = ()


NOTHING = Match()


class Names:
    """Every name that can be recognised, built once for a file."""

    def __init__(
        self, definitions: Definitions, org_units: OrgUnits, on: date | None = None
    ) -> None:
        self.definitions = definitions
        self.org_units = org_units
        self._full: dict[str, set[str]] = {}
        self._other: dict[str, set[str]] = {}
        for one in definitions.indicators.values():
            _put(self._full, one.id, one.name.vi)
            _put(self._other, one.id, one.short.vi, *one.aliases)
        units = org_units.units.values() if on is None else org_units.districts(on)
        self._units: dict[str, set[str]] = {}
        for unit in units:
            if unit.level is Level.DISTRICT:
                _put(self._units, unit.code, *_names_of(unit))
        self._left = _PATIENCE
        self._codes = {unit.code for unit in units} | {org_units.province.code}

    def indicator(self, label: Label, code: str = "") -> Match:
        """The indicator a row or column names, by its code first."""
        named = self._named(label)
        if not code:
            return named
        if code not in self.definitions.indicators:
            return Match(Found.NONE, "", named.candidates)
        if named.found.settled and named.choice != code:
            # the code says one thing and the words another
            return Match(Found.AMBIGUOUS, "", (Candidate(code, 100), Candidate(named.choice, 100)))
        return Match(Found.CODE, code)

    def unit(self, text: str, code: str = "") -> Match:
        """The district or city a row or column names; the province by its code only."""
        key = label_key(text)
        named = self._unit_named(key)
        if code:
            if code not in self._codes:
                return Match(Found.NONE, "", named.candidates)
            if named.found.settled and named.choice != code:
                both = (Candidate(code, 100), Candidate(named.choice, 100))
                return Match(Found.AMBIGUOUS, "", both)
            return Match(Found.CODE, code)
        return named

    def inside(self, title: str) -> list[str]:
        """The indicators named somewhere in a longer text; a name within a name is not."""
        names = {**self._other, **self._full}
        hits = [name for name in names if len(name) > 8 and name in title]
        longest = [one for one in hits if not any(one != other and one in other for other in hits)]
        return sorted({code for name in longest for code in names[name]})

    def is_total(self, text: str) -> bool:
        return label_key(text) in _TOTALS

    def _named(self, label: Label) -> Match:
        key = label.key
        if not key:
            return NOTHING
        if key in self.definitions.indicators:
            return Match(Found.CODE, key)
        match = _looked_up(key, self._full, Found.EXACT)
        if match is NOTHING and label.bracket and is_measure(label.bracket, self.definitions):
            key = label_key(label.without_bracket)
            match = _looked_up(key, self._full, Found.EXACT)
        if match is NOTHING:
            match = _looked_up(key, self._other, Found.ALIAS)
            if match.found is Found.ALIAS and label.part_of:
                # "Trong đó: Dịch vụ" is a part of something, not the indicator of that name
                return Match(Found.SIMILAR, match.choice, match.candidates)
        return self._resembling(key, self._full, self._other) if match is NOTHING else match

    def _resembling(self, key: str, *indexes: Mapping[str, set[str]]) -> Match:
        """Whatever resembles the words; a file of strange words is not searched for ever."""
        if self._left <= 0 or len(key) > _LONGEST:
            return NOTHING
        self._left -= 1
        return _similar(key, *indexes)

    def _unit_named(self, key: str) -> Match:
        if not key or _BELOW_DISTRICT.match(key):
            return NOTHING
        match = _looked_up(key, self._units, Found.EXACT)
        if match is NOTHING and key == "lạng sơn":
            # the city and the province bear the same name
            codes = [unit.code for unit in self.org_units.units.values() if unit.kind == "city"]
            candidates = (*codes, self.org_units.province.code)
            return Match(Found.AMBIGUOUS, "", tuple(Candidate(code, 100) for code in candidates))
        return self._resembling(key, self._units) if match is NOTHING else match


def _put(index: dict[str, set[str]], code: str, *names: str) -> None:
    for name in names:
        index.setdefault(label_key(name), set()).add(code)


def _names_of(unit: OrgUnit) -> Iterable[str]:
    """ "Huyện Cao Lộc", "Cao Lộc", "H. Cao Lộc"; the city never by its bare name."""
    full = label_key(unit.name.vi)
    yield full
    if _CITY.match(full):
        name = _CITY.sub("", full)
        yield from (f"tp {name}", f"tp. {name}", f"tp.{name}", f"t.p {name}", f"thành phố {name}")
    else:
        name = _DISTRICT.sub("", full)
        yield from (name, f"h {name}", f"h. {name}", f"h.{name}")


def _looked_up(key: str, index: Mapping[str, set[str]], found: Found) -> Match:
    codes = sorted(index.get(key, ()))
    if not codes:
        return NOTHING
    if len(codes) == 1:
        return Match(found, codes[0])
    return Match(Found.AMBIGUOUS, "", tuple(Candidate(code, 100) for code in codes))


def _similar(key: str, *indexes: Mapping[str, set[str]]) -> Match:
    """Whatever resembles the words; a clear leader is the suggestion, never the choice."""
    typed = bare(key)
    best: dict[str, int] = {}
    for index in indexes:
        for name, codes in index.items():
            score = _alike(typed, _bare(name))
            for code in codes if score >= _NEAR else ():
                best[code] = max(score, best.get(code, 0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0])) or _within(typed, *indexes)
    if not ranked:
        return NOTHING
    candidates = tuple(Candidate(code, score) for code, score in ranked[:_SHOWN])
    clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEAR
    return Match(
        Found.SIMILAR if clear else Found.AMBIGUOUS, ranked[0][0] if clear else "", candidates
    )


def _within(typed: str, *indexes: Mapping[str, set[str]]) -> list[tuple[str, int]]:
    """Names that begin with these words ("Số vụ"), or with which these words begin."""
    found = {
        code
        for index in indexes
        for name, codes in index.items()
        if len(typed) >= _SHORTEST
        and (_bare(name).startswith(f"{typed} ") or typed.startswith(f"{_bare(name)} "))
        for code in codes
    }
    return [(code, _PART) for code in sorted(found)]


def _alike(one: str, other: str) -> int:
    return round(max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)))
