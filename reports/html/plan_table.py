"""A plan handed down, as HTML: units beside indicators, old beside new; and its receipt.

The preview is a real table that scrolls inside its card. What stays as it is stands back;
an indicator or unit that the plan does not name keeps its target and is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.plans import PlanChange, PlanReceipt
from reports.actors import actor_name
from reports.change_lines import plan_text
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import MISSING, date_text, local, moment_text


def plan_matrix(
    changes: Sequence[PlanChange],
    definitions: Definitions,
    org_units: OrgUnits,
    lang: str,
    *,
    blocked: bool = False,
) -> str:
    """A row per indicator, a column per unit, in the order of the workbook.

    Args:
        blocked: an error keeps the plan from being handed down; then nothing will change.
    """
    by_place = {(one.new.indicator, one.new.org_unit): one for one in changes}
    units = [org_units.units[code] for code in dict.fromkeys(unit for _, unit in by_place)]
    heads = "".join(
        f'<th scope="col" class="num">{escape.text(unit.short.get(lang))}</th>' for unit in units
    )
    indicators = [definitions.indicators[id_] for id_ in dict.fromkeys(id_ for id_, _ in by_place)]
    rows = "".join(
        _row(one, [by_place.get((one.id, unit.code)) for unit in units], lang) for one in indicators
    )
    differing = sum(one.differs for one in changes)
    key = "title_blocked" if blocked else "title" if differing else "title_none"
    title = escape.text(say(f"submit.plan.{key}", lang, count=differing, total=len(changes)))
    same = escape.text(say("submit.plan.same", lang, count=len(changes) - differing))
    return (
        f'<section class="card flush plan" lang="{lang}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="cap">{same}</span></div><div class="scroll"><table class="tbl">'
        f'<caption class="sr">{title}</caption><thead><tr><th scope="col">'
        f"{escape.text(say('submit.change.indicator', lang))}</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _row(indicator: Indicator, changes: Sequence[PlanChange | None], lang: str) -> str:
    return (
        f'<tr><th scope="row">{escape.text(indicator.name.get(lang))}'
        f"<small>{escape.text(indicator.unit_of_measure.name.get(lang))}</small></th>"
        f"{''.join(_cell(change, lang) for change in changes)}</tr>"
    )


def _cell(change: PlanChange | None, lang: str) -> str:
    if change is None:
        return f'<td class="num same">{MISSING}</td>'
    new, place = escape.text(plan_text(change.new, lang)), escape.text(str(change.at))
    if not change.differs:
        return f'<td class="num same" title="{place}">{new}</td>'
    if change.old is None:
        before = escape.text(say("submit.plan.none_before", lang))
        return f'<td class="num" title="{place}"><i>{before}</i> <b class="new">{new}</b></td>'
    old = escape.text(plan_text(change.old, lang))
    if old == new:  # only the paper is another: what was made up is decided now
        said = escape.text(say("submit.plan.same_figure", lang))
        return f'<td class="num" title="{place}"><i>{said}</i> <b class="new">{new}</b></td>'
    sr = escape.text(say("submit.plan.becomes", lang))
    return (
        f'<td class="num" title="{place}"><s>{old}</s><span class="sr"> {sr} </span>'
        f' <b class="new">{new}</b></td>'
    )


def plan_head(year: int, decision: str, starts: str, units: int, indicators: int, lang: str) -> str:
    """What the workbook says above its table; what it does not say is named as missing."""
    missing = say("submit.plan.not_stated", lang)
    facts = (
        ("decision", decision or missing),
        ("from", starts or missing),
        ("year", str(year) if year else missing),
        ("extent", say("submit.plan.counted", lang, units=units, indicators=indicators)),
    )
    title = escape.text(say("submit.plan.heading", lang))
    text = escape.text(say("submit.plan.what", lang))
    return (
        f'<section class="card plan-head" lang="{lang}"><h2>{title}</h2><p>{text}</p>'
        f"<dl>{_facts(facts, lang)}</dl></section>"
    )


def plan_receipt(receipt: PlanReceipt, by: str, lang: str) -> str:
    """The receipt on the screen and on paper."""
    heading = escape.text(say("submit.plan.done", lang, code=receipt.code))
    counted = say("submit.plan.laid_down", lang, added=receipt.added, replaced=receipt.replaced)
    facts = (
        ("decision", receipt.decision),
        ("from", date_text(receipt.in_force_from, lang)),
        ("year", str(receipt.year)),
        ("extent", counted),
        ("received", moment_text(local(receipt.adopted_at), lang)),
        ("by", by),
        ("file", receipt.file_name),
        ("note", receipt.note),
        ("explained", receipt.explained),
        ("digest", receipt.digest[:16]),
    )
    where = escape.text(say("submit.plan.where", lang))
    return (
        f'<section class="card say r-met receipt" role="status" lang="{lang}"><h2>{heading}</h2>'
        f'<p><span class="t-met">{glyph("met")}</span>{where}</p>'
        f"<dl>{_facts(facts, lang)}</dl></section>"
    )


def plans_list(receipts: Sequence[PlanReceipt], year: int, lang: str) -> str:
    """The decisions that were handed down for a year, newest first."""
    title = escape.text(say("submit.plan.history", lang, year=year))
    items = "".join(_handed_down(one, lang) for one in receipts)
    return (
        f'<section class="card receipts plans" lang="{lang}"><h2>{title}</h2>'
        f"<ul>{items}</ul></section>"
    )


def _handed_down(one: PlanReceipt, lang: str) -> str:
    count = say("submit.plan.changed", lang, count=one.changed)
    code = say("submit.receipt_code", lang, code=one.code)
    said = " · ".join(filter(None, (one.note, one.explained)))
    why = f'<p class="why">{escape.text(said)}</p>' if said else ""
    return (
        f'<li><div><b>{escape.text(one.decision)}</b><span class="state t-on">{glyph("met")}'
        f'{escape.text(count)}</span></div><small title="{escape.text(one.file_name)}">'
        f"{escape.text(moment_text(local(one.adopted_at), lang))} · "
        f"{escape.text(actor_name(one.adopted_by, lang))} · {escape.text(code)}</small>{why}</li>"
    )


def _facts(facts: Sequence[tuple[str, str]], lang: str) -> str:
    return "".join(
        f"<div><dt>{escape.text(say(f'submit.plan.fact.{key}', lang))}</dt>"
        f"<dd>{escape.text(text)}</dd></div>"
        for key, text in facts
        if text
    )
