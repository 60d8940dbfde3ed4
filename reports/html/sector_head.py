"""The words around a sector's panels: title, finding, legend, each panel's head, notes."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.definitions import Indicator, Level, Sector
from kpi.status import group_status
from reports.cells import freshness, reporter_name
from reports.figures import drawn_marks, summary
from reports.html import escape, page
from reports.html.chip import chip
from reports.html.indicator_head import address
from reports.html.inquiry_mark import NOBODY_ASKS, Asked, inquiry_mark
from reports.html.strip import in_sentence
from reports.indicator_view import IndicatorView
from reports.sector_view import SectorView
from reports.sector_words import listed, panels_title
from reports.wording import Words
from texts import say
from texts.numbers import period_name

_SPANS = {1: "first_quarter", 4: "whole_year"}
_MARKS = ("ac", "py", "plan", "pace", "fc", "wait")


def head(view: SectorView, words: Words) -> str:
    """Where one is, the sector's name, and one caption line."""
    lang = words.lang
    home = escape.link("/", ky=view.period.code, lang=None if lang == "vi" else lang)
    overview = escape.text(say("nav.overview", lang))
    trail = f'<a href="{home}" target="_self">{overview}</a> › '
    trail += escape.text(say("sector.crumb", lang))
    return (
        f'<header class="title" lang="{lang}"><nav class="crumb" '
        f'aria-label="{escape.text(say("indicator.crumb", lang))}">{trail}</nav>'
        f"<h1>{escape.text(view.sector.name.get(lang))}</h1>"
        f"<p>{_caption(view, words)}</p></header>"
    )


def _caption(view: SectorView, words: Words) -> str:
    lang, period = words.lang, view.period
    months = period_name(period, lang, "months")
    span = _SPANS.get(period.quarter, "to_date")
    parts = [
        say("sector.number", lang, number=view.sector.number),
        say(f"overview.{span}", lang, months=months, year=period.year),
        *_reporters(view, words),
    ]
    fresh = page.freshness(freshness(view.judged, words))
    return f"{escape.text(' · '.join(parts))} · {fresh}"


def _reporters(view: SectorView, words: Words) -> list[str]:
    """The agencies that answer for the province's figures."""
    rules = [panel.indicator.levels.get(Level.PROVINCE) for panel in view.panels]
    names = [rule.reporter for rule in rules if rule is not None and rule.reporter]
    return [reporter_name(name, words) for name in dict.fromkeys(names)]


# --- panels ------------------------------------------------------------------------------


def panels_head(view: SectorView, words: Words) -> str:
    """The finding over all panels, and what their marks mean."""
    title = escape.text(panels_title(view, words))
    return (
        f'<div class="panels-head" lang="{words.lang}"><h2>{title}</h2>'
        f"{_group(view.panels, words)}{_legend(view, words)}</div>"
    )


def _group(panels: Sequence[IndicatorView], words: Words) -> str:
    """One status for targets that are judged together ("giảm cả 3 tiêu chí")."""
    groups = {panel.indicator.group for panel in panels}
    if len(panels) < 2 or len(groups) != 1 or None in groups:
        return ""
    status = group_status(panel.judged.status for panel in panels)
    said = escape.text(say("sector.group", words.lang))
    return f'<span class="together">{said} {chip(status, words.lang)}</span>'


def _legend(view: SectorView, words: Words) -> str:
    drawn = {mark for panel in view.panels for mark in drawn_marks(panel.course)}
    drawn |= {"ac"} if view.panels else set()
    year = view.period.year
    entries = "".join(
        f'<li><i class="k-{mark}"></i>{escape.text(_mark(mark, year, words.lang))}</li>'
        for mark in _MARKS
        if mark in drawn
    )
    return f'<ul class="fig-legend" aria-hidden="true">{entries}</ul>' if entries else ""


def _mark(mark: str, year: int, lang: str) -> str:
    return say(f"sector.legend.{mark}", lang, year=year - 1 if mark == "py" else year)


def panel_head(panel: IndicatorView, words: Words, asked: Asked = NOBODY_ASKS) -> str:
    """Name (to the indicator's page), unit, status; and the figure as a sentence."""
    lang, judged = words.lang, panel.judged
    direction = judged.target.direction if judged.target else None
    why = words.told(judged)
    mark = chip(judged.status, lang, why=why, direction=direction)
    mark = f'<span class="light">{mark}{inquiry_mark(asked, judged, words)}</span>'
    href = address(panel.indicator.id, panel.period, None, lang)
    aria = escape.text(summary(panel.course, lang))
    return (
        f'<div class="panel-head" lang="{lang}"><h3><a href="{href}" target="_self">'
        f"{escape.text(panel.indicator.short.get(lang))}</a></h3>{mark}"
        f'<p class="unit">{escape.text(_unit(panel.indicator, lang))}</p></div>'
        f'<p class="sr" lang="{lang}">{aria}</p>'
    )


def _unit(indicator: Indicator, lang: str) -> str:
    """``%, từ đầu năm``: the unit, and what the figure of a quarter holds."""
    key = "annual" if indicator.annual else indicator.measure.value
    unit = indicator.unit_of_measure.label.get(lang)
    return f"{unit}, {say(f'sector.measured.{key}', lang)}"


# --- notes -------------------------------------------------------------------------------


def notes_card(view: SectorView, words: Words) -> str:
    """What readers of these figures have to know."""
    title = escape.text(say("sector.notes.title", words.lang))
    body = _notes(view, words)
    if not body:
        return ""
    return f'<section class="card notes" lang="{words.lang}"><h2>{title}</h2>{body}</section>'


def _notes(view: SectorView, words: Words) -> str:
    lang = words.lang
    said = []
    for panel in view.panels:
        indicator = panel.indicator
        if indicator.share_group and view.structure is not None:
            continue  # the structure card says it where it is seen
        said += [f"{indicator.short.get(lang)}: {note.get(lang)}" for note in indicator.notes]
    said += _bases(view, words)
    entries = "".join(f"<li>{escape.text(text)}</li>" for text in dict.fromkeys(said))
    return f"<ul>{entries}</ul>" if entries else ""


def _bases(view: SectorView, words: Words) -> list[str]:
    """Figures of one name that are measured of two things at the two levels."""
    lang, bases = words.lang, words.definitions.bases
    found: dict[tuple[str, str], list[str]] = {}
    for panel in view.panels:
        levels = panel.indicator.levels
        if Level.DISTRICT in levels:
            pair = (levels[Level.PROVINCE].basis, levels[Level.DISTRICT].basis)
            found.setdefault(pair, []).append(panel.indicator.short.get(lang))
    return [
        say(
            "sector.notes.basis",
            lang,
            names=listed([names[0], *map(in_sentence, names[1:])], lang),
            province=bases[province].name.get(lang),
            district=bases[district].name.get(lang),
        )
        for (province, district), names in found.items()
        if province != district
    ]


def choices(sectors: Sequence[Sector], lang: str) -> dict[str, str]:
    """The sectors as the select names them: ``II · Cơ cấu kinh tế``."""
    return {sector.id: f"{sector.number} · {sector.name.get(lang)}" for sector in sectors}


def ranked_choices(view: SectorView, words: Words) -> dict[str, str]:
    """The indicators that districts can be ranked by."""
    indicators = words.definitions.indicators
    return {name: indicators[name].name.get(words.lang) for name in view.districts}


def ranks_title(lang: str) -> str:
    """The heading over the districts."""
    return f'<h2 lang="{lang}">{escape.text(say("sector.ranks", lang))}</h2>'
