"""``period``: open or lock one, let one reporter send until a day, list how they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

import bootstrap
from commands.options import DAY, JSON
from commands.output import (
    known_reporter,
    print_document,
    quarter,
    refusals,
    sentence,
    show_progress,
    wrong_usage,
)
from kpi.periods import Period

PERIOD = click.argument("period_code", metavar="PERIOD")
REASON = click.option("--reason", default="", help="Kept in the audit log.")
FORM = click.option("--form", type=click.Choice(["A", "B"]), help="One form; otherwise both.")


@click.group()
def period() -> None:
    """Open and lock periods; PERIOD is a quarter (2018-Q3) or a year (2018)."""


@period.command(name="open")
@PERIOD
@FORM
@REASON
def open_(period_code: str, form: str | None, reason: str) -> None:
    """Let everybody send for a period, whatever the calendar says."""
    from workflow.periods import open_period

    _decide(open_period, "period_opened", period_code, form, reason)


@period.command()
@PERIOD
@FORM
@REASON
def lock(period_code: str, form: str | None, reason: str) -> None:
    """Let nobody send for a period; a locked year closes all its quarters."""
    from workflow.periods import lock_period

    _decide(lock_period, "period_is_locked", period_code, form, reason)


@period.command()
@click.argument("reporter")
@PERIOD
@click.option("--until", required=True, type=DAY, metavar="2018-10-20")
@click.option("--reason", required=True, help="Kept in the audit log.")
def allow(reporter: str, period_code: str, until: datetime, reason: str) -> None:
    """Let one reporter send for a quarter until a day, even if it is locked."""
    from texts.numbers import date_text
    from workflow.actors import LOCAL_USER
    from workflow.periods import grant_exception

    with refusals():
        known_reporter(reporter)
        chosen = quarter(period_code)
        bootstrap.ready(show_progress)
        grant_exception(
            bootstrap.session_factory(), LOCAL_USER, reporter, chosen,
            until=until.date(), reason=reason, at=bootstrap.now(),
        )  # fmt: skip
        day = date_text(until.date(), bootstrap.settings().language)
        click.echo(sentence("period_allowed", reporter=reporter, period=chosen.code, day=day))


@period.command(name="list")
@JSON
def list_(as_json: bool) -> None:
    """How the periods of the plan years stand today."""
    with refusals(as_json):
        bootstrap.ready(show_progress)
        lines = _lines()
        if as_json:
            print_document(lines)
            return
        for line in lines:
            state = sentence(f"period_state.{line['state']}")
            shown = {name: value or "–" for name, value in line.items() if name != "exceptions"}
            click.echo(sentence("period_line", **{**shown, "state": state}))
            for one in line["exceptions"]:
                click.echo("  " + sentence("period_exception", **one))


def _decide(act: Any, key: str, period_code: str, form: str | None, reason: str) -> None:
    from workflow.actors import LOCAL_USER
    from workflow.periods import FORMS

    with refusals():
        try:
            chosen = Period.parse(period_code)
        except ValueError:
            wrong_usage("wrong_period", found=period_code)
        bootstrap.ready(show_progress)
        act(
            bootstrap.session_factory(), LOCAL_USER, chosen,
            at=bootstrap.now(), reason=reason, forms=(form,) if form else FORMS,
        )  # fmt: skip
        click.echo(sentence(key, period=chosen.code))


def _lines() -> list[dict[str, Any]]:
    from workflow.periods import standings

    with bootstrap.session_factory()() as session:
        years = bootstrap.plan_years(session)
        found = standings(session, years, bootstrap.org_units(), bootstrap.now())
    return [
        {
            "form": one.form,
            "period": one.period.code,
            "state": one.state,
            "cut_off": _iso(one.days.cut_off),
            "opens": _iso(one.days.opens),
            "due": _iso(one.days.due),
            "in_time_until": _iso(one.days.in_time_until),
            "locks": _iso(one.days.locks),
            "exceptions": [
                {"reporter": e.reporter, "until": e.until.isoformat(), "reason": e.reason}
                for e in one.exceptions
            ],
        }
        for one in sorted(found, key=lambda one: (one.form, one.period))
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
