"""``vintages`` and ``changes``: what a figure was before, and what is new since a day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.output import (
    decimal_text,
    known_indicator,
    known_org_unit,
    print_document,
    refusals,
    sentence,
    show_progress,
    wrong_usage,
)
from kpi.periods import Period

if TYPE_CHECKING:
    import pandas as pd

JSON = click.option("--json", "as_json", is_flag=True, help="One document on standard output.")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--indicator", required=True, metavar="ID")
@click.option("--period", "period_code", required=True, metavar="2018-Q3", help="Or a year.")
@click.option("--org-unit", metavar="CODE", help="One unit; otherwise all.")
@JSON
def vintages(indicator: str, period_code: str, org_unit: str | None, as_json: bool) -> None:
    """Every approved value there has been for a figure: estimate, preliminary, final."""
    from store import series

    with refusals(as_json):
        code = _period(period_code)
        known_indicator(indicator, bootstrap.plan_years().of(code))
        if org_unit is not None:
            known_org_unit(org_unit, bootstrap.org_units())
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            frame = series.vintages(session, indicator, code, org_unit)
        _tell(frame, "vintage_line", as_json)


@click.command()
@click.option("--since", required=True, type=DAY, metavar="2018-10-10", help="The day after it on.")
@JSON
def changes(since: datetime, as_json: bool) -> None:
    """What was approved after a day: old and new value, who, and why."""
    from store import series

    with refusals(as_json):
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            frame = series.changes(session, bootstrap.end_of(since.date()))
        _tell(frame, "change_line", as_json)


def _tell(frame: pd.DataFrame, key: str, as_json: bool) -> None:
    rows = [
        {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]
    if as_json:
        print_document(rows)
        return
    for row in rows:
        shown = {name: "–" if value in (None, "") else value for name, value in row.items()}
        click.echo(sentence(key, **{str(name): value for name, value in shown.items()}))
    if not rows:
        click.echo(sentence("nothing_found"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(bootstrap.PROVINCE_TIME).isoformat(timespec="seconds")
    return decimal_text(value) if hasattr(value, "as_tuple") else value


def _period(code: str) -> str:
    try:
        return Period.parse(code).code
    except ValueError:
        wrong_usage("wrong_period", found=code)
