"""How a command answers: documents for programs, sentences for people, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

import bootstrap
from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.findings import Finding, KpiError
from kpi.local_time import end_of
from kpi.observations import Observation
from kpi.periods import Period
from texts import say

REFUSED, WRONG_USAGE = 1, 2


def sentence(key: str, **facts: object) -> str:
    """A text of ``command`` in the language of the settings."""
    return say(f"command.{key}", bootstrap.settings().language, **facts)


def print_document(document: object) -> None:
    """The one thing on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def finding_document(finding: Finding) -> dict[str, Any]:
    from texts.findings import message

    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.at.sheet if finding.at else None,
        "cell": finding.at.cell if finding.at else None,
        "found": finding.found,
        "expected": finding.expected,
        "message": message(finding, bootstrap.settings().language),
    }


def observation_document(observation: Observation) -> dict[str, Any]:
    return {
        "indicator": observation.indicator,
        "org_unit": observation.org_unit,
        "period": observation.period.code,
        "value": decimal_text(observation.value),
        "status": observation.status.value,
        "sheet": observation.at.sheet,
        "cell": observation.at.cell,
    }


def show_progress(part: float, said: str) -> None:
    """On a terminal only; a log file should not fill with it."""
    if sys.stderr.isatty():
        click.echo(f"\r{said}" if part < 1 else f"\r{said}\n", nl=False, err=True)


# --- refusals ---------------------------------------------------------------------------


def wrong_usage(key: str, **facts: object) -> NoReturn:
    """End with exit code 2 and a sentence."""
    raise click.UsageError(sentence(key, **facts))


@contextmanager
def refusals(as_json: bool = False) -> Iterator[None]:
    """Turn what the project refuses on purpose into a sentence and exit code 1."""
    try:
        yield
    except KpiError as error:
        from texts.errors import error_sentence

        said = error_sentence(error, bootstrap.settings().language)
        if as_json:
            code = getattr(error, "reason", None) or getattr(error, "code", "refused")
            print_document({"error": {"code": code, "message": said}})
        else:
            click.echo(said, err=True)
        raise SystemExit(REFUSED) from error


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """A file or folder that cannot be written is wrong usage, said in a sentence."""
    try:
        yield
    except OSError as error:
        wrong_usage("cannot_write", file=place, detail=error.strerror or "")


def write_file(file: Path, data: bytes) -> None:
    """Put it where it was asked for; wrong usage if it cannot be."""
    with writing(file):
        file.write_bytes(data)


# --- arguments --------------------------------------------------------------------------


def quarter(code: str) -> Period:
    """The quarter that ``code`` names, or wrong usage."""
    try:
        period = Period.parse(code)
    except ValueError:
        wrong_usage("wrong_period", found=code)
    return period if period.quarter else wrong_usage("wrong_period", found=code)


def day_of(as_of: datetime | None) -> date:
    """The day that is looked at: of ``--as-of``, or today."""
    return bootstrap.today() if as_of is None else as_of.date()


def known_by(as_of: datetime | None) -> datetime | None:
    """The last moment of the day of ``--as-of``; None is now."""
    return None if as_of is None else end_of(as_of.date())


def known_org_unit(code: str, org_units: OrgUnits) -> str:
    return _known(code, org_units.units, "unknown_org_unit")


def known_agency(code: str, definitions: Definitions) -> str:
    return _known(code, definitions.agencies, "unknown_agency")


def known_reporter(code: str) -> str:
    districts = [u.code for u in bootstrap.org_units().units.values() if u.parent]
    agencies = {name for one in bootstrap.plan_years().opened for name in one.definitions.agencies}
    return _known(code, [*districts, *sorted(agencies)], "unknown_reporter")


def known_indicator(code: str, definitions: Definitions) -> Indicator:
    indicators = definitions.indicators
    return indicators[_known(code, indicators, "unknown_indicator")]


def _known(code: str, known: Iterable[str], key: str) -> str:
    return code if code in known else wrong_usage(key, found=code, known=", ".join(known))
