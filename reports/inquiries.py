"""Explanations asked for, each with what the next quarter says of the same figure.

Read from the memory and judged by ``reports.slices``, so that screen, command and file
cannot tell two stories. Nothing judged is stored but what whoever asked had seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kpi.definitions import OrgUnits
from kpi.inquiries import Course, Inquiry, course, quarter_after, tells_of_answer
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from kpi.plan_years import PlanYears
from reports.slices import judged
from store.engine import Session

_SAYS_NOTHING = (Status.NOT_DUE, Status.FOLLOWED)


@dataclass(frozen=True)
class Line:
    """An inquiry; ``then`` is its figure at the next quarter, None where that is not judged."""

    inquiry: Inquiry
    then: Assessment | None = None

    @property
    def course(self) -> Course:
        then = None if self.then is None else self.then.status
        return course(self.inquiry.question.status, then)


def lines(
    session: Session,
    inquiries: Sequence[Inquiry],
    years: PlanYears,
    org_units: OrgUnits,
    *,
    today: date,
    as_of: datetime | None = None,
) -> list[Line]:
    """The inquiries in their order, each figure judged at its next quarter as known then."""
    wanted: dict[Period, set[tuple[str, str]]] = defaultdict(set)
    for one in filter(_may_tell, inquiries):
        asked = one.question
        wanted[quarter_after(asked.period)].add((asked.indicator, asked.org_unit))
    then: dict[tuple[Period, str, str], Assessment] = {}
    for period, figures in wanted.items():
        year = years.at(period)
        known = [(i, u) for i, u in sorted(figures) if i in year.definitions.indicators]
        if year.year != period.year or not known:
            continue  # nobody has opened that year yet
        found = judged(
            session, year.definitions, org_units, period=period,
            units=sorted({unit for _, unit in known}),
            indicators=sorted({indicator for indicator, _ in known}),
            history_fixed_at=year.history_fixed_at, as_of=as_of, today=today,
        )  # fmt: skip
        then |= {(period, one.indicator, one.org_unit): one for one in found}
    return [Line(one, _after(one, then) if _may_tell(one) else None) for one in inquiries]


def courses(found: Sequence[Line]) -> Counter[Course]:
    """How often the next quarter was better, the same, worse."""
    return Counter(line.course for line in found)


def _may_tell(one: Inquiry) -> bool:
    return tells_of_answer(one)


def _after(one: Inquiry, then: dict[tuple[Period, str, str], Assessment]) -> Assessment | None:
    asked = one.question
    found = then.get((quarter_after(asked.period), asked.indicator, asked.org_unit))
    return None if found is None or found.status in _SAYS_NOTHING else found
