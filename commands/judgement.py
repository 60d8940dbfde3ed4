"""``assess``: which targets are met, on track, at risk or behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

import bootstrap
from commands.options import JSON, as_of_option, period_option
from commands.output import (
    day_of,
    known_by,
    known_indicator,
    known_org_unit,
    print_document,
    quarter,
    refusals,
    sentence,
    show_progress,
)
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.definitions import Definitions
    from kpi.judgement import Assessment


@click.command()
@period_option()
@click.option("--org-unit", metavar="CODE", help="One unit; otherwise the province and all units.")
@click.option("--indicator", metavar="ID", help="One indicator; otherwise all.")
@as_of_option("As it was known at the end of that day, and judged on that day.")
@click.option(
    "--including-unapproved",
    "unapproved",
    is_flag=True,
    help="As if what was sent and is not decided yet were approved; each such figure is marked.",
)
@JSON
def assess(
    period_code: str,
    org_unit: str | None,
    indicator: str | None,
    as_of: datetime | None,
    unapproved: bool,
    as_json: bool,
) -> None:
    """Judge indicators against their targets, with the explanation."""
    with refusals(as_json):
        period = quarter(period_code)
        units = _units(org_unit, period)
        asked = bootstrap.plan_years().of(period)
        indicators = None if indicator is None else [known_indicator(indicator, asked).id]
        bootstrap.ready(show_progress)
        found = _judged(period, units, indicators, as_of, unapproved=unapproved)
        if as_json:
            from kpi.assessment_json import as_document

            print_document([as_document(one, approval=unapproved) for one in found])
        else:
            _tell(found, asked)


def _units(org_unit: str | None, period: Period) -> list[str]:
    org_units = bootstrap.org_units()
    if org_unit is not None:
        return [known_org_unit(org_unit, org_units)]
    return [org_units.province.code, *(unit.code for unit in org_units.districts(period.end))]


def _judged(
    period: Period,
    units: Sequence[str],
    indicators: Sequence[str] | None,
    as_of: datetime | None,
    *,
    unapproved: bool,
) -> list[Assessment]:
    from reports.slices import judged

    known = known_by(as_of)
    with bootstrap.session_factory()() as session:
        year = bootstrap.plan_years(session, known).at(period)
        return judged(
            session,
            year.definitions,
            bootstrap.org_units(),
            period=period,
            units=units,
            indicators=indicators,
            history_fixed_at=year.history_fixed_at,
            as_of=known,
            today=day_of(as_of),
            unapproved=unapproved,
        )


def _tell(found: Sequence[Assessment], definitions: Definitions) -> None:
    from reports.wording import Words

    lang = bootstrap.settings().language
    words = Words(definitions, bootstrap.org_units(), lang)
    if not found:
        click.echo(sentence("nothing_to_judge"))
    for one in found:
        unit = bootstrap.org_units().units[one.org_unit].short.get(lang)
        indicator = words.indicator(one)
        value = f"{words.value(one)} {words.unit(one, one.value)}"
        click.echo(f"{unit} · {indicator.name.get(lang)}: {value} → {words.status(one)}")
