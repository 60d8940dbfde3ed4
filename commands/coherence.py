"""``coherence``: do parts and wholes agree, and who carries what is left over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

import bootstrap
from commands.options import JSON, as_of_option, period_option
from commands.output import known_by, print_document, quarter, refusals, show_progress
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.coherence import Gap
    from reports.wording import Words


@click.command()
@period_option()
@as_of_option()
@JSON
def coherence(period_code: str, as_of: datetime | None, as_json: bool) -> None:
    """Hold districts against the province, shares against 100, contributions against growth."""
    with refusals(as_json):
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        found, words = _found(period, as_of)
        if as_json:
            from reports.coherence import as_document

            print_document(as_document(found, words.definitions))
        else:
            _tell(found, words)


def _found(period: Period, as_of: datetime | None) -> tuple[tuple[Gap, ...], Words]:
    from reports.coherence import coherence, wholes_of
    from reports.wording import Words

    known = known_by(as_of)
    with bootstrap.session_factory()() as session:
        definitions = bootstrap.plan_years(session, known).of(period)
        values = wholes_of(session, period, known)
    org_units = bootstrap.org_units()
    words = Words(definitions, org_units, bootstrap.settings().language)
    return coherence(values, definitions, org_units, period), words


def _tell(found: tuple[Gap, ...], words: Words) -> None:
    from kpi.coherence import Whole
    from reports.coherence import line
    from texts import say

    for gap in found:
        one = line(gap, words)
        kind = "_even" if not one.carrier else "_growth" if gap.kind is Whole.GROWTH else ""
        facts = {name: fact for name, fact in vars(one).items() if name != "gap"}
        click.echo(say(f"coherence.line{kind}", words.lang, **facts))
    if not found:
        click.echo(say("coherence.none", words.lang))
