"""``target``: revise one within the year by a decision, and list what there has been."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import click

import bootstrap
from commands.options import DAY, JSON
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
from commands.plan_books import import_, template
from kpi.targets import Edges, Target, TargetKind

UNIT = click.option("--org-unit", default="20", show_default=True, metavar="CODE")
YEAR = click.option("--year", type=int, help="The plan year; the newest if not said.")


@click.group()
def target() -> None:
    """Targets with the decisions that laid them down."""


@target.command(name="set")
@click.argument("indicator")
@UNIT
@YEAR
@click.option("--value", help="The figure of an at_least or at_most target.")
@click.option("--low", help="The lower edge of a range or band.")
@click.option("--high", help="The upper edge of a range or band.")
@click.option("--decision", required=True, help="Number and date, as it is to be cited.")
@click.option("--on", required=True, type=DAY, help="In force from.")
def set_(
    indicator: str,
    org_unit: str,
    year: int | None,
    value: str | None,
    low: str | None,
    high: str | None,
    decision: str,
    on: datetime,
) -> None:
    """Revise the target of INDICATOR; the old one stays in its history."""
    from workflow.actors import LOCAL_USER
    from workflow.targets import revise

    with refusals():
        standing = _standing(indicator, org_unit, year)
        edges = _edges(standing.kind, value, low, high)
        revise(
            bootstrap.session_factory(),
            LOCAL_USER,
            replace(standing, edges=edges, by_quarter={}),
            decision=decision,
            on=on.date(),
            at=bootstrap.now(),
        )
        click.echo(sentence("target_revised", indicator=indicator, decision=decision))


@target.command(name="list")
@click.argument("indicator")
@UNIT
@YEAR
@JSON
def list_(indicator: str, org_unit: str, year: int | None, as_json: bool) -> None:
    """Every target there has been for INDICATOR, oldest first."""
    from store import targets

    with refusals(as_json):
        known_indicator(indicator, bootstrap.plan_years().of(str(_year(year))))
        known_org_unit(org_unit, bootstrap.org_units())
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            found = targets.history(session, indicator, org_unit, _year(year))
        rows: list[dict[str, Any]] = [
            {
                "kind": one.target.kind.value,
                "low": decimal_text(one.target.edges.low),
                "high": decimal_text(one.target.edges.high),
                "document": one.target.document,
                "clause": one.target.clause,
                "in_force_from": one.target.in_force_from.isoformat(),
                "replaced_on": one.replaced_on.isoformat() if one.replaced_on else None,
                "recorded_by": one.recorded_by,
                "recorded_at": one.recorded_at.isoformat(timespec="seconds"),
            }
            for one in found
        ]
        if as_json:
            print_document(rows)
            return
        for row in rows:
            click.echo(sentence("target_line", **{k: v or "–" for k, v in row.items()}))


target.add_command(template)
target.add_command(import_)


def _standing(indicator: str, org_unit: str, year: int | None) -> Target:
    from store import targets

    known_indicator(indicator, bootstrap.plan_years().of(str(_year(year))))
    known_org_unit(org_unit, bootstrap.org_units())
    bootstrap.ready(show_progress)
    with bootstrap.session_factory()() as session:
        for stored in targets.not_replaced(session, _year(year)):
            if (stored.target.indicator, stored.target.org_unit) == (indicator, org_unit):
                return stored.target
    wrong_usage("no_target", indicator=indicator, org_unit=org_unit, year=_year(year))


def _edges(kind: TargetKind, value: str | None, low: str | None, high: str | None) -> Edges:
    given = {name: _number(text) for name, text in (("value", value), ("low", low), ("high", high))}
    if kind is TargetKind.AT_LEAST and set(_said(given)) == {"value"}:
        return Edges(low=given["value"])
    if kind is TargetKind.AT_MOST and set(_said(given)) == {"value"}:
        return Edges(high=given["value"])
    two = kind in (TargetKind.RANGE, TargetKind.BAND) and set(_said(given)) == {"low", "high"}
    edges = Edges(given["low"], given["high"])
    if two and edges.low is not None and edges.high is not None and edges.low <= edges.high:
        return edges
    wrong_usage("wrong_edges", kind=kind.value)


def _said(given: dict[str, Decimal | None]) -> list[str]:
    return [name for name, number in given.items() if number is not None]


def _number(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        wrong_usage("not_a_number", found=text)
    return number if number.is_finite() else wrong_usage("not_a_number", found=text)


def _year(year: int | None) -> int:
    return bootstrap.plan_years().newest.plan_year if year is None else year
