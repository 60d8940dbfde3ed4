"""``vintages`` and ``changes``: what a figure was before, and what is new since a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import DAY, JSON, period_option
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
from kpi.local_time import ZONE, end_of
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.ledger import Changed, TargetChanged
    from kpi.targets import Target


@click.command()
@click.option("--indicator", required=True, metavar="ID")
@period_option("Or a year.")
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
        rows = [
            {str(name): _plain(value) for name, value in row.items()}
            for row in frame.to_dict("records")
        ]
        if as_json:
            print_document(rows)
        else:
            _say("vintage_line", rows)


@click.command()
@click.option("--since", required=True, type=DAY, metavar="2018-10-10", help="The day after it on.")
@JSON
def changes(since: datetime, as_json: bool) -> None:
    """Figures and targets that changed after a day: old and new, by which act, who, why."""
    from kpi.ledger import changes_since
    from reports.change_lines import lines
    from store import changes as history

    with refusals(as_json):
        bootstrap.ready(show_progress)
        moment = end_of(since.date())
        with bootstrap.session_factory()() as session:
            figures = changes_since(history.vintages_touched(session, moment), moment)
            targets = history.targets_changed(session, moment)
        if as_json:
            print_document([*map(_figure_document, figures), *map(_target_document, targets)])
            return
        lang, units = bootstrap.settings().language, bootstrap.org_units()
        found = lines([*figures, *targets], bootstrap.plan_years(), units, lang)
        _say("change_line", [{**vars(line), "at": _plain(line.at)} for line in found])


def _figure_document(change: Changed) -> dict[str, Any]:
    indicator, org_unit, period = change.cell
    stated = change.new or change.old
    return {
        "act": change.kind.value,
        "indicator": indicator,
        "org_unit": org_unit,
        "period": period,
        "old": decimal_text(change.old.value) if change.old else None,
        "value": decimal_text(change.new.value) if change.new else None,
        "status": change.new.status if change.new else None,
        "at": _plain(change.at),
        "by": change.by,
        "sent_by": stated.sent_by if stated else None,
        "submission": stated.submission if stated else None,
        "revision": stated.revision if stated else None,
        "sheet": stated.sheet if stated else None,
        "cell": stated.address if stated else None,
        "why": change.why,
    }


def _target_document(change: TargetChanged) -> dict[str, Any]:
    about = change.new or change.old
    assert about is not None  # one of them is what has changed
    return {
        "act": change.kind.value,
        "indicator": about.indicator,
        "org_unit": about.org_unit,
        "period": str(about.year),
        "old": None if change.old is None else _edges(change.old),
        "value": None if change.new is None else _edges(change.new),
        "at": _plain(change.at),
        "by": change.by,
        "why": change.decision,
    }


def _edges(target: Target) -> dict[str, str | None]:
    low, high = decimal_text(target.edges.low), decimal_text(target.edges.high)
    return {"kind": target.kind.value, "low": low, "high": high}


def _say(key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        shown = {name: "–" if value in (None, "") else value for name, value in row.items()}
        click.echo(sentence(key, **shown))
    if not rows:
        click.echo(sentence("nothing_found"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat(timespec="seconds")
    return decimal_text(value) if hasattr(value, "as_tuple") else value


def _period(code: str) -> str:
    try:
        return Period.parse(code).code
    except ValueError:
        wrong_usage("wrong_period", found=code)
