"""The published pages themselves: the province, its sectors, districts and indicators.

Words and figures come from the functions the screens ask, so that what is published is what
was seen; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi.definitions import Indicator
from kpi.judgement import Assessment
from reports.cells import fresh_until, updated
from reports.figures.titles import summary, to_date_title
from reports.html import escape
from reports.html.arithmetic_card import quoted
from reports.html.coherence_card import coherence_table
from reports.html.figure_table import to_date_table
from reports.html.strip import counted, lead
from reports.html.summary_card import figures
from reports.indicator_view import IndicatorView
from reports.published.drawing import course_figure
from reports.published.frame import Site
from reports.published.lists import (
    followed,
    indicator_page,
    indicators,
    sector_page,
    strip,
    unit_page,
    units,
)
from reports.published.packing import INDEX
from texts import say
from texts.numbers import date_text, period_name


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Every page of figures with the path it lies at."""
    yield site.path(INDEX), _overview(site)
    for sector in site.found.definitions.sectors:
        yield site.path(sector_page(sector)), _sector(site, sector)
    for unit in site.found.districts:
        yield site.path(unit_page(unit)), _unit(site, unit)
    for indicator in site.found.shown:
        yield site.path(indicator_page(indicator.id)), _indicator(site, indicator)


def _caption(site: Site) -> str:
    period = site.found.stamp.period
    return say(
        "published.caption", site.lang,
        period=period_name(period, site.lang, "to_date"),
        day=date_text(fresh_until(site.found.every), site.lang),
    )  # fmt: skip


def _overview(site: Site) -> str:
    found, lang = site.found, site.lang
    judged = counted(found.province)
    units_named = "".join(
        f"<li>{site.link(INDEX, unit_page(code), _unit_name(site, code))}</li>"
        for code in found.districts
    )
    body = (
        f'<p class="lead">{escape.text(lead(judged, site.words))}</p>{strip(judged, site)}'
        f"{indicators(judged, site, INDEX, _caption(site))}{_legend(site)}"
        f'<div class="later">{followed(found.province, site, INDEX)}'
        f'<h2>{escape.text(say("published.units", lang))}</h2><ul class="units">{units_named}</ul>'
        f"<h2>{escape.text(say('coherence.title', lang))}</h2>"
        f"{coherence_table(found.gaps, site.words)}</div>"
    )
    year = found.stamp.period.year
    return site.page(INDEX, say("published.title", lang, year=year), body)


def _legend(site: Site) -> str:
    return f'<p class="cap">{escape.text(say("published.legend", site.lang))}</p>'


def _sector(site: Site, id_: str) -> str:
    sector, page = site.found.definitions.sectors[id_], sector_page(id_)
    own = [one for one in site.found.province if site.words.indicator(one).sector == id_]
    views = [site.found.views[one.indicator] for one in own if one.indicator in site.found.views]
    linked = (
        (site.link(page, indicator_page(view.indicator.id), _name(view, site)), view)
        for view in views
    )
    drawn = "".join(
        f'<section class="card"><h3>{link}</h3>{_course(view, site)}</section>'
        for link, view in linked
    )
    body = (
        f"{indicators(counted(own), site, page, _caption(site))}{_legend(site)}"
        f'{followed(own, site, page)}{_key(site)}<div class="two">{drawn}</div>'
    )
    return site.page(page, f"{sector.number}. {sector.name.get(site.lang)}", body)


def _name(view: IndicatorView, site: Site) -> str:
    return view.indicator.name.get(site.lang)


def _unit(site: Site, code: str) -> str:
    page, own = unit_page(code), site.found.districts[code]
    judged = counted(own)
    body = (
        f"{strip(judged, site)}{indicators(judged, site, page, _caption(site))}"
        f"{_legend(site)}{followed(own, site, page)}"
    )
    return site.page(page, _unit_name(site, code), body)


def _unit_name(site: Site, code: str) -> str:
    return site.found.org_units.units[code].name.get(site.lang)


# --- one indicator -----------------------------------------------------------------------


def _indicator(site: Site, indicator: Indicator) -> str:
    page = indicator_page(indicator.id)
    own = next((one for one in site.found.province if one.indicator == indicator.id), None)
    view, below = site.found.views.get(indicator.id), site.found.of_indicator(indicator.id)
    parts = [
        _position(own, site) if own is not None else "",
        _drawn(view, site) if view is not None else "",
        _districts(below, site, page),
        _ground(indicator, own, site),
    ]
    return site.page(page, indicator.name.get(site.lang), "".join(parts))


def _position(own: Assessment, site: Site) -> str:
    """The figures of the indicator's screen, its status, and why."""
    words = site.words
    direction = own.target.direction if own.target else None
    facts = "".join(
        f"<div><dt>{escape.text(one.label)}</dt><dd>{escape.text(one.value)}"
        f"<small>{escape.text(one.beside)}</small></dd></div>"
        for one in figures(own, words)
    )
    why = "; ".join([words.why(own), *words.notes(own)]) if own.target or own.value is None else ""
    day, source = updated(own, words)
    said = (
        say("published.source", site.lang, source=source, day=day) if own.value is not None else ""
    )
    return (
        f"<p>{site.chip(own.status, direction, words.status(own))}</p>"
        f"<p>{escape.text(why)}</p>"
        f'<dl class="facts">{facts}</dl><p class="cap">{escape.text(said)}</p>'
    )


def _drawn(view: IndicatorView, site: Site) -> str:
    title = escape.text(to_date_title(view.course, site.lang))
    return (
        f'<section class="card"><h2>{title}</h2>{_key(site)}{_course(view, site)}'
        f"{to_date_table(view.course, site.lang)}</section>"
    )


def _course(view: IndicatorView, site: Site) -> str:
    return course_figure(view.course, summary(view.course, site.lang), site.lang)


def _key(site: Site) -> str:
    """What the lines mean."""
    items = "".join(
        f'<li><i class="{css}"></i>{escape.text(say(f"published.line.{css}", site.lang))}</li>'
        for css in ("ac", "py", "pa", "pl")
    )
    return f'<ul class="key">{items}</ul>'


def _districts(below: tuple[Assessment, ...], site: Site, page: str) -> str:
    if not below:
        said = escape.text(say("published.no_units", site.lang))
        return f'<p class="cap">{said}</p>'
    title = escape.text(say("published.by_unit", site.lang))
    return f"<h2>{title}</h2>{units(below, site, page, _caption(site))}{_legend(site)}"


def _ground(indicator: Indicator, own: Assessment | None, site: Site) -> str:
    """The decree's own words, the notes, and what is held against its parts."""
    words, lang, found = site.words, site.lang, ""
    if indicator.decree is not None:
        clause = escape.text(say("published.clause", lang, clause=indicator.decree.clause))
        document = escape.text(words.definitions.document.get(lang))
        found += (
            f"<h2>{clause}</h2>"
            f'<blockquote lang="vi">{quoted(indicator.decree.quote, indicator.decree.words)}'
            f'</blockquote><p class="cap">{document}</p>'
        )
    notes = "".join(f"<li>{escape.text(note.get(lang))}</li>" for note in indicator.notes)
    found += f"<ul>{notes}</ul>" if notes else ""
    gaps = [gap for gap in site.found.gaps if own and gap.indicator == indicator.id]
    if gaps:
        title = escape.text(say("coherence.title", lang))
        found += f"<h2>{title}</h2>{coherence_table(gaps, words)}"
    return found
