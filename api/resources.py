"""What there is to read: one function per resource, from a question to a page of rows.

Thin on purpose: the memory and the rules answer, here their answer is cut to the page and
to what the token may see. Every page is in the order of the rows' keys, and the key of its
last row is where the next one goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import bootstrap
from api import documents
from api.access import Access
from api.documents import Document
from api.parameters import Known
from kpi.definitions import Definitions, OrgUnit, Role
from kpi.local_time import end_of
from kpi.periods import Period

if TYPE_CHECKING:
    from store.engine import Session

Key = tuple[str | int, ...]
K = TypeVar("K", bound=tuple[str, ...])


@dataclass(frozen=True)
class Question:
    """A request, read and found answerable."""

    session: Session
    known: Known
    access: Access
    asked: Mapping[str, Any]

    @property
    def limit(self) -> int:
        return int(self.asked["limit"])

    @property
    def after(self) -> tuple[str, ...]:
        return self.asked["cursor"] or ()

    @property
    def as_of(self) -> datetime | None:
        day: date | None = self.asked["as_of"]
        return None if day is None else end_of(day)

    def units(self) -> list[str] | None:
        """The organisation units to answer for; None: all.

        Raises:
            Problem: if one of them is beyond the token.
        """
        return self.access.asked(self.asked["org_unit"])


@dataclass(frozen=True)
class Page:
    """``following``: the key of the last row, if there are more."""

    rows: Sequence[Document]
    following: Key | None = None
    about: Document = field(default_factory=dict)


def definitions(question: Question) -> Page:
    """The indicators of a plan year."""
    years = question.known.years
    year = question.asked["year"]
    of_year = years.newest if year is None else years.of(str(year))
    keys = [(one,) for one in sorted(of_year.indicators)]
    page, following = cut(keys, question)
    rows = [documents.indicator(of_year.indicators[id_]) for (id_,) in page]
    return Page(rows, following, documents.decree(of_year))


def org_units(question: Question) -> Page:
    """The province and its districts, with the days between which each exists."""
    on: date | None = question.asked["on"]
    units = question.known.org_units.units
    keys = [
        (unit.code,)
        for unit in sorted(units.values(), key=lambda one: one.code)
        if question.access.reads(unit.code) and (on is None or _exists(unit, on))
    ]
    page, following = cut(keys, question)
    clusters = question.known.org_units.clusters.values()
    about = {
        "clusters": [{"id": one.id, "name": documents.both(one.name)} for one in clusters]
    }  # fmt: skip
    return Page([documents.org_unit(units[code]) for (code,) in page], following, about)


def _exists(unit: OrgUnit, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to)


def observations(question: Question) -> Page:
    """Figures in force, or every version of them; and what waits, if it is asked for."""
    from store import paged

    asked = {
        "indicator": question.asked["indicator"],
        "org_unit": question.units(),
        "period": question.asked["period"],
    }
    wanted = {name: some for name, some in asked.items() if some is not None}
    cell, number = question.after[:3], question.after[3:]
    limit = question.limit
    every: bool = question.asked["vintages"]
    unapproved: bool = question.asked["unapproved"]
    found: Sequence[Any]
    if unapproved:
        found = paged.with_waiting(
            question.session, wanted, as_of=question.as_of, limit=limit + 1, every=every,
            after=(*cell, *(int(one) for one in number)),
        )  # fmt: skip
    elif every:
        found = paged.vintages(
            question.session, wanted, as_of=question.as_of, limit=limit + 1,
            after=(*cell, *(int(one) for one in number)),
        )  # fmt: skip
    else:
        found = paged.in_force(
            question.session, wanted, as_of=question.as_of, limit=limit + 1, after=cell
        )
    rows = found[:limit]
    following: Key | None = None
    if len(found) > limit:
        last = rows[-1]
        following = (last.indicator, last.org_unit, last.period)
        following += (last.submission,) if every else ()
    return Page([documents.observation(row, approval=unapproved) for row in rows], following)


def targets(question: Question) -> Page:
    """The targets of a plan year: those in force on a day, or all there have been."""
    from store import targets as kept

    year = question.asked["year"] or question.known.years.newest.plan_year
    on = question.asked["on"] or Period(year).end
    units, indicators = question.units(), question.asked["indicator"]
    found = {
        (one.target.indicator, one.target.org_unit, f"{one.id:015}"): one
        for one in kept.recorded(question.session, year, question.as_of)
        if (units is None or one.target.org_unit in units)
        and (indicators is None or one.target.indicator in indicators)
        and (question.asked["history"] or one.is_in_force(on))
    }
    page, following = cut(sorted(found), question)
    stored = [found[key] for key in page]
    rows = [
        documents.target(one.target, one.replaced_on, one.decision, one.recorded_at)
        for one in stored
    ]
    return Page(rows, following, {"year": year})


def assessments(question: Question) -> Page:
    """Indicators judged at a quarter, as ``manage.py assess`` does."""
    from kpi.assessment_json import as_document
    from reports.slices import judged

    period: Period = question.asked["period"]
    unapproved: bool = question.asked["unapproved"]
    year = bootstrap.plan_years(question.session, question.as_of).at(period)
    keys = _to_judge(question, year.definitions, period)
    page, following = cut(keys, question)
    found = judged(
        question.session,
        year.definitions,
        question.known.org_units,
        period=period,
        units=sorted({unit for _, unit in page}),
        indicators=sorted({indicator for indicator, _ in page}),
        history_fixed_at=year.history_fixed_at,
        as_of=question.as_of,
        today=question.asked["as_of"] or bootstrap.today(),
        unapproved=unapproved,
    ) if page else []  # fmt: skip
    by_key = {(one.indicator, one.org_unit): as_document(one, approval=unapproved) for one in found}
    reads = question.access.reads
    rows = [documents.within(by_key[key], reads) for key in page]
    return Page(rows, following, {"period": period.code})


def _to_judge(
    question: Question, definitions: Definitions, period: Period
) -> list[tuple[str, str]]:
    """Every indicator of every unit that is asked for and exists there, in order."""
    org_units = question.known.org_units
    units = question.units()
    if question.asked["org_unit"] is None:
        there = [org_units.province.code, *(one.code for one in org_units.districts(period.end))]
        units = [code for code in there if units is None or code in units]
    levels = {code: org_units.units[code].level for code in units or ()}
    asked = question.asked["indicator"]
    return sorted(
        (one.id, code)
        for one in definitions.indicators.values()
        if (one.id in asked if asked is not None else one.role is not Role.INPUT)
        for code in levels
        if one.exists_at(levels[code])
    )


def cut(keys: Sequence[K], question: Question) -> tuple[Sequence[K], K | None]:
    """The page after the cursor, out of keys that are in order."""
    rest = [key for key in keys if key > question.after]
    page = rest[: question.limit]
    return page, page[-1] if len(rest) > len(page) else None
