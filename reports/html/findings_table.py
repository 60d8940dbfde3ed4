"""What the check of a workbook found, finding by finding with its cell (UI 8.5).

A finding's sentence comes from ``texts``; errors stand before warnings, each in the order
of the sheet. A file that is not the one expected gets sentences instead of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from kpi.definitions import Definitions, OrgUnits
from kpi.excerpts import Excerpt
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, Severity
from kpi.observations import CellAddress
from reports.html import escape
from reports.html.excerpt import sheet_rows
from reports.html.glyphs import glyph
from texts import say
from texts.findings import message

_LOOK = {Severity.ERROR: ("off", "off", "error"), Severity.WARNING: ("risk", "risk", "warning")}
_CELL = re.compile(r"([A-Z]+)(\d+)")
# A form that has just begun has dozens of blank cells, and a table of one's own lacks most
# rows of the form; beyond a few they are counted.
_FOLDED = (FindingCode.LEFT_BLANK, FindingCode.MISSING_ROW)
_LISTED, _NAMES_LISTED = 3, 12
# Of a wholly broken file the first cells tell enough; the marked workbook has them all.
_MOST_DRAWN, _DRAWN_OPEN = 40, 4
Sheets = Mapping[CellAddress, Excerpt]


def check_table(
    findings: Sequence[Finding],
    read: Sequence[object],
    definitions: Definitions,
    org_units: OrgUnits,
    lang: str,
    *,
    sheets: Sheets | None = None,
    called: Callable[[Finding], str] | None = None,
    foot: str = "",
) -> str:
    """What the check found, every finding with its cell and what to do about it.

    Args:
        read: the figures that were read; they are counted.
        sheets: the rows around each cell as they stand in the workbook, where at hand.
        called: what a finding is about, where that is no figure of a report.
        foot: what errors and warnings mean, where that is not what they mean for a report.
    """
    if refused(findings):
        return _refusal(findings, lang)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    shown, folded = _shorten(in_order(findings))
    several = len({f.org_unit for f in findings if f.org_unit}) > 1
    drawings = _drawings(shown, sheets or {}, lang)

    def name(finding: Finding) -> str:
        unit = finding.org_unit if several else ""
        return figure_name(finding.indicator, unit, definitions, org_units, lang)

    rows = "".join(
        _finding_row(f, (called or name)(f), lang) + drawing
        for f, drawing in zip(shown, drawings, strict=True)
    )
    rows += "".join(_folded_row(alike, definitions, org_units, lang) for alike in folded)
    foot = foot or say("submit.check.stored_nothing" if errors else "submit.check.foot", lang)
    title = _check_title(errors, len(findings) - errors, lang)
    body = f'{_table(rows, title, lang)}<p class="foot">{escape.text(foot)}</p>' if rows else ""
    head = _check_head(title, errors, len(findings) - errors, len(read), lang)
    return f'<section class="card flush" lang="{lang}">{head}{body}</section>'


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors before warnings, each in the order of the sheet."""
    return sorted(findings, key=lambda one: (one.severity is not Severity.ERROR, _place(one)))


def drawn_places(findings: Sequence[Finding]) -> tuple[CellAddress, ...]:
    """The cells whose rows are worth drawing, in the order of the table."""
    shown, _ = _shorten(in_order(findings))
    places = dict.fromkeys(
        one.at for one in shown if one.at is not None and one.code != FindingCode.SINGLE_QUARTERS
    )
    return tuple(places)[:_MOST_DRAWN]


def _drawings(findings: Sequence[Finding], sheets: Sheets, lang: str) -> list[str]:
    """Below each cell's last finding in a row its rows of the sheet; the first are open."""
    drawings, drawn = [], 0
    for one, following in zip_longest(findings, findings[1:]):
        next_at = following.at if following is not None else None
        rows = sheets.get(one.at) if one.at is not None and one.at != next_at else None
        drawn += rows is not None
        open_ = drawn <= _DRAWN_OPEN
        drawings.append(_drawing(rows, one.severity, lang, open_=open_) if rows else "")
    return drawings


def _drawing(rows: Excerpt, severity: Severity, lang: str, *, open_: bool) -> str:
    title = say("submit.check.in_sheet", lang, row=rows.row, sheet=rows.sheet)
    return (
        f'<tr class="drawn {severity}"><td colspan="5"><details{" open" if open_ else ""}>'
        f"<summary>{escape.text(title)}</summary>"
        f'<div class="excerpt">{sheet_rows(rows, lang)}</div></details></td></tr>'
    )


def _table(rows: str, title: str, lang: str) -> str:
    heads = "".join(
        f'<th scope="col" class="{css}">{escape.text(say(f"submit.check.{key}", lang))}</th>'
        for key, css in (
            ("level", ""), ("cell", ""), ("indicator", ""), ("read", "num"), ("problem", ""),
        )
    )  # fmt: skip
    return (
        f'<table class="tbl checks"><caption class="sr">{escape.text(title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _check_title(errors: int, warnings: int, lang: str) -> str:
    if errors:
        return say("submit.check.title_errors", lang, count=errors)
    if warnings:
        return say("submit.check.title_warnings", lang, count=warnings)
    return say("submit.check.title_clean", lang)


def _check_head(title: str, errors: int, warnings: int, valid: int, lang: str) -> str:
    """The conclusion, which is also spoken as soon as it is there."""
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
    return f'<div class="card-head" role="status">{heading}<div class="chips">{chips}</div></div>'


def refused(findings: Sequence[Finding]) -> bool:
    """Is the file as a whole not the one expected?"""
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


def _shorten(findings: Sequence[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """The findings that get a row each, and those of one kind that share one."""
    of_kind = [[one for one in findings if one.code == code] for code in _FOLDED]
    folded = [alike for alike in of_kind if len(alike) > _LISTED]
    counted = {alike[0].code for alike in folded}
    return [one for one in findings if one.code not in counted], folded


def _folded_row(
    alike: Sequence[Finding], definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    """Blank cells with their addresses, missing rows with their names: one row for all."""
    text = escape.text(say(f"submit.check.more_{alike[0].code}", lang, count=len(alike)))
    cells = [one.at.cell for one in alike if one.at]
    names = [figure_name(f.indicator, "", definitions, org_units, lang) for f in alike if not f.at]
    named = list(dict.fromkeys(names))
    rest = ", …" if len(named) > _NAMES_LISTED else ""
    which = ", ".join([*cells, *named[:_NAMES_LISTED]]) + rest
    return (
        f'<tr><td>{_level(Severity.WARNING, lang)}</td><td></td><td></td><td class="num found">'
        f"{escape.text(say('submit.check.blank', lang))}</td>"
        f'<td>{text} <span class="which">{escape.text(which)}</span>'
        f"{_explanation(alike[0], lang)}</td></tr>"
    )


def _finding_row(finding: Finding, what: str, lang: str) -> str:
    found = finding.found or say("submit.check.blank", lang)
    return (
        f"<tr><td>{_level(finding.severity, lang)}</td>"
        f"<td>{address(finding.at, lang)}</td>"
        f"<td>{escape.text(what)}</td>"
        f'<td class="num found">{escape.text(_short(found))}</td>'
        f"<td>{escape.text(message(finding, lang))}{_explanation(finding, lang)}</td></tr>"
    )


def _explanation(finding: Finding, lang: str) -> str:
    """What the sender has said to it, where it was sent."""
    if not finding.explanation:
        return ""
    said = say("submit.check.explained", lang, text=finding.explanation)
    return f'<small class="explained">{escape.text(said)}</small>'


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


def figure_name(
    indicator: str, org_unit: str, definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    """The indicator a finding is about, with the unit below the province it is about."""
    known = definitions.indicators.get(indicator)
    name = known.name.get(lang) if known else indicator
    unit = org_units.units.get(org_unit)
    return f"{name} · {unit.short.get(lang)}" if known and unit and unit.parent else name
