"""How it was judged: the statuses and their thresholds, for whoever reads the published pages."""

from __future__ import annotations

from kpi.judgement import Status
from kpi.rounding import half_away
from reports.html import escape
from reports.published.frame import Site
from reports.published.packing import METHOD
from texts import say
from texts.numbers import as_stated

_SHOWN = (
    Status.EXCEEDED, Status.MET, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK,
    Status.MISSED, Status.INCOMPLETE, Status.NOT_DUE, Status.NOT_ASSESSABLE, Status.FOLLOWED,
)  # fmt: skip
_RULES = ("plan", "pace", "year_end", "previous", "conversion", "sums", "rounding", "approved")


def method_page(site: Site) -> str:
    """Statuses with what they mean, then the rules in a few sentences."""
    rows = "".join(
        f'<tr><td class="st">{site.chip(status)}</td><td>{_meaning(status, site)}</td></tr>'
        for status in _SHOWN
    )
    rules = "".join(
        f"<li>{escape.text(say(f'published.rule.{name}', site.lang))}</li>" for name in _RULES
    )
    title = say("published.way.method", site.lang)
    body = (
        f"<table><tbody>{rows}</tbody></table>"
        f"<h2>{escape.text(say('published.rules', site.lang))}</h2><ul>{rules}</ul>"
    )
    return site.page(METHOD, title, body)


def _meaning(status: Status, site: Site) -> str:
    """The thresholds are the definitions' defaults; an indicator may have its own."""
    default = next(iter(site.found.definitions.indicators.values())).thresholds
    on, risk = (
        as_stated(half_away(part, 3), site.lang)
        for part in (default.on_track_from, default.at_risk_from)
    )
    return escape.text(say(f"published.meaning.{status.value}", site.lang, on=on, risk=risk))
