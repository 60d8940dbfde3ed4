"""The head of the indicator page: where one is, the title, who answers for the figures."""

from __future__ import annotations

from kpi.definitions import OWN_UNIT, Indicator, Level, Measure, OrgUnit, Role
from kpi.periods import Period
from reports.html import escape
from reports.html.address import View
from reports.html.page import message
from reports.wording import Words
from texts import say
from texts.numbers import period_name

PATH = "/chi-tieu"
ASK_PATH = "/giai-trinh"
_DEFAULT_LANGUAGE = "vi"


def address(indicator: str, period: Period, org_unit: str | None, lang: str) -> str:
    """The page's own address for an indicator, ready for ``href``."""
    return escape.link(PATH, ma=indicator, ky=period.code, don_vi=org_unit, lang=_stated(lang))


def _stated(lang: str) -> str | None:
    return None if lang == _DEFAULT_LANGUAGE else lang


def head(indicator: Indicator, org_unit: OrgUnit, period: Period, words: Words) -> str:
    """Breadcrumb, h1 and one caption line."""
    lang = words.lang
    province = words.org_units.province
    home = escape.link("/", ky=period.code, lang=_stated(lang))
    sector = escape.text(words.definitions.sectors[indicator.sector].name.get(lang))
    field = escape.link("/linh-vuc", linh_vuc=indicator.sector, ky=period.code, lang=_stated(lang))
    crumbs = [
        f'<a href="{home}" target="_self">{escape.text(say("nav.overview", lang))}</a>',
        f'<a href="{field}" target="_self">{sector}</a>',
    ]
    if org_unit.code != province.code:
        up = address(indicator.id, period, None, lang)
        whole = escape.text(say("overview.whole_province", lang))
        crumbs.append(f'<a href="{up}" target="_self">{whole}</a>')
        own = View(period, lang=lang, org_unit=org_unit.code).district()
        crumbs.append(f'<a href="{own}" target="_self">{escape.text(org_unit.name.get(lang))}</a>')
    trail = " › ".join(crumbs)
    return (
        f'<header class="title" lang="{lang}"><nav class="crumb" '
        f'aria-label="{escape.text(say("indicator.crumb", lang))}">{trail}</nav>'
        f"<h1>{escape.text(indicator.name.get(lang))}</h1>"
        f"<p>{escape.text(_caption(indicator, org_unit, words))}</p></header>"
    )


def _caption(indicator: Indicator, org_unit: OrgUnit, words: Words) -> str:
    lang = words.lang
    numbered = [one.id for one in words.definitions.numbered()]
    parts = [indicator.unit_of_measure.name.get(lang), _how(indicator, lang)]
    if indicator.id in numbered:
        number = say("indicator.number", lang, number=numbered.index(indicator.id) + 1)
        parts.insert(0, number)
    parts.append(_responsible(indicator, org_unit, words))
    return " · ".join(part for part in parts if part)


def _how(indicator: Indicator, lang: str) -> str:
    if indicator.annual:
        return say("indicator.measured.annual", lang)
    return say(f"indicator.measured.{indicator.measure.value}", lang)


def _responsible(indicator: Indicator, org_unit: OrgUnit, words: Words) -> str:
    rule = indicator.levels.get(org_unit.level)
    if rule is None:
        return ""
    if rule.reporter is None:
        by = "ratio" if indicator.numerator else "sum"
        key = by if org_unit.level is Level.PROVINCE else "own_ratio"
        return say(f"indicator.computed.{key}", words.lang)
    if rule.reporter == OWN_UNIT:
        who = org_unit.name.get(words.lang)
    else:
        who = words.definitions.agencies[rule.reporter].short.get(words.lang)
    return say("indicator.responsible", words.lang, who=who)


def choices(current: Indicator, words: Words) -> dict[str, str]:
    """The indicators as the select names them: ``9 · Thu ngân sách nhà nước``.

    Inputs of ratios are not offered; a link may lead to one all the same.
    """
    numbers = {one.id: n for n, one in enumerate(words.definitions.numbered(), 1)}
    names = {}
    for one in words.definitions.indicators.values():
        if one.role is not Role.INPUT or one.id == current.id:
            name = one.name.get(words.lang)
            names[one.id] = f"{numbers[one.id]} · {name}" if one.id in numbers else name
    return names


def period_option(period: Period, lang: str) -> str:
    """A period as the select names it: ``Quý III/2018 (luỹ kế 9 tháng)``."""
    quarter = period_name(period, lang)
    key = {1: "period_option_first", 4: "period_option_year"}.get(period.quarter, "period_option")
    return say(f"overview.{key}", lang, quarter=quarter, months=period_name(period, lang, "months"))


def way_to_ask(indicator: Indicator, org_unit: OrgUnit, period: Period, lang: str) -> str:
    """The link to a question about this figure."""
    href = escape.link(
        ASK_PATH, hoi="1", ma=indicator.id, don_vi=org_unit.code, ky=period.code, lang=_stated(lang)
    )
    words = escape.text(say("inquiries.ask", lang))
    return f'<p class="way" lang="{lang}"><a href="{href}">{words}</a></p>'


def column_period(indicator: Indicator, period: Period, lang: str) -> str:
    """The period as a table's head says it: ``9 tháng``, ``hết quý III``, ``Năm 2018``."""
    if indicator.annual:
        return period_name(period.at_quarter(0), lang)
    if indicator.measure is Measure.STOCK or period.quarter == 1:
        return period_name(period, lang)
    text = period_name(period, lang, "months")
    return text[:1].upper() + text[1:]


def not_at_level(indicator: Indicator, org_unit: OrgUnit, period: Period, words: Words) -> str:
    """A sentence and a way on where the figure does not exist for the unit."""
    name = indicator.name.get(words.lang)
    if org_unit.level is Level.DISTRICT:
        text = say("indicator.rank.not_by_district", words.lang, name=name)
        way = say("indicator.to_province", words.lang)
        href = address(indicator.id, period, None, words.lang)
    else:
        text = say("indicator.not_by_province", words.lang, name=name)
        way = say("indicator.to_overview", words.lang)
        href = escape.link("/", ky=period.code, lang=_stated(words.lang))
    link = f'<p class="way"><a href="{href}" target="_self">{escape.text(way)}</a></p>'
    return message("empty", text, words.lang) + link
