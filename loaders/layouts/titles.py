"""Whose report it is and of when, by what is printed above the table.

"UBND HUYỆN CAO LỘC … 9 tháng đầu năm 2018" proposes reporter and period. A title is
copied from last quarter's file and forgotten there; so this is never more than a
proposal, and where it contradicts what the sender says, that is for the sender to clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi.definitions import Definitions, Level, OrgUnits
from kpi.layouts import Found
from kpi.periods import Period
from kpi.text import bare
from loaders.layouts.labels import label_key
from loaders.layouts.times import periods_in, relative

_PLACE_AND_DAY = re.compile(r"\bngay\b.*\bthang\b")  # "Lạng Sơn, ngày 5 tháng 10 năm 2018"


@dataclass(frozen=True)
class Stated:
    """What the title says; ``choice`` only where it says one thing."""

    found: Found = Found.NONE
    choice: str = ""
    candidates: tuple[str, ...] = ()


def reporter_in(lines: Iterable[str], definitions: Definitions, org_units: OrgUnits) -> Stated:
    """The reporter whose name stands there with its rank: "huyện Cao Lộc", "Sở Tài chính"."""
    text = f" {' | '.join(_words(line) for line in lines)} "
    names = dict(_reporter_names(definitions, org_units))
    found = {code for name, code in names.items() if re.search(rf"\b{re.escape(name)}\b", text)}
    return _stated(sorted(found), sure=True)


def period_in(lines: Iterable[str]) -> Stated:
    """The period; a year alone counts only where no line says more."""
    sure: set[Period] = set()
    hints: set[Period] = set()
    for line in lines:
        if _PLACE_AND_DAY.search(bare(line)):
            continue
        found, certain = periods_in(line)
        (sure if certain else hints).update(found)
    return _stated(sorted(period.code for period in sure or hints), sure=bool(sure))


def title_key(lines: Iterable[str], period: Period | None) -> str:
    """A title as a key that is the same next quarter: the reported period's words, days and
    numbers of letters left open."""
    keys = [
        relative(label_key(line), period) if period else label_key(line)
        for line in lines
        if not _PLACE_AND_DAY.search(bare(line))
    ]
    return re.sub(r"\d+", "#", " | ".join(keys))


def _stated(codes: list[str], *, sure: bool) -> Stated:
    if len(codes) == 1:
        return Stated(Found.EXACT if sure else Found.SIMILAR, codes[0], tuple(codes))
    return Stated(Found.AMBIGUOUS if codes else Found.NONE, "", tuple(codes))


def _reporter_names(definitions: Definitions, org_units: OrgUnits) -> Iterator[tuple[str, str]]:
    for unit in org_units.units.values():
        if unit.level is Level.DISTRICT:
            name = _words(unit.name.vi)
            yield name, unit.code
            yield name.replace("thanh pho", "tp"), unit.code
            yield name.replace("huyen ", "h. "), unit.code
    for agency in definitions.agencies.values():
        yield _words(agency.name.vi), agency.id
        yield _words(agency.short.vi), agency.id


def _words(text: str) -> str:
    return bare(text).replace("tp.", "tp ").replace("  ", " ")
