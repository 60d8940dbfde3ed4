"""What the page of one indicator draws, as tables to take away beside its source table.

To date, by single quarters, the districts in order, by periods, and the parts of the
distance to the plan: the figures of the screen as numbers, rounded as they are printed
there. A table that the screen does not have is left out here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kpi.comparing import Scale
from kpi.definitions import Measure
from kpi.gap import Part
from kpi.judgement import Assessment
from kpi.rounding import half_away
from kpi.targets import TargetKind
from reports import figures
from reports.cells import fresh_until
from reports.export import Cell, Table
from reports.figures.canvas import decimals_of, plan_text
from reports.html import gap_card, map_words
from reports.indicator_view import IndicatorView
from reports.maps import Grid
from reports.ranking import By, Rank, compared_by, ordered, rank_text
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

Column = tuple[str, Sequence[Cell]]


def tables(view: IndicatorView, words: Words, *, taken_at: datetime) -> list[Table]:
    """The tables of the page, in its order; those that it has."""
    page = _Page(view, words, taken_at)
    found = [page.to_date()]
    if figures.has_quarters(view.course):
        found.append(page.quarters())
    if any(one.value is not None for one in view.districts):
        found.append(page.ranks())
    if view.grid is not None and view.grid.figures:
        found.append(page.heat_map(view.grid))
    if view.parts:
        found.append(page.gap())
    return found


class _Page:
    """The page's view with the words and the moment that all its tables share."""

    def __init__(self, view: IndicatorView, words: Words, taken_at: datetime) -> None:
        self.view, self.words, self.taken_at = view, words, taken_at
        self.lang, self.course = words.lang, view.course

    def to_date(self) -> Table:
        """Every step of the year with its pace, last year, plan and forecast."""
        course, lang = self.course, self.lang
        steps = course.steps
        columns: list[Column]
        columns = [(say("figure.actual", lang), self._rounded([s.value for s in steps]))]
        if course.paced:
            expected = self._rounded([s.expected for s in steps], fine=True)
            columns.append((say("figure.pace", lang), expected))
        if not course.indicator.annual:
            name = say("figure.last_year", lang, year=course.year - 1)
            columns.append((name, self._rounded([s.previous for s in steps])))
        ahead, empty = course.judged.forecast, [None] * (len(steps) - 1)
        if ahead is not None and not course.judged.period.is_final:
            for key in ("central", "low", "high"):
                value = self._rounded([getattr(ahead, key)])
                columns.append((say(f"export.forecast_{key}", lang), [*empty, *value]))
        if course.target is not None and course.kind is not TargetKind.BELOW_PREVIOUS:
            columns.append((say("figure.plan", lang), [*empty, plan_text(course, lang)]))
        columns += self._undecided([s.unapproved for s in steps])
        names = [period_name(step.period, lang, self._form) for step in steps]
        return self._table("to_date", [(say("export.period", lang), names), *columns])

    def quarters(self) -> Table:
        """Every quarter alone."""
        course, lang = self.course, self.lang
        singles = course.singles()
        named: list[tuple[str, list[Decimal | None]]] = [
            (say("figure.actual", lang), [s.value for s in singles]),
            (say("figure.plan", lang), [s.expected for s in singles]),
            (say("figure.last_year", lang, year=course.year - 1), [s.previous for s in singles]),
            (say("figure.forecast", lang), [s.forecast for s in singles]),
        ]
        columns: list[Column]
        columns = [(name, self._rounded(values, fine=True)) for name, values in named
                   if any(value is not None for value in values)]  # fmt: skip
        columns += self._undecided([single.unapproved for single in singles])
        names = [period_name(single.period, lang) for single in singles]
        return self._table("quarters", [(say("export.period", lang), names), *columns])

    def _undecided(self, waits: Sequence[bool]) -> list[Column]:
        """A column that marks what nobody has decided on yet; none where nothing waits."""
        mark = say("note.unapproved", self.lang)
        cells = [mark if wait else "" for wait in waits]
        return [(say("export.note", self.lang), cells)] if any(waits) else []

    def ranks(self) -> Table:
        """The districts in order, with what they are compared by where it is not the value."""
        districts, lang = self.view.districts, self.lang
        by = compared_by(districts)
        names = ["rank", "unit", "value", "plan", "status", "why"]
        columns = [say(f"export.{name}", lang) for name in names]
        if by is not By.VALUE:
            unit = self.words.unit(districts[0])
            columns.insert(2, say(f"indicator.rank.unit_{by.value}", lang, unit=unit))
        rows = [self._rank(one, rank, by) for one, rank in ordered(districts, self.view.indicator)]
        return self._made("ranks", columns, rows)

    def _rank(self, one: Assessment, rank: Rank | None, by: By) -> list[Cell]:
        words = self.words
        row: list[Cell] = [rank_text(rank), words.org_units.units[one.org_unit].name.get(self.lang)]
        if by is not By.VALUE:
            row.append(self._compared(one, by))
        value = None if one.value is None else half_away(one.value, words.decimals(one))
        return [*row, value, words.plan(one), words.status(one), words.why(one)]

    def _compared(self, one: Assessment, by: By) -> Cell:
        """The percentage as it was judged; "< 100,0" only in words (METHOD 3)."""
        if by.value in one.explanation.signs:
            return self.words.percentage(one, by.value, signed=by is By.CHANGE)
        return one.attainment if by is By.ATTAINMENT else one.change

    def heat_map(self, grid: Grid) -> Table:
        """The districts by periods; where there is no figure, why."""
        lang, units = self.lang, self.words.org_units.units
        columns = [say("export.unit", lang), *(period_name(p, lang) for p in grid.periods)]
        rows: list[list[Cell]] = []
        for row in grid.rows:
            cells: list[Cell] = [
                say(f"map.gap.{cell.gap.value}", lang) if cell.gap is not None
                else None if cell.figure is None
                else half_away(cell.figure, grid.decimals_of(cell))
                for cell in row.cells
            ]  # fmt: skip
            rows.append([units[row.org_unit].name.get(lang), *cells])
        # what the others say of their figures is about the colours
        paced = grid.scale is Scale.PACE
        about = [(say("export.about", lang), map_words.about(grid, lang))] if paced else []
        unit = map_words.unit_text(grid, lang)
        return self._made("heat_map", columns, rows, unit=unit, more=about)

    def gap(self) -> Table:
        """Every unit's part of the distance to the plan, and the running total."""
        parts, course, lang = self.view.parts, self.course, self.lang
        keys = ("unit", "value", f"target.{gap_card.kind_key(course)}", "amount", "so_far")
        columns = [*(say(f"gap.head.{key}", lang) for key in keys), say("export.note", lang)]
        running, rows = Decimal(0), []
        for part in parts:
            running += part.amount
            rows.append(self._part(gap_card.part_name(part, self.words), part, running))
        judged = course.judged
        whole = Part("", running, judged.value, judged.reference, unapproved=judged.unapproved)
        rows.append(self._part(say("gap.total", lang), whole, running))
        unit = self.view.indicator.unit_of_measure
        label = unit.label.get(lang)
        if unit.is_percent:
            label = say("export.percent_and_points", lang, points=say("figure.points", lang))
        return self._made("gap", columns, rows, unit=label)

    def _part(self, name: str, part: Part, running: Decimal) -> list[Cell]:
        note = ""
        if part.org_unit is not None and part.missing:
            note = say("gap.not_reported", self.lang)
        elif part.org_unit is not None and part.target is None:
            note = say("gap.no_target", self.lang)
        if part.unapproved:
            note = "; ".join(filter(None, (note, say("note.unapproved", self.lang))))
        return [name, *self._rounded([part.value, part.target, part.amount, running]), note]

    @property
    def _form(self) -> str:
        """A level says its quarter, any other figure how far it goes from January."""
        return "quarter" if self.view.indicator.measure is Measure.STOCK else "to_date"

    def _rounded(self, values: Sequence[Decimal | None], *, fine: bool = False) -> list[Cell]:
        decimals = decimals_of(self.course, values, fine=fine)
        return [None if value is None else half_away(value, decimals) for value in values]

    def _table(self, key: str, columns: Sequence[Column]) -> Table:
        rows = list(zip(*(cells for _, cells in columns), strict=True))
        return self._made(key, [name for name, _ in columns], rows)

    def _made(
        self,
        key: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        unit: str = "",
        more: Sequence[tuple[str, str]] = (),
    ) -> Table:
        """The table with the head that says what a sheet without its page cannot."""
        view, lang = self.view, self.lang
        sheet = say(f"export.sheet.{key}", lang)
        facts = {
            "unit_of_measure": unit or view.indicator.unit_of_measure.name.get(lang),
            "period": period_name(view.judged.observation_period, lang, "to_date"),
            "fresh": date_text(fresh_until(view.shown), lang),
            "vintage": moment_text(self.taken_at, lang),
        }
        whose = f"{view.indicator.name.get(lang)}, {view.org_unit.name.get(lang)}"
        head = [(say(f"indicator.source.export_{name}", lang), text)
                for name, text in facts.items()]  # fmt: skip
        return Table(f"{whose}: {sheet}", [*head, *more], columns, rows, sheet, None)
