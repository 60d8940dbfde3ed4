"""What a workbook of scores would change: old beside new, row by row with its cell.

Only what changes is shown; how much stays is counted. What is wrong with the workbook is shown
by ``reports.html.findings_table``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.definitions import OrgUnits
from kpi.findings import Finding
from kpi.score_books import Asked, ScoreChange, ScoreRow
from kpi.score_sheets import Given, Voice
from reports.html import escape
from texts import say
from texts.numbers import number, period_name


def score_preview(
    changes: Sequence[ScoreChange],
    asked: Asked,
    org_units: OrgUnits,
    lang: str,
    *,
    blocked: bool = False,
) -> str:
    """A row for each of the points that would change, in the order of the workbook.

    Args:
        blocked: an error keeps the workbook from being taken.
    """
    differing = [one for one in changes if one.differs]
    title, same = _title(changes, len(differing), lang, blocked=blocked)
    table = _table(differing, asked, title, org_units, lang) if differing else ""
    whose = escape.text(_whose(asked, org_units, lang))
    return (
        f'<section class="card flush plan scores" lang="{lang}"><div class="card-head" '
        f'role="status"><h2>{escape.text(title)}</h2><span class="cap">{whose}'
        f"{escape.text(same)}</span></div>{table}</section>"
    )


def _table(
    differing: Sequence[ScoreChange], asked: Asked, title: str, org_units: OrgUnits, lang: str
) -> str:
    several = asked.voice is Voice.VERIFIED
    heads = "".join(
        f'<th scope="col"{css}>{escape.text(say(f"standing.book.{key}", lang))}</th>'
        for key, css in (
            ("unit", ""), ("criterion", ""), ("computed", ' class="num"'),
            ("points", ' class="num"'), ("note", ""), ("cell", ""),
        )
        if several or key != "unit"
    )  # fmt: skip
    rows_by_key = {row.key: row for row in asked.rows}
    rows = "".join(
        _row(one, rows_by_key[one.new.org_unit, one.new.criterion], asked, org_units, lang)
        for one in differing
    )
    return (
        '<div class="scroll wide-table" tabindex="0" role="group" aria-label="'
        f'{escape.text(title)}"><table class="tbl"><caption class="sr">{escape.text(title)}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _title(
    changes: Sequence[ScoreChange], differing: int, lang: str, *, blocked: bool
) -> tuple[str, str]:
    if blocked:
        return say("standing.book.title_blocked", lang, count=len(changes)), ""
    key = "title" if differing else "title_none"
    alike = len(changes) - differing
    same = " · " + say("standing.book.same", lang, count=alike) if alike else ""
    return say(f"standing.book.{key}", lang, count=differing), same


def _whose(asked: Asked, org_units: OrgUnits, lang: str) -> str:
    unit, cluster = org_units.units.get(asked.whose), org_units.clusters.get(asked.whose)
    name = unit.short if unit is not None else cluster.name if cluster is not None else None
    return say(
        f"standing.book.about_{asked.voice.value}", lang,
        whose=name.get(lang) if name is not None else asked.whose,
        period=period_name(asked.period, lang),
    )  # fmt: skip


def _row(one: ScoreChange, row: ScoreRow, asked: Asked, org_units: OrgUnits, lang: str) -> str:
    new = one.new
    unit = escape.text(org_units.units[new.org_unit].short.get(lang))
    named = f'<th scope="row">{unit}</th>'
    computed = number(row.criterion.computed, asked.decimals, lang)
    return (
        f"<tr>{named if asked.voice is Voice.VERIFIED else ''}"
        f'<th scope="row">{escape.text(row.name.get(lang))}</th><td class="num">{computed}</td>'
        f'<td class="num">{_becomes(one.old, new, asked.decimals, lang)}</td>'
        f'<td class="why">{_reason(one.old, new, lang)}</td>'
        f'<td><code class="cell">{escape.text(one.at.cell)}</code></td></tr>'
    )


def _becomes(old: Given | None, new: Given, decimals: int, lang: str) -> str:
    points = escape.text(number(new.points, decimals, lang))
    if old is None:
        none = escape.text(say("standing.book.none_before", lang))
        return f'<i>{none}</i> <b class="new">{points}</b>'
    if old.points == new.points:
        return points
    before = escape.text(number(old.points, decimals, lang))
    sr = escape.text(say("standing.book.becomes", lang))
    return f'<s>{before}</s><span class="sr"> {sr} </span> <b class="new">{points}</b>'


def _reason(old: Given | None, new: Given, lang: str) -> str:
    note = escape.text(new.note)
    if old is None or old.note == new.note or not old.note:
        return note
    sr = escape.text(say("standing.book.becomes", lang))
    return f'<s>{escape.text(old.note)}</s><span class="sr"> {sr} </span> {note}'


def about_finding(finding: Finding, asked: Asked | None, org_units: OrgUnits, lang: str) -> str:
    """The criterion a finding is about, with its unit where the workbook has several."""
    rows = {row.key: row for row in asked.rows} if asked is not None else {}
    row = rows.get((finding.org_unit, finding.indicator))
    if row is None:
        return finding.indicator
    name = row.name.get(lang)
    several = asked is not None and asked.voice is Voice.VERIFIED
    return f"{org_units.units[row.org_unit].short.get(lang)} · {name}" if several else name
