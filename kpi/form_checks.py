"""A form beside what it should have held, and what there is to say about it as a whole.

Template, reporter, period, and whether a newer file has come already: what is wrong here
concerns no cell, and mostly keeps the whole form out. The cells are ``kpi.checks``'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpi.definitions import Text
from kpi.finding_codes import FindingCode
from kpi.finding_facts import about_file, in_both, reporter_name
from kpi.findings import Finding
from kpi.forms import FormRow, form_of, rows_of
from kpi.local_time import local_date
from kpi.observations import CellAddress
from kpi.periods import Period
from kpi.submissions import CheckContext, FormReading

Key = tuple[str, str]  # indicator, organisation unit


@dataclass(frozen=True)
class Sheet:
    """A form with what it should have held. ``rows`` is empty where that is unknown."""

    form: FormReading
    context: CheckContext
    period: Period | None
    rows: Mapping[Key, FormRow]
    cells: Mapping[Key, tuple[CellAddress, ...]]


def sheet_of(form: FormReading, context: CheckContext) -> Sheet:
    """A form beside what is asked of its reporter for its period."""
    try:
        period = Period.parse(form.period)
    except ValueError:
        period = None
    rows: tuple[FormRow, ...] = ()
    if period is not None:
        rows = rows_of(context.definitions, context.org_units, form.reporter, period)
    cells: dict[Key, tuple[CellAddress, ...]] = {}
    for reading in form.readings:
        key = (reading.indicator, reading.org_unit)
        cells[key] = (*cells.get(key, ()), reading.at)
    by_key = {(row.indicator.id, row.org_unit.code): row for row in rows}
    return Sheet(form, context, period, by_key, cells)


def about_the_file(sheet: Sheet) -> Iterator[Finding]:
    """Is it our template of today, from this reporter, for this period, and the newest?"""
    yield from _right_version(sheet)
    yield from _right_reporter(sheet)
    yield from _right_period(sheet)
    yield from _newest_file(sheet)


def _right_version(sheet: Sheet) -> Iterator[Finding]:
    found, expected = sheet.form.template_version, sheet.context.definitions.template_version
    if found != expected:
        yield about_file(FindingCode.WRONG_VERSION, found, expected)


def _right_reporter(sheet: Sheet) -> Iterator[Finding]:
    form, sender = sheet.form, sheet.context.reporter
    name = reporter_name(form.reporter, sheet.context)
    if name is None:
        yield about_file(FindingCode.UNKNOWN_REPORTER, form.reporter, sender or "")
        return
    if sender is not None and sender != form.reporter:
        wanted = reporter_name(sender, sheet.context) or Text(sender, sender)
        facts = in_both("reporter", name) | in_both("sender", wanted)
        yield about_file(FindingCode.WRONG_REPORTER, form.reporter, sender, facts)
    expected = form_of(form.reporter, sheet.context.org_units)
    if form.form != expected:
        yield about_file(FindingCode.WRONG_FORM, form.form, expected, in_both("reporter", name))


def _right_period(sheet: Sheet) -> Iterator[Finding]:
    form = sheet.form
    if sheet.period is None:
        yield about_file(FindingCode.UNKNOWN_PERIOD, form.period, "2018-Q3")
        return
    name = reporter_name(form.reporter, sheet.context)
    if name is not None and not sheet.rows:
        facts = in_both("reporter", name) | {"period": sheet.period.code}
        yield about_file(FindingCode.NOT_ASKED, form.period, "", facts)


def _newest_file(sheet: Sheet) -> Iterator[Finding]:
    """An older file after a newer one: perhaps a correction taken back, perhaps a slip."""
    newer = sheet.context.older_than
    if newer is not None:
        facts = {"revision": str(newer.revision), "day": local_date(newer.submitted_at).isoformat()}
        facts |= {"variant": "again"} if newer.sent_before else {}
        yield about_file(FindingCode.OLDER_FILE, sheet.form.file_name, "", facts)
