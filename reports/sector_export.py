"""What the page of one sector shows beside its panels, as tables to take away.

The structure over the years, converted to the plan's basis and as published, and what
each part brought to growth: the figures of the cards as numbers, rounded as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kpi.contributions import Contributions
from kpi.observations import Known
from kpi.rounding import half_away
from reports.cells import fresh_until
from reports.export import Cell, Table
from reports.sector_view import Growth, SectorView, Structure
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name


def tables(view: SectorView, words: Words, *, taken_at: datetime) -> list[Table]:
    """The tables of the cards that the sector has; none for most sectors."""
    found = []
    if view.structure is not None:
        found += _structure(view, view.structure, words, taken_at)
    if view.growth is not None and view.growth.found is not None:
        columns = [say(f"export.growth.{key}", words.lang)
                   for key in ("part", "weight", "growth", "contribution")]  # fmt: skip
        rows = _contributions(view.growth, view.growth.found, words)
        found.append(_table("contributions", view, words, taken_at, columns, rows))
    return found


def _structure(
    view: SectorView, structure: Structure, words: Words, taken_at: datetime
) -> list[Table]:
    lang, members = words.lang, structure.members
    names = [words.short_name(member.judged) for member in members]
    decimals = members[0].course.decimals
    first = say("export.period", lang)

    def rows(years: Sequence[Sequence[Known | None]]) -> list[list[Cell]]:
        return [
            [period_name(year.period, lang, "to_date"), *_shares(shares, decimals)]
            for year, shares in zip(structure.years, years, strict=True)
        ]

    plan: list[Cell] = [say("sector.structure.plan_row", lang)]
    plan += [words.plan(member.judged) for member in members]
    converted = [*rows([year.converted for year in structure.years]), plan]
    found = [_table("three_part", view, words, taken_at, [first, *names], converted)]
    if structure.taxes is not None:
        four = [first, *names, structure.taxes.short.get(lang)]
        published = rows([year.published for year in structure.years])
        found.append(_table("four_part", view, words, taken_at, four, published))
    return found


def _shares(shares: Sequence[Known | None], decimals: int) -> list[Cell]:
    values = [None if share is None else share.value for share in shares]
    return [None if value is None else half_away(value, decimals) for value in values]


def _contributions(growth: Growth, found: Contributions, words: Words) -> list[list[Cell]]:
    """The sectors, greatest first, the rest, the total; the last column adds up."""
    lang, course = words.lang, growth.total.course
    *parts, rest = found.printed(course.decimals)
    rows: list[list[Cell]] = []
    for n in sorted(range(len(parts)), key=lambda n: found.parts[n].value, reverse=True):
        part = found.parts[n]
        indicator = words.definitions.indicators[part.growth.indicator]
        weight = words.definitions.indicators[part.weight.indicator]
        share = _shares([part.weight], weight.decimals_at(course.level))
        rise = _shares([part.growth], course.decimals)
        rows.append([indicator.short.get(lang), *share, *rise, parts[n]])
    whole = half_away(found.whole, course.decimals)
    rows.append([say("sector.growth.rest", lang), None, None, rest])
    rows.append([growth.total.indicator.short.get(lang), None, whole, whole])
    return rows


def _table(
    key: str,
    view: SectorView,
    words: Words,
    taken_at: datetime,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> Table:
    """A table with the head that says what a sheet without its page cannot."""
    lang = words.lang
    unit = "%"
    if key == "contributions":
        unit = say("export.percent_and_points", lang, points=say("sector.growth.points", lang))
    facts = {
        "unit": unit,
        "period": period_name(view.period, lang, "to_date"),
        "fresh": date_text(fresh_until(view.judged), lang),
        "vintage": moment_text(taken_at, lang),
    }
    sheet = say(f"export.sheet.{key}", lang)
    return Table(
        title=f"{view.sector.name.get(lang)}: {sheet}",
        head=[(say(f"sector.table.{name}", lang), text) for name, text in facts.items()],
        columns=columns,
        rows=rows,
        decimals=None,
        sheet=sheet,
    )
