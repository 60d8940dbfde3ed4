"""``score``: what a unit gives itself and what the emulation secretary has verified."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

import bootstrap
from commands.options import period_option
from commands.output import quarter, refusals, show_progress, wrong_usage
from commands.score_books import import_, sheet
from kpi.periods import Period
from kpi.score_sheets import Given, Voice


@click.group()
def score() -> None:
    """Points beside the computed ones: a unit's own, and verified ones."""


def _command(voice: Voice, name: str, help_text: str) -> None:
    @score.command(name=name, help=help_text)
    @click.argument("org_unit")
    @click.argument("criterion")
    @click.argument("points")
    @period_option()
    @click.option("--note", default="", help="Ground; needed where the points differ.")
    def give_(org_unit: str, criterion: str, points: str, period_code: str, note: str) -> None:
        from texts import say
        from texts.numbers import as_stated

        with refusals():
            period = quarter(period_code)
            given = Given(period.code, org_unit, criterion, voice, _number(points), note)
            bootstrap.ready(show_progress)
            _give(period, given)
            lang = bootstrap.settings().language
            said = f"standing.score.done_{voice.value}"
            click.echo(say(said, lang, name=criterion, points=as_stated(given.points, lang)))


_command(Voice.SELF, "self", "A unit gives itself points for a criterion.")
_command(Voice.VERIFIED, "verify", "The emulation secretary's points for a criterion.")


def _give(period: Period, given: Given) -> None:
    from workflow.actors import LOCAL_SECRETARY, LOCAL_USER
    from workflow.scores import give

    who = LOCAL_USER if given.voice is Voice.SELF else LOCAL_SECRETARY
    ground = bootstrap.standing_ground(period.year)
    give(bootstrap.session_factory(), who, ground, [given], at=bootstrap.now())


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        wrong_usage("not_a_number", found=text)
    return found if found.is_finite() else wrong_usage("not_a_number", found=text)


score.add_command(sheet)
score.add_command(import_)
