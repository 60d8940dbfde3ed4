"""What a person may answer where a table of their own leaves something open.

An answer is a short text that a select can hold: ``i:budget_revenue`` an indicator,
``u:183`` a unit, ``r:value`` what kind of figures a column holds, ``x:0.001`` a factor,
``-`` not to be read. Here it becomes the use that is confirmed, and a use becomes words.
What the program is sure of needs no answer, but may get one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite

from kpi.forms import rows_of
from kpi.layouts import ONE, ColumnRole, ColumnUse, LayoutMapping, RowUse
from kpi.numbers import fifteen_digits
from loaders.layouts.columns import SAME_HEADING, ColumnProposal
from loaders.layouts.measures import fits
from loaders.layouts.proposals import Proposal
from loaders.layouts.rows import NAMELESS, SAME_LABEL, UNIT_MISSING, RowProposal
from pages.submit_form import Form
from texts import say
from texts.numbers import as_stated

LEFT_OUT = "-"
_UNANSWERABLE = (SAME_HEADING, SAME_LABEL, NAMELESS)
_MONEY = ("đồng", "nghìn đồng", "triệu đồng", "tỷ đồng")
_ROLES = (
    ColumnRole.VALUE, ColumnRole.PLAN, ColumnRole.PREVIOUS, ColumnRole.COMPARISON,
    ColumnRole.OTHER_PERIOD, ColumnRole.NOTE,
)  # fmt: skip
Answered = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A proposal with the form it is about: what can be asked and how it is said."""

    proposal: Proposal
    form: Form

    @property
    def lang(self) -> str:
        return self.form.lang

    # --- columns

    def column_choices(self, one: ColumnProposal) -> list[str]:
        """What the column may be: the likely first, then any kind of figures."""
        if one.problem in _UNANSWERABLE:
            return []
        likely = [self._coded(code) for code in one.could_be]
        guess = one.use or one.guess
        if guess is not None:
            likely.insert(0, self.choice_of(guess))
        roles = [f"r:{role}" for role in _ROLES]
        return [*dict.fromkeys([*filter(None, likely), *roles]), LEFT_OUT]

    def column_use(self, one: ColumnProposal, choice: str) -> ColumnUse:
        base = one.use or one.guess or ColumnUse(ColumnRole.VALUE)
        kind, _, said = choice.partition(":")
        if kind == "r":
            return replace(base, role=ColumnRole(said))
        if kind == "u":
            return replace(base, role=ColumnRole.VALUE, org_unit=said)
        if kind == "x":
            return replace(base, role=ColumnRole.VALUE, scale=Decimal(said))
        if kind == "i":
            match = self.proposal.judge.column_measure(one, said)
            return replace(
                base, role=ColumnRole.VALUE, indicator=said, measure=match.measure,
                scale=match.scale,
            )  # fmt: skip
        return ColumnUse(ColumnRole.LEFT_OUT)

    # --- rows

    def row_choices(self, row: RowProposal) -> list[str]:
        """What the row may be: the likely first, then every figure of the form."""
        if row.problem in _UNANSWERABLE:
            return []
        likely = [self._coded(code) for code in row.could_be]
        if row.use is not None and not row.use.left_out:
            likely.insert(0, self.choice_of(row.use))
        if row.problem == UNIT_MISSING and row.use is not None:
            likely = [f"x:{scale}" for scale in self._sizes(row.use.indicator)]
        every = [f"i:{code}" for code in self._indicators]
        return [*dict.fromkeys([*filter(None, likely), *every]), LEFT_OUT]

    def row_use(self, row: RowProposal, choice: str) -> RowUse:
        base = row.use or RowUse()
        kind, _, said = choice.partition(":")
        if kind == "u":
            return replace(base, org_unit=said)
        if kind == "x":
            return replace(base, scale=Decimal(said))
        if kind == "i":
            match = self.proposal.judge.measure_of(said, row.line.measure)
            return replace(base, indicator=said, measure=match.measure, scale=match.scale)
        return RowUse()

    @property
    def _indicators(self) -> list[str]:
        screen = self.form.screen
        asked = rows_of(screen.definitions, screen.org_units, self.form.reporter, self.form.period)
        return list(dict.fromkeys(row.indicator.id for row in asked))

    def _sizes(self, indicator: str) -> Iterator[Decimal]:
        unit = self.form.screen.definitions.indicators[indicator].unit_of_measure
        matches = (fits(text, unit) for text in reversed(_MONEY))
        yield from dict.fromkeys(match.scale for match in matches)

    def _coded(self, code: str) -> str:
        screen = self.form.screen
        if code in screen.definitions.indicators:
            return f"i:{code}"
        if code in screen.org_units.units:
            return f"u:{code}"
        return f"r:{code}" if code in {role.value for role in _ROLES} else ""

    def choice_of(self, use: ColumnUse | RowUse) -> str:
        """The answer that stands for a use."""
        if isinstance(use, ColumnUse) and use.role is not ColumnRole.VALUE:
            return LEFT_OUT if use.role is ColumnRole.LEFT_OUT else f"r:{use.role}"
        if use.indicator:
            return f"i:{use.indicator}"
        if use.org_unit:
            return f"u:{use.org_unit}"
        return "r:value" if isinstance(use, ColumnUse) else LEFT_OUT

    # --- words

    def words(self, use: ColumnUse | RowUse | None) -> str:
        """What a column or row is taken for, in the reader's words."""
        lang, screen = self.lang, self.form.screen
        if use is None:
            return say("submit.table.unknown", lang)
        role = use.role if isinstance(use, ColumnUse) else None
        if role not in (None, ColumnRole.VALUE):
            return say(f"submit.table.role.{role}", lang)
        indicator = screen.definitions.indicators.get(use.indicator)
        unit = screen.org_units.units.get(use.org_unit)
        named = [one.name.get(lang) for one in (indicator, unit) if one is not None]
        if use.total:
            named.append(say("submit.table.total", lang))
        if named:
            return " · ".join(named)
        return say(f"submit.table.role.{role or ColumnRole.LEFT_OUT}", lang)

    def said(self, one: ColumnProposal | RowProposal, choice: str) -> tuple[str, str]:
        """An answer in words, and the conversion it stands for."""
        use: ColumnUse | RowUse
        if isinstance(one, ColumnProposal):
            use = self.column_use(one, choice)
        else:
            use = self.row_use(one, choice)
        return self.words(use), self.converted(one, use)

    def converted(self, one: ColumnProposal | RowProposal, use: ColumnUse | RowUse | None) -> str:
        """The conversion spelled out with a figure that stands there."""
        if use is None:
            return ""
        if isinstance(one, ColumnProposal):
            return self.conversion(use, one.measure, self.example(column=one.head.column))
        return self.conversion(use, one.line.measure, self.example(row=one.line.row))

    def conversion(self, use: ColumnUse | RowUse, printed: str, example: Decimal | None) -> str:
        """``12.345 triệu đồng → 12,345 tỷ đồng``; nothing where nothing is converted."""
        indicator = self.form.screen.definitions.indicators.get(use.indicator)
        if use.scale == ONE or indicator is None:
            return ""
        shown = Decimal(1) if example is None else example
        return say(
            "submit.table.conversion", self.lang, stood=as_stated(shown, self.lang),
            printed=printed or say("submit.table.unit_in_file", self.lang),
            read=as_stated((shown * use.scale).normalize(), self.lang),
            unit=indicator.unit_of_measure.name.get(self.lang),
        )  # fmt: skip

    def example(self, row: int | None = None, column: int | None = None) -> Decimal | None:
        """A number that stands in the row or column."""
        sheet = self.proposal.table.sheet
        values = {one.head.column for one in self.proposal.columns if _holds_values(one)}
        for at, cell in sorted(sheet.cells.items()):
            here = at[0] == row and at[1] in values if row else at[1] == column
            value = cell.value
            if at[0] <= self.proposal.table.last or not here or isinstance(value, bool):
                continue
            if isinstance(value, int | float) and isfinite(value):
                return fifteen_digits(value)
        return None


def _holds_values(one: ColumnProposal) -> bool:
    use = one.use or one.guess
    return use is None or use.role is ColumnRole.VALUE


def mapping_of(table: Table, columns: Answered, rows: Answered) -> LayoutMapping:
    """The mapping that is confirmed: what is settled, and every answer."""
    proposal = table.proposal
    whole = proposal.whole
    return proposal.mapping(
        {one.key: table.column_use(one, columns[one.key])
         for one in proposal.columns if columns.get(one.key)},
        {row.key: table.row_use(row, rows[row.key])
         for row in proposal.rows if rows.get(row.key)},
        table.row_use(whole, rows[whole.key]) if whole and rows.get(whole.key) else None,
    )  # fmt: skip
