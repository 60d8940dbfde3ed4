"""One figure, said everywhere alike: command line, screens, tables to take away.

For each of the seventeen targets and every organisation unit the value and the status
that ``manage.py assess`` prints are looked up in the overview, the district's scorecard,
the indicator's card, heat map and source table, and in the two Excel files.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import bootstrap
import manage
from kpi.comparing import Scale
from kpi.definitions import Indicator, Level
from kpi.periods import Period
from kpi.rounding import half_away
from kpi.targets import Target
from reports import district_export, district_view, export, tables
from reports.html import source_table, summary_card
from reports.html.address import View
from reports.html.district_table import district_table
from reports.html.summary_table import summary_table
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.wording import Words
from store import series
from store.targets import in_force
from texts.numbers import MISSING, number

PERIODS = ("2018-Q3", "2018-Q4")  # some reports missing; the year closed
TAKEN = datetime(2019, 2, 1, 2, 0, tzinfo=UTC)
TODAY = date(2019, 2, 1)
Figure = tuple[str | None, str]  # value as a decimal string, status


@dataclass
class Installation:
    """The sample reports at one period, as the command line and as the screens see them."""

    period: Period
    printed: dict[tuple[str, str], Figure]
    values: Any
    targets: tuple[Target, ...]

    @property
    def words(self) -> Words:
        return Words(bootstrap.definitions(), bootstrap.org_units(), "vi")

    @cached_property
    def units(self) -> list[str]:
        districts = bootstrap.org_units().districts(self.period.end)
        return [bootstrap.org_units().province.code, *(unit.code for unit in districts)]

    @cached_property
    def views(self) -> dict[str, IndicatorView]:
        """The indicator's page of the province, by indicator."""
        return {i.id: self.view(i) for i in bootstrap.definitions().numbered()}

    def view(self, indicator: Indicator) -> IndicatorView:
        found = indicator_view(
            self.values[self.values["indicator"].isin(inputs_of(indicator))], self.targets,
            bootstrap.definitions(), bootstrap.org_units(), indicator=indicator,
            org_unit=bootstrap.org_units().province, period=self.period, today=TODAY,
        )  # fmt: skip
        assert found is not None
        return found

    def written(self, indicator: str, org_unit: str) -> str:
        """The printed value as a Vietnamese reader sees it."""
        value, _ = self.printed[indicator, org_unit]
        level = bootstrap.org_units().units[org_unit].level
        decimals = bootstrap.definitions().indicators[indicator].decimals_at(level)
        return number(None if value is None else Decimal(value), decimals, "vi")

    def numbered(self) -> list[tuple[str, str]]:
        """Indicator and unit of every figure of the seventeen targets."""
        ids = {i.id for i in bootstrap.definitions().numbered()}
        return [key for key in self.printed if key[0] in ids]


@pytest.fixture(scope="module")
def database(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    file = tmp_path_factory.mktemp("agreement") / "kpi.sqlite"
    shutil.copy(filled, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file.as_posix()}")
        patch.setenv("KPI_LANGUAGE", "vi")
        patch.setattr(bootstrap, "today", lambda: TODAY)
        bootstrap.forget()
        yield file
        bootstrap.forget()


@pytest.fixture(scope="module", params=PERIODS)
def installation(request: pytest.FixtureRequest, database: Path) -> Installation:
    period = Period.parse(request.param)
    answer = CliRunner().invoke(manage.cli, ["assess", "--period", period.code, "--json"])
    assert answer.exit_code == 0, answer.output
    printed = {
        (one["indicator"], one["org_unit"]): (one["value"], one["status"])
        for one in json.loads(answer.stdout)
    }
    with bootstrap.session_factory()() as session:
        values = series.values(session)
        targets = tuple(in_force(session, period.year, period.end))
    return Installation(period, printed, values, targets)


def judged(installation: Installation, units: list[str]) -> tuple[list[Any], tables.Histories]:
    definitions, org_units = bootstrap.definitions(), bootstrap.org_units()
    wanted = [org_units.units[code] for code in units]
    past = tables.histories(
        installation.values, installation.targets, definitions, org_units, units=wanted
    )
    found = tables.judge(
        past, installation.targets, definitions, org_units,
        period=installation.period, today=TODAY,
    )  # fmt: skip
    return found, past


def rows_of(html: str) -> dict[str, tuple[str, str]]:
    """What a summary table shows by indicator: the value and the status."""
    found = {}
    for row in re.findall(r"<tr data-number=.*?</tr>", html, flags=re.DOTALL):
        status = re.search(r'data-status="(\w+)"', row)
        indicator = re.search(r"[?;]ma=(\w+)", row)
        cell = re.search(r'<td class="va( dim)?".*?<b>(.*?)</b>', row)
        assert status and indicator and cell, row[:300]
        found[indicator[1]] = (MISSING if cell[1] else cell[2], status[1])
    return found


def figures_of(installation: Installation, org_unit: str) -> dict[str, tuple[str, str]]:
    """What the command line printed for one unit, written like the screens."""
    return {
        indicator: (installation.written(indicator, unit), installation.printed[indicator, unit][1])
        for indicator, unit in installation.numbered()
        if unit == org_unit
    }


def sheet_rows(data: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def as_decimal(cell: Any) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))


def test_every_target_and_unit_is_judged(installation: Installation) -> None:
    definitions = bootstrap.definitions()
    everywhere = [i for i in definitions.numbered() if i.exists_at(Level.DISTRICT)]

    assert len(definitions.numbered()) == 17
    assert len(installation.numbered()) == 17 + 11 * len(everywhere)


def test_the_overview_shows_what_the_command_line_prints(installation: Installation) -> None:
    province = installation.units[0]
    assessed, past = judged(installation, [province])

    html = summary_table(assessed, past, installation.words, View(installation.period))

    assert rows_of(html) == figures_of(installation, province)


def test_every_district_s_scorecard_agrees_on_screen_and_in_excel(
    installation: Installation,
) -> None:
    org_units, words = bootstrap.org_units(), installation.words
    districts = org_units.districts(installation.period.end)
    assessed, _ = judged(installation, [unit.code for unit in districts])
    cards = district_view.district_views(
        assessed, bootstrap.definitions(), districts, installation.period
    )

    for unit in districts:
        view = View(installation.period, org_unit=unit.code)
        printed = figures_of(installation, unit.code)
        # what has no target for this unit stands in a folded table below, and in the file
        targeted = {key: shown for key, shown in printed.items() if shown[1] != "followed"}
        assert rows_of(district_table(cards[unit.code], words, view)) == targeted
        table = district_export.export_table(cards[unit.code], words, taken_at=TAKEN)
        exported = {row[1]: as_decimal(row[4]) for row in sheet_rows(export.excel(table))
                    if isinstance(row[4], int | float)}  # fmt: skip
        for indicator in printed:
            name = bootstrap.definitions().indicators[indicator].name.get("vi")
            value, _ = installation.printed[indicator, unit.code]
            assert exported.get(name) == (None if value is None else Decimal(value)), name


def test_the_indicator_s_card_agrees(installation: Installation) -> None:
    words = installation.words
    for indicator, view in installation.views.items():
        for one in view.shown:
            shown = summary_card.figures(one, words)[0].value.removesuffix("%")
            assert shown == installation.written(indicator, one.org_unit)
            assert one.status.value == installation.printed[indicator, one.org_unit][1]


def test_the_heat_map_ends_with_the_figures_of_the_period(installation: Installation) -> None:
    for indicator, view in installation.views.items():
        if view.grid is None or view.grid.scale is not Scale.VALUE:
            continue
        for row in view.grid.rows:
            value, _ = installation.printed[indicator, row.org_unit]
            assert row.cells[-1].figure == (None if value is None else Decimal(value))


def test_the_parts_of_a_distance_add_up_to_the_printed_one(installation: Installation) -> None:
    for view in installation.views.values():
        if view.parts:
            assert view.judged.value is not None and view.judged.reference is not None
            distance = view.judged.value - view.judged.reference
            assert sum(part.amount for part in view.parts) == distance


def test_the_source_table_and_its_excel_file_agree(installation: Installation) -> None:
    words, units = installation.words, bootstrap.org_units().units
    for indicator, view in installation.views.items():
        rows = source_table.rows(view.shown, words, {})
        table = source_table.export_table(rows, view, words, taken_at=TAKEN)
        exported = {row[0]: as_decimal(row[1]) for row in sheet_rows(export.excel(table))
                    if isinstance(row[1], int | float)}  # fmt: skip
        for one in view.shown:
            value, _ = installation.printed[indicator, one.org_unit]
            expected = None if value is None else Decimal(value)
            if one.original is not None and one.original.value is not None:
                # the cell's own figure; what was judged is beside it, converted
                expected = half_away(one.original.value, words.decimals(one))
            name = units[one.org_unit].short.get("vi")
            shown = next(row for row in rows if row.name == name)
            assert shown.value == expected, (indicator, name)
            assert exported.get(name) == expected, (indicator, name)
