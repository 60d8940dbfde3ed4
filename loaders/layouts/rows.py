"""What each row of a table is taken for, before anybody has said yes.

A row may name an indicator, a unit, both, or the total of the units. To the name comes
the unit of measure: the same money in another size is proposed as a factor and waits for
a person, like every name that is not settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from kpi.definitions import Definitions, OrgUnits
from kpi.forms import FORM_A, form_of, rows_of
from kpi.layouts import ColumnRole, Found, RowUse
from kpi.periods import Period
from loaders.layouts.columns import ColumnProposal, weakest
from loaders.layouts.labels import label_of
from loaders.layouts.lines import Line
from loaders.layouts.measures import MeasureMatch, fits, stated_for_all
from loaders.layouts.names import NOTHING, Match, Names
from loaders.layouts.tables import Table

SAME_LABEL = "same_label"
NAMELESS = "nameless"
NOT_YOURS = "not_yours"
UNIT_UNKNOWN = "unit_unknown"  # a unit of measure that does not fit
UNIT_MISSING = "unit_missing"  # money, and nobody says whether triệu or tỷ
OTHER_SIZE = "other_size"  # triệu for tỷ
TOTAL_OR_PROVINCE = "total_or_province"
NO_UNIT = "no_unit"  # an agency's figure, and no unit it could be of

Key = tuple[str, str]  # indicator, organisation unit


@dataclass(frozen=True)
class RowProposal:
    """A row (or the whole table), what it may be, and how sure that is."""

    line: Line
    found: Found
    use: RowUse | None = None
    could_be: tuple[str, ...] = ()
    problem: str = ""

    @property
    def key(self) -> str:
        return self.line.key


@dataclass(frozen=True)
class Asked:
    """What a reporter is ever asked for; None knows no reporter and allows everything."""

    reporter: str
    keys: Set[Key] | None
    province: str

    @classmethod
    def of(
        cls, definitions: Definitions, org_units: OrgUnits, reporter: str, period: Period | None
    ) -> Asked:
        province = org_units.province.code
        if not reporter:
            return cls("", None, province)
        year = period.year if period else definitions.plan_year
        rows = [
            row
            for quarter in (1, 2, 3, 4)
            for row in rows_of(definitions, org_units, reporter, Period(year, quarter))
        ]
        keys = {(row.indicator.id, row.org_unit.code) for row in rows}
        return cls(reporter, keys, province)

    def of_province(self, indicator: str) -> bool:
        return self.keys is None or (indicator, self.province) in self.keys

    def reports(self, indicator: str) -> bool:
        return self.keys is None or any(one == indicator for one, _ in self.keys)


def own_unit(definitions: Definitions, org_units: OrgUnits, reporter: str) -> str:
    """The unit a figure without one belongs to: the district that reports it itself."""
    known = reporter in org_units.units or reporter in definitions.agencies
    return reporter if known and form_of(reporter, org_units) == FORM_A else ""


@dataclass(frozen=True)
class RowJudge:
    """Everything that is the same for all rows of a table."""

    table: Table
    columns: tuple[ColumnProposal, ...]
    names: Names
    asked: Asked
    own: str  # unit of the reporter itself, "" for agencies

    def proposals(self, lines: Sequence[Line]) -> Iterator[RowProposal]:
        keys = Counter(line.key for line in lines if not line.nameless)
        for line in lines:
            if line.nameless:
                yield RowProposal(line, Found.NONE, problem=NAMELESS)
            elif keys[line.key] > 1:
                yield RowProposal(line, Found.AMBIGUOUS, problem=SAME_LABEL)
            else:
                yield self._proposal(line)

    def _proposal(self, line: Line) -> RowProposal:
        if line.total:
            return self._total(line)
        matches = [one for one in (line.indicator, line.org_unit) if one is not NOTHING]
        could_be = tuple(one.code for match in matches for one in match.candidates)
        if not matches or any(not match.choice for match in matches):
            found = weakest(*(match.found for match in matches)) if matches else Found.NONE
            return RowProposal(line, found, None, could_be)
        indicator, unit = line.indicator.choice, line.org_unit.choice
        found = weakest(*(match.found for match in matches))
        if indicator and found.settled and not self.asked.reports(indicator):
            return RowProposal(line, found, RowUse(), (indicator,), NOT_YOURS)
        use = RowUse(indicator, unit or self._implied(indicator))
        proposal = RowProposal(line, found, use, could_be)
        return self._measured(proposal) if indicator else proposal

    def _implied(self, indicator: str) -> str:
        """An agency's table without districts is about the province, if it reports that."""
        if self.own or not indicator or self._has_units:
            return ""
        return self.asked.province if self.asked.of_province(indicator) else ""

    @property
    def _has_units(self) -> bool:
        return any(one.use and (one.use.org_unit or one.use.total) for one in self.columns)

    def _measured(self, proposal: RowProposal) -> RowProposal:
        """The same with the unit of measure, which may take its certainty away."""
        assert proposal.use is not None
        match = self.measure_of(proposal.use.indicator, proposal.line.measure)
        use = replace(proposal.use, measure=match.measure, scale=match.scale)
        problem = _PROBLEMS.get(match.found, "")
        if match.found.settled:
            return replace(proposal, use=use)
        found = weakest(match.found, proposal.found)
        return replace(proposal, found=found, use=use, problem=problem)

    def measure_of(self, indicator: str, own: str) -> MeasureMatch:
        """How what is printed fits the indicator: its own row, the heading, the table."""
        if indicator not in self.names.definitions.indicators:
            return MeasureMatch(Found.NONE, "")
        unit = self.names.definitions.indicators[indicator].unit_of_measure
        headed = {one.measure for one in self.columns if one.measure and _holds_values(one)}
        printed = [own] if own else sorted(headed) or [self.printed_for_all()]
        if own and headed - {own} and any(fits(one, unit) != fits(own, unit) for one in headed):
            printed = [own, *sorted(headed)]
        if len(printed) > 1:
            return MeasureMatch(Found.NONE, " / ".join(printed))
        return fits(printed[0], unit)

    def column_measure(self, column: ColumnProposal, indicator: str) -> MeasureMatch:
        """The same for a column that names an indicator."""
        if indicator not in self.names.definitions.indicators:
            return MeasureMatch(Found.NONE, "")
        unit = self.names.definitions.indicators[indicator].unit_of_measure
        return fits(column.measure or self.printed_for_all(), unit)

    def printed_for_all(self) -> str:
        return next((unit for line in self.table.title if (unit := stated_for_all(line))), "")

    def _total(self, line: Line) -> RowProposal:
        """A sum to compare with; where the reporter reports the province too, a question."""
        named = {line.indicator.choice} if line.indicator.choice else {
            one.use.indicator for one in self.columns if one.use and one.use.indicator
        }  # fmt: skip
        provincial = [one for one in named if self.asked.of_province(one)]
        use = RowUse(indicator=line.indicator.choice, total=True)
        if (named and not provincial) or self.own:
            return RowProposal(line, Found.EXACT, use)
        could_be = ("total", self.asked.province)
        return RowProposal(line, Found.AMBIGUOUS, use, could_be, TOTAL_OR_PROVINCE)

    def whole_table(self) -> RowProposal | None:
        """The one indicator that a table of districts names in its title, if it does."""
        lines = [label_of(text) for text in self.table.title]
        found = {
            match.choice: (text, match)
            for text in lines
            for match in (self._named_in(text.key),)
            if match.choice
        }
        if len(found) != 1:
            return None
        ((choice, (text, _)),) = found.items()
        first = self.table.address(self.table.first, self.table.heads[0].column)
        line = Line(
            0, "", text.text, first, Match(Found.SIMILAR, choice), NOTHING,
            total=False, measure="", has_figures=True,
        )  # fmt: skip
        return self._measured(RowProposal(line, Found.SIMILAR, RowUse(choice), (choice,)))

    def _named_in(self, title: str) -> Match:
        """An indicator whose full name stands somewhere in the title; the longest one."""
        codes = self.names.inside(title)
        return Match(Found.SIMILAR, codes[0]) if len(codes) == 1 else NOTHING


_PROBLEMS = {
    Found.NONE: UNIT_UNKNOWN,
    Found.AMBIGUOUS: UNIT_MISSING,
    Found.SIMILAR: OTHER_SIZE,
}


def _holds_values(one: ColumnProposal) -> bool:
    return one.use is None or one.use.role is ColumnRole.VALUE


def measured_columns(judge: RowJudge) -> tuple[ColumnProposal, ...]:
    """Columns that name an indicator, with their unit of measure."""
    done = []
    for one in judge.columns:
        use = one.use
        if use is None or use.role is not ColumnRole.VALUE or not use.indicator:
            done.append(one)
            continue
        if one.found.settled and not judge.asked.reports(use.indicator):
            left = replace(use, role=ColumnRole.LEFT_OUT)
            done.append(replace(one, use=left, problem=NOT_YOURS))
            continue
        match = judge.column_measure(one, use.indicator)
        found = one.found if match.found.settled else weakest(one.found, match.found)
        problem = one.problem or _PROBLEMS.get(match.found, "")
        use = replace(use, measure=match.measure, scale=match.scale)
        done.append(replace(one, use=use, found=found, problem=problem))
    return tuple(done)
