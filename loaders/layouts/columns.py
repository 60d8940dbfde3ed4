"""What each column of a table is taken for, before anybody has said yes.

A heading is taken apart: the words that name a district or an indicator, and the rest,
which says what kind of figures stand below. Two columns that nothing tells apart are
never chosen between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.layouts import ColumnRole, ColumnUse, Found
from kpi.periods import Period
from kpi.text import bare
from loaders.layouts.labels import label_key, label_of
from loaders.layouts.lines import Columns
from loaders.layouts.measures import is_measure
from loaders.layouts.names import NOTHING, Candidate, Match, Names
from loaders.layouts.tables import Head, Table, is_figure
from loaders.layouts.times import relative
from loaders.layouts.words import (
    UNCLEAR_UNIT,
    RoleMatch,
    figure_role,
    is_about_a_plan,
    says_something,
    structural_role,
)

SAME_HEADING = "same_heading"
TWO_VALUE_COLUMNS = "two_value_columns"
_NAMING = (
    ColumnRole.NUMBER, ColumnRole.CODE, ColumnRole.NAME, ColumnRole.UNIT_CODE,
    ColumnRole.ORG_UNIT, ColumnRole.UNIT_OF_MEASURE, ColumnRole.NOTE,
)  # fmt: skip


@dataclass(frozen=True)
class ColumnProposal:
    """A column, what it may be, and how sure that is; ``use`` is None where nothing is
    suggested. ``problem`` names what an answer alone cannot mend."""

    head: Head
    key: str
    found: Found
    use: ColumnUse | None = None
    could_be: tuple[str, ...] = ()
    measure: str = ""  # a unit of measure in the heading
    problem: str = ""
    guess: ColumnUse | None = None  # where only the kind of figures is in doubt: the rest

    @property
    def is_naming(self) -> bool:
        return self.use is not None and self.use.role in _NAMING


def columns_of(table: Table, names: Names, period: Period | None) -> tuple[ColumnProposal, ...]:
    """One proposal for each heading, from the left."""
    planned = any(is_about_a_plan(line) for line in table.title)
    found = [_column(head, table, names, period, planned=planned) for head in table.heads]
    return tuple(_told_apart(found))


def naming_columns(columns: Sequence[ColumnProposal]) -> Columns:
    """The columns that name rows; a role two columns claim is nobody's."""
    roles = Counter(one.use.role for one in columns if one.is_naming and one.use)
    return Columns(
        by_role={
            one.use.role: one.head.column
            for one in columns
            if one.is_naming and one.use and roles[one.use.role] == 1
        },
        figures=tuple(one.head.column for one in columns if not one.is_naming),
    )


def heading_key(head: Head, period: Period | None) -> str:
    return relative(head.key, period) if period is not None else head.key


def _column(
    head: Head, table: Table, names: Names, period: Period | None, *, planned: bool
) -> ColumnProposal:
    key = heading_key(head, period)
    last = head.path[-1]
    role = structural_role(last)
    if bare(label_key(last)) == UNCLEAR_UNIT:
        role = _unit_or_measure(head, table, names)
    if role is not None:
        return ColumnProposal(head, key, Found.EXACT, ColumnUse(role))
    indicator, unit, total, rest = parts_of(head, names)
    match = _role(rest, period, named=bool(indicator.choice or unit.choice or total), plan=planned)
    measure = _measure(head, names)
    could = tuple(one.code for one in (*indicator.candidates, *unit.candidates))
    use = ColumnUse(match.role or ColumnRole.VALUE, indicator.choice, unit.choice, total)
    if match.role is None:
        roles = tuple(role.value for role in match.could_be)
        return ColumnProposal(
            head, key, match.found, None, roles or could, measure, guess=use if roles else None
        )
    sure = weakest(match.found, *(one.found for one in (indicator, unit) if one is not NOTHING))
    if any(one is not NOTHING and not one.choice for one in (indicator, unit)):
        return ColumnProposal(head, key, sure, None, could, measure, guess=use)
    return ColumnProposal(head, key, sure, use, could, measure)


def parts_of(head: Head, names: Names) -> tuple[Match, Match, bool, str]:
    """Indicator, unit and total named by the heading, and the words that are left."""
    indicator, unit, total = NOTHING, NOTHING, False
    rest: list[str] = []
    for part in head.path:
        label = label_of(part)
        as_unit, as_indicator = names.unit(label.text), names.indicator(label)
        if names.is_total(label.text):
            total = True
        elif as_unit.found.settled:
            unit = _both(unit, as_unit)
        elif as_indicator.found.settled or as_indicator.found is Found.AMBIGUOUS:
            indicator = _both(indicator, as_indicator)
        elif says_something(part):
            rest.append(part)
        elif as_unit is not NOTHING:
            unit = _both(unit, as_unit)
        elif as_indicator is not NOTHING:
            indicator = _both(indicator, as_indicator)
        else:
            rest.append(part)
    return indicator, unit, total, " ".join(rest)


def _both(outer: Match, inner: Match) -> Match:
    """Two headings above one column that name two things: neither is taken."""
    if outer is NOTHING or outer.choice == inner.choice:
        return inner
    return Match(Found.AMBIGUOUS, "", (*_candidates(outer), *_candidates(inner)))


def _candidates(match: Match) -> tuple[Candidate, ...]:
    return match.candidates or ((Candidate(match.choice, 100),) if match.choice else ())


def _role(rest: str, period: Period | None, *, named: bool, plan: bool) -> RoleMatch:
    if rest or not named:
        return figure_role(rest, period)
    if plan:  # districts side by side under a title that speaks of plans
        return RoleMatch(Found.AMBIGUOUS, None, (ColumnRole.VALUE, ColumnRole.PLAN))
    return RoleMatch(Found.ALIAS, ColumnRole.VALUE)


def _unit_or_measure(head: Head, table: Table, names: Names) -> ColumnRole | None:
    """ "Đơn vị": districts or units of measure, whichever stands below; both: neither."""
    texts = [table.sheet.at(row, head.column).text for row in table.rows]
    units = sum(names.unit(text).found.settled for text in texts)
    measures = sum(is_measure(text, names.definitions) for text in texts)
    if units and not measures:
        return ColumnRole.ORG_UNIT
    return ColumnRole.UNIT_OF_MEASURE if measures and not units else None


def _measure(head: Head, names: Names) -> str:
    """The unit of measure in brackets, innermost heading first."""
    brackets = (label_of(part).bracket for part in reversed(head.path))
    return next((one for one in brackets if one and is_measure(one, names.definitions)), "")


def _told_apart(columns: list[ColumnProposal]) -> list[ColumnProposal]:
    """Of headings or value columns that are alike, none is taken."""
    keys = Counter(one.key for one in columns)
    claims = Counter(_claim(one) for one in columns if _claims_value(one))
    told: list[ColumnProposal] = []
    for one in columns:
        if keys[one.key] > 1:
            one = replace(one, found=Found.AMBIGUOUS, use=None, problem=SAME_HEADING)
        elif _claims_value(one) and claims[_claim(one)] > 1:
            could = (ColumnRole.VALUE.value, ColumnRole.OTHER_PERIOD.value)
            one = replace(
                one, found=Found.AMBIGUOUS, use=None, could_be=could, problem=TWO_VALUE_COLUMNS
            )
        told.append(one)
    return told


def _claims_value(one: ColumnProposal) -> bool:
    return one.use is not None and one.use.role is ColumnRole.VALUE


def _claim(one: ColumnProposal) -> tuple[str, str, bool]:
    return (one.use.indicator, one.use.org_unit, one.use.total) if one.use else ("", "", False)


_ORDER = (Found.NONE, Found.AMBIGUOUS, Found.SIMILAR, Found.ALIAS, Found.EXACT, Found.CODE)


def weakest(*found: Found) -> Found:
    """The least sure of several."""
    return min(found, key=_ORDER.index)


def has_figures(table: Table, column: int) -> bool:
    return any(is_figure(table.sheet.at(row, column)) for row in table.rows)
