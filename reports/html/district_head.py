"""The head of a district's scorecard: where one is, whose it is, the conclusion in words."""

from __future__ import annotations

from kpi.definitions import OrgUnit
from kpi.periods import Period
from reports.cells import freshness
from reports.district_view import DistrictView
from reports.html import escape, overview, page
from reports.html.address import View
from reports.html.strip import counts
from reports.wording import Words
from texts import say
from texts.numbers import period_name


def head(found: DistrictView, words: Words, view: View) -> str:
    """Breadcrumb, h1 and one caption line."""
    lang, unit = words.lang, found.org_unit
    home = View(view.period, lang=view.lang).overview()
    trail = (
        f'<a href="{home}">{escape.text(say("nav.overview", lang))}</a> › '
        f"{escape.text(say('district.all', lang))}"
    )
    parts = [overview.option(found.period, lang)]
    if unit.cluster is not None:
        parts.append(words.org_units.clusters[unit.cluster].name.get(lang))
    fresh = page.freshness(freshness(found.judged, words))
    return (
        f'<header class="title" lang="{lang}"><nav class="crumb" '
        f'aria-label="{escape.text(say("indicator.crumb", lang))}">{trail}</nav>'
        f"<h1>{escape.text(unit.name.get(lang))}</h1>"
        f"<p>{escape.text(' · '.join(parts))} · {fresh}</p></header>"
    )


def lead(found: DistrictView, words: Words) -> str:
    """The conclusion in one sentence, with the strip's own counts."""
    lang, name = words.lang, found.org_unit.short.get(words.lang)
    judged = [s.own for s in found.targeted]
    if not any(a.value is not None for a in judged):
        when = period_name(found.period, lang, "inside")
        return say("district.lead.nothing", lang, unit=name, period=when)
    number = counts(judged)
    good, missing = number["met"] + number["on_track"], number["incomplete"] + number["not_due"]
    key = "all" if good == len(judged) else "some"
    said = say(
        f"district.lead.{key}",
        lang,
        unit=name,
        good=good,
        count=len(judged),
        above=len(found.above),
    )
    if missing:
        said += " " + say("overview.lead.missing", lang, missing=missing)
    return said


def choices(districts: tuple[OrgUnit, ...], lang: str) -> dict[str, str]:
    """The districts as the select names them, in their official order."""
    return {unit.code: unit.short.get(lang) for unit in districts}


def neighbours(districts: tuple[OrgUnit, ...], current: OrgUnit) -> tuple[OrgUnit, OrgUnit]:
    """The district before and the one after, round the whole list."""
    place = districts.index(current)
    return districts[place - 1], districts[(place + 1) % len(districts)]


def period_options(periods: list[Period], lang: str) -> dict[str, str]:
    return {period.code: overview.option(period, lang) for period in periods}
