"""The blocks of the screen where a statistician submits a workbook (UI 8.5).

Stepper, list of findings by cell, old → new, receipts and filling rules, as HTML. A
finding's sentence comes from ``texts``; errors stand before warnings, each in the
order of the sheet. Uploading and storing are not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.changes import Change
from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, Severity
from kpi.observations import CellAddress, Observation
from kpi.periods import Period
from kpi.submissions import CellComment
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.findings import message
from texts.numbers import MISSING, moment_text, number, period_name

STEPS = ("template", "file", "check", "confirm")
_LOOK = {Severity.ERROR: ("off", "off", "error"), Severity.WARNING: ("risk", "risk", "warning")}
_STATES = {"submitted": ("nyd", "nd"), "returned": ("off", "off"), "withdrawn": ("na", "nd")}
_CELL = re.compile(r"([A-Z]+)(\d+)")
# A form that has just begun has dozens of blank cells; beyond a few they are counted.
_BLANKS_LISTED = 3


@dataclass(frozen=True)
class Receipt:
    """One submission as its sender sees it; times are the province's local time."""

    period: Period
    revision: int
    code: str
    file_name: str
    received_at: datetime
    days_late: int
    replaced_by: int | None = None
    state: str = "approved"
    reason: str = ""  # why it was returned or withdrawn
    comments: tuple[CellComment, ...] = ()


def stepper(current: int, notes: Sequence[str], lang: str) -> str:
    """The four steps; ``current`` counts from 0, 4 means all done; one note per step."""
    cells = []
    for index, (name, note) in enumerate(zip(STEPS, notes, strict=True)):
        state = "done" if index < current else "current" if index == current else "future"
        mark = glyph("met") if state == "done" else str(index + 1)
        aria = ' aria-current="step"' if state == "current" else ""
        cells.append(
            f'<li class="step {state}"{aria}><span class="no">{mark}</span>'
            f"<span><b>{escape.text(say(f'submit.step.{name}', lang))}</b>"
            f'<span class="sr"> ({escape.text(say(f"submit.step.state_{state}", lang))})</span>'
            f"<small>{escape.text(note)}</small></span></li>"
        )
    label = escape.text(say("submit.step.label", lang))
    return f'<ol class="steps" lang="{lang}" aria-label="{label}">{"".join(cells)}</ol>'


def check_table(
    findings: Sequence[Finding],
    observations: Sequence[Observation],
    definitions: Definitions,
    org_units: OrgUnits,
    lang: str,
) -> str:
    """What the check found, every finding with its cell and what to do about it."""
    if _refused(findings):
        return _refusal(findings, lang)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    warnings = [f for f in findings if f.severity is Severity.WARNING]
    shown, blanks = _shorten(warnings)
    several = len({f.org_unit for f in findings if f.org_unit}) > 1
    rows = "".join(
        _finding_row(f, definitions, org_units, several, lang)
        for f in sorted(errors, key=_place) + sorted(shown, key=_place)
    )
    if blanks:
        rows += _blank_row(sorted(blanks, key=_place), lang)
    heads = "".join(
        f'<th scope="col" class="{css}">{escape.text(say(f"submit.check.{key}", lang))}</th>'
        for key, css in (
            ("level", ""), ("cell", ""), ("indicator", ""), ("read", "num"), ("problem", ""),
        )
    )  # fmt: skip
    table = (
        f'<table class="tbl checks"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        if rows
        else ""
    )
    foot = say("submit.check.stored_nothing" if errors else "submit.check.foot", lang)
    foot_html = f'<p class="foot">{escape.text(foot)}</p>' if rows else ""
    head = _check_head(len(errors), len(warnings), len(observations), lang)
    return f'<section class="card flush" lang="{lang}">{head}{table}{foot_html}</section>'


def _check_head(errors: int, warnings: int, valid: int, lang: str) -> str:
    if errors:
        title = say("submit.check.title_errors", lang, count=errors)
    elif warnings:
        title = say("submit.check.title_warnings", lang, count=warnings)
    else:
        title = say("submit.check.title_clean", lang)
    counts = (
        ("off", "off", "errors", errors),
        ("risk", "risk", "warnings", warnings),
        ("met", "on", "valid", valid),
    )
    chips = "".join(
        f'<span class="chip s-{token}">{glyph(shape)}'
        f"{escape.text(say(f'submit.check.{key}', lang, count=count))}</span>"
        for shape, token, key, count in counts
        if count or key == "valid"
    )
    heading = f"<h2>{escape.text(title)}</h2>"
    return f'<div class="card-head">{heading}<div class="chips">{chips}</div></div>'


def _refused(findings: Sequence[Finding]) -> bool:
    return any(f.scope is Scope.FILE and f.severity is Severity.ERROR for f in findings)


def _refusal(findings: Sequence[Finding], lang: str) -> str:
    """A file that is not the one expected: what it is, and what to do; no table of cells."""
    reasons = "".join(
        f'<p><span class="t-off">{glyph("off")}</span>'
        f"{address(f.at, lang) if f.at else ''}<span>{escape.text(message(f, lang))}</span></p>"
        for f in findings
        if f.severity is Severity.ERROR
    )
    title = escape.text(say("submit.check.title_rejected", lang))
    foot = escape.text(say("submit.check.stored_nothing", lang))
    return (
        f'<section class="card say r-off" role="status" lang="{lang}"><h2>{title}</h2>{reasons}'
        f'<p class="cap">{foot}</p></section>'
    )


def _shorten(warnings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    blanks = [f for f in warnings if f.code == FindingCode.LEFT_BLANK]
    if len(blanks) <= _BLANKS_LISTED:
        return list(warnings), []
    return [f for f in warnings if f not in blanks], blanks


def _blank_row(blanks: Sequence[Finding], lang: str) -> str:
    text = escape.text(say("submit.check.more_blank", lang, count=len(blanks)))
    cells = ", ".join(f.at.cell for f in blanks if f.at)
    return (
        f'<tr><td>{_level(Severity.WARNING, lang)}</td><td></td><td></td><td class="num found">'
        f"{escape.text(say('submit.check.blank', lang))}</td>"
        f'<td>{text} <span class="cap">{escape.text(cells)}</span></td></tr>'
    )


def _finding_row(
    finding: Finding, definitions: Definitions, org_units: OrgUnits, several: bool, lang: str
) -> str:
    unit = finding.org_unit if several else ""
    what = _figure_name(finding.indicator, unit, definitions, org_units, lang)
    found = finding.found or say("submit.check.blank", lang)
    return (
        f"<tr><td>{_level(finding.severity, lang)}</td>"
        f"<td>{address(finding.at, lang)}</td>"
        f"<td>{escape.text(what)}</td>"
        f'<td class="num found">{escape.text(_short(found))}</td>'
        f"<td>{escape.text(message(finding, lang))}</td></tr>"
    )


def _level(severity: Severity, lang: str) -> str:
    shape, token, key = _LOOK[severity]
    return (
        f'<span class="level t-{token}">{glyph(shape)}'
        f"{escape.text(say(f'submit.check.{key}', lang))}</span>"
    )


def address(at: CellAddress | None, lang: str) -> str:
    """A cell address as a small box; a finding about the file says so instead."""
    if at is None:
        return f'<span class="cap">{escape.text(say("submit.check.whole_file", lang))}</span>'
    return f'<code class="cell">{escape.text(at)}</code>'


def _short(found: str) -> str:
    return found if len(found) <= 40 else found[:39] + "…"


def _place(finding: Finding) -> tuple[str, int, str]:
    if finding.at is None:
        return ("", 0, "")
    match = _CELL.fullmatch(finding.at.cell)
    return (finding.at.sheet, int(match[2]) if match else 0, finding.at.cell)


def _figure_name(
    indicator: str, org_unit: str, definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    known = definitions.indicators.get(indicator)
    name = known.name.get(lang) if known else indicator
    unit = org_units.units.get(org_unit)
    return f"{name} · {unit.short.get(lang)}" if known and unit and unit.parent else name


def change_table(
    changes: Sequence[Change], definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    """Old → new for every figure that would change, and how many stay as they are."""
    differing = [change for change in changes if change.differs]
    if differing:
        title = say("submit.change.title", lang, changed=len(differing), total=len(changes))
    else:
        title = say("submit.change.title_none", lang)
    same = say("submit.change.same", lang, count=len(changes) - len(differing))
    several = len({change.observation.org_unit for change in changes}) > 1
    rows = "".join(_change_row(c, definitions, org_units, several, lang) for c in differing)
    heads = "".join(
        f'<th scope="col" class="{css}">{escape.text(say(f"submit.change.{key}", lang))}</th>'
        for key, css in (
            ("indicator", ""), ("unit", ""), ("before", "num"), ("after", "num"), ("what", ""),
        )
    )  # fmt: skip
    table = (
        f'<table class="tbl changes"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        if differing
        else ""
    )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>'
        f'{escape.text(title)}</h2><span class="cap">{escape.text(same)}</span></div>{table}'
        "</section>"
    )


def _change_row(
    change: Change, definitions: Definitions, org_units: OrgUnits, several: bool, lang: str
) -> str:
    observation = change.observation
    indicator = definitions.indicators[observation.indicator]
    unit = org_units.units[observation.org_unit]
    name = indicator.name.get(lang) + (f" · {unit.short.get(lang)}" if several else "")
    decimals = indicator.levels[unit.level].decimals
    none_before = f'<span class="cap">{escape.text(say("submit.change.none_before", lang))}</span>'
    before = (
        none_before if change.old is None else f"<s>{_figure(change.old.value, decimals, lang)}</s>"
    )
    return (
        f"<tr><td>{escape.text(name)}</td>"
        f"<td>{escape.text(indicator.unit_of_measure.name.get(lang))}</td>"
        f'<td class="num">{before}</td>'
        f'<td class="num"><span class="new">→ {_figure(observation.value, decimals, lang)}</span>'
        f"</td><td>{escape.text(_what(change, indicator, decimals, lang))}</td></tr>"
    )


def _figure(value: object, decimals: int, lang: str) -> str:
    if value is None:
        return escape.text(say("submit.change.no_value", lang))
    return escape.text(number(value, decimals, lang))  # type: ignore[arg-type]


def _what(change: Change, indicator: Indicator, decimals: int, lang: str) -> str:
    if change.is_new:
        return say("submit.change.new", lang)
    difference = change.difference
    text = MISSING if difference is None else number(difference, decimals, lang, signed=True)
    return say("submit.change.corrected", lang, difference=text)


def receipts(lines: Sequence[Receipt], reporter: str, lang: str) -> str:
    """What this reporter has sent, newest first."""
    if not lines:
        body = (
            f'<p class="cap">{escape.text(say("submit.no_receipts", lang, reporter=reporter))}</p>'
        )
    else:
        body = "<ul>" + "".join(_receipt(line, lang) for line in lines) + "</ul>"
    title = escape.text(say("submit.receipts", lang))
    return f'<section class="card receipts" lang="{lang}"><h2>{title}</h2>{body}</section>'


def _receipt(line: Receipt, lang: str) -> str:
    if line.state in _STATES:
        shape, token = _STATES[line.state]
        word = say(f"submit.state.{line.state}", lang)
    elif line.replaced_by is not None:
        shape, token = "nd", "nd"
        word = say("submit.replaced", lang, revision=line.replaced_by)
    elif line.revision > 1:
        # timeliness is a matter of the first version; a correction is welcome at any time
        shape, token, word = "edit", "on", say("submit.correction", lang)
    elif line.days_late > 0:
        shape, token, word = "late", "risk", say("submit.late", lang, days=line.days_late)
    else:
        shape, token, word = "met", "on", say("submit.on_time", lang)
    code = say("submit.receipt_code", lang, code=line.code)
    return (
        f"<li><div><b>{escape.text(period_name(line.period, lang))}</b> "
        f'<span class="ver">v{line.revision}</span>'
        f'<span class="state t-{token}">{glyph(shape)}{escape.text(word)}</span></div>'
        f'<small title="{escape.text(line.file_name)}">'
        f"{escape.text(moment_text(line.received_at))} · {escape.text(code)}</small>"
        f"{_why(line, lang)}</li>"
    )


def _why(line: Receipt, lang: str) -> str:
    """What whoever returned or withdrew it had to say, cell by cell."""
    if not line.reason:
        return ""
    said = escape.text(say("submit.reason", lang, reason=line.reason))
    cells = "".join(
        f"<li>{address(one.at, lang)} {escape.text(one.text)}</li>" for one in line.comments
    )
    return f'<p class="why">{said}</p>' + (f'<ul class="why">{cells}</ul>' if cells else "")


def filling_rules(lang: str) -> str:
    """The four rules that prevent most findings."""
    rules: Mapping[str, str] = {
        name: f"{name}_how" for name in ("decimals", "thousands", "missing", "keep")
    }
    rows = "".join(
        f"<dt>{escape.text(say(f'submit.rule.{name}', lang))}</dt>"
        f"<dd>{escape.text(say(f'submit.rule.{how}', lang))}</dd>"
        for name, how in rules.items()
    )
    title = escape.text(say("submit.rules", lang))
    return f'<section class="card rules" lang="{lang}"><h2>{title}</h2><dl>{rows}</dl></section>'
