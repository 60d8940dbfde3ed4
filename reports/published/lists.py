"""The tables of the published pages: indicators of a unit, units of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kpi.judgement import Assessment, Status
from reports.cells import variance
from reports.html import escape
from reports.html.bullet import drawing
from reports.html.chip import LOOK
from reports.html.glyphs import drawn
from reports.html.strip import GROUPS, counts
from reports.published.drawing import bullet
from reports.published.frame import Site
from texts import say

_COLUMNS = ("number", "name", "unit", "plan", "value", "variance", "bullet", "status")
_CSS = {"number": "tt", "name": "nm", "unit": "un", "plan": "pl", "value": "va",
        "variance": "vr", "bullet": "bl", "status": "st"}  # fmt: skip


def strip(judged: Sequence[Assessment], site: Site) -> str:
    """How many indicators stand how."""
    number = counts(judged)
    cells = "".join(
        f"<li><b>{drawn(LOOK[statuses[0]][0])}{number[key]}</b>"
        f"{escape.text(say(f'status.{key}', site.lang))}</li>"
        for key, statuses in GROUPS.items()
    )
    return f'<ul class="strip">{cells}</ul>'


def indicators(judged: Sequence[Assessment], site: Site, page: str, caption: str) -> str:
    """The indicators of one unit by sector, each with a link to its page."""
    words = site.words
    numbers = {i.id: n for n, i in enumerate(words.definitions.numbered(), start=1)}
    body = ""
    for id_, members in groupby(judged, key=lambda one: words.indicator(one).sector):
        sector = words.definitions.sectors[id_]
        named = f"{sector.number}. {sector.name.get(site.lang)}"
        link = site.link(page, sector_page(id_), named)
        heading = f'<th colspan="{len(_COLUMNS)}" scope="rowgroup">{link}</th>'
        rows = "".join(
            _row(one, site, str(numbers.get(one.indicator, "")),
                 site.link(page, indicator_page(one.indicator), words.name(one)))
            for one in members
        )  # fmt: skip
        body += f'<tbody><tr class="group">{heading}</tr>{rows}</tbody>'
    return _table(body, site, caption)


def units(judged: Sequence[Assessment], site: Site, page: str, caption: str) -> str:
    """One indicator in the districts, in official order."""
    named = site.words.org_units.units
    rows = "".join(
        _row(one, site, str(n),
             site.link(page, unit_page(one.org_unit), named[one.org_unit].short.get(site.lang)))
        for n, one in enumerate(judged, start=1)
    )  # fmt: skip
    return _table(f"<tbody>{rows}</tbody>", site, caption, "org_unit")


def followed(judged: Sequence[Assessment], site: Site, page: str) -> str:
    """What has no target: name and figure."""
    words = site.words
    rows = "".join(
        f"<tr><th scope=row>{site.link(page, indicator_page(one.indicator), words.name(one))}</th>"
        f'<td class="un">{escape.text(words.unit(one))}</td>'
        f'<td class="num">{escape.text(words.value(one))}</td></tr>'
        for one in judged
        if one.status is Status.FOLLOWED
    )
    if not rows:
        return ""
    title = escape.text(say("published.followed", site.lang))
    return f"<h2>{title}</h2><table><tbody>{rows}</tbody></table>"


def indicator_page(indicator: str) -> str:
    return f"chi-tieu/{indicator}.html"


def sector_page(sector: str) -> str:
    return f"linh-vuc/{sector}.html"


def unit_page(unit: str) -> str:
    return f"huyen-tp/{unit}.html"


def _table(body: str, site: Site, caption: str, names: str = "name") -> str:
    """``names``: the text over the names of the rows."""
    texts = {name: names if name == "name" else name for name in _COLUMNS}
    heads = "".join(
        f'<th scope="col" class="{_CSS[name]}">'
        f"{escape.text(say(f'published.column.{text}', site.lang))}</th>"
        for name, text in texts.items()
    )
    # what the narrow layout says before a figure, once for all rows
    said = "".join(
        f"--{name}:&quot;{escape.text(say(f'published.column.{key}', site.lang))} &quot;;"
        for name, key in (("plan", "plan"), ("done", "value"))
    )
    return (
        f'<table class="sum" style="{said}"><caption>{escape.text(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead>{body}</table>"
    )


def _row(one: Assessment, site: Site, number: str, name: str) -> str:
    words = site.words
    direction = one.target.direction if one.target else None
    picture = bullet(drawing(one), words.bullet_sentence(one))
    unit = escape.text(words.unit(one))
    return (
        f'<tr data-indicator="{one.indicator}" data-unit="{one.org_unit}" '
        f'data-status="{one.status.value}"><td class="tt">{number}</td>'
        f'<th scope="row" class="nm">{name}</th><td class="un">{unit}</td>'
        f'<td class="pl">{escape.text(words.plan(one))}</td>'
        f'<td class="va" data-unit="{unit}">{escape.text(words.value(one))}</td>'
        f'<td class="vr">{escape.text(variance(one, words).text)}</td>'
        f'<td class="bl">{picture}</td>'
        f'<td class="st">{site.chip(one.status, direction, words.status(one))}</td></tr>'
    )
