"""The slides of a meeting room's screen: overview, each sector, and whose reports are late.

The same blocks as on the screens, larger and with nothing to click; the style sheet takes
away what a reader at a distance does not need (legend, quotes, trend, dates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpi.completeness import Filing, Report
from kpi.judgement import Assessment
from reports.cells import reporter_name
from reports.completeness_words import brief, state_name
from reports.html import escape, page
from reports.html.address import View
from reports.html.filing_matrix import filing_strip
from reports.html.glyphs import glyph
from reports.html.strip import counted, lead, strip
from reports.html.summary_table import summary_table
from reports.tables import Histories
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

_SHAPES = {
    Filing.LATE: ("late", "risk"),
    Filing.MISSING: ("fail", "off"),
    Filing.TO_FIX: ("edit", "off"),
}
_LISTED = 20  # more would not be read from a chair


@dataclass(frozen=True)
class Slide:
    """One turn of the wall."""

    heading: str
    body: str
    kind: str  # "whole", "sector" or "late": how large the style sheet draws it


def slides(
    assessed: Sequence[Assessment],
    past: Histories,
    reports: Sequence[Report],
    words: Words,
    view: View,
) -> tuple[Slide, ...]:
    """All turns, in order; a sector without a numbered target has none."""
    head = say("overview.title", words.lang, year=view.period.year)
    whole = strip(assessed, words, view) + summary_table(assessed, past, words, view)
    found = [Slide(f"{head} · {period_name(view.period, words.lang)}", whole, "whole")]
    for sector in words.definitions.sectors.values():
        own = [a for a in counted(assessed) if words.indicator(a).sector == sector.id]
        if own:
            said = f'<p class="lead">{escape.text(lead(own, words))}</p>'
            table = summary_table(own, past, words, replace(view, sector=sector.id))
            heading = say("wall.sector", words.lang, name=sector.name.get(words.lang))
            found.append(Slide(heading, said + table, "sector"))
    return *found, Slide(say("wall.late", words.lang), _late(reports, words, view), "late")


def wall(
    slide: Slide, line: str, lang: str, *, away: datetime | None = None, demo: bool = False
) -> str:
    """The slide on the whole screen. ``away``: since when the database does not answer."""
    warning = ""
    if away is not None:
        said = say("wall.away", lang, moment=moment_text(away, lang))
        warning = page.message("error", said, lang)
    banner = page.banner(lang) if demo else ""
    return (
        f'<section class="wall w-{slide.kind}" lang="{lang}"><header>'
        f"<h1>{escape.text(slide.heading)}</h1>{banner}</header>{warning}"
        f'<div class="on">{slide.body}</div><footer>{escape.text(line)}</footer></section>'
    )


def refreshed(fresh: date | None, moment: datetime, number: int, count: int, lang: str) -> str:
    """``Số liệu đến 09/10/2018 · làm mới lúc … · 2/8``."""
    said = say("overview.no_data_yet", lang)
    if fresh is not None:
        said = say("overview.fresh", lang, date=date_text(fresh, lang))
    said = said[:1].upper() + said[1:]
    text = moment_text(moment, lang)
    return say("wall.refreshed", lang, fresh=said, moment=text, number=number, count=count)


def _late(reports: Sequence[Report], words: Words, view: View) -> str:
    late = [one for one in reports if one.state in _SHAPES]
    lang = words.lang
    if not late:
        period = period_name(view.period, lang)
        return page.message("empty", say("wall.nobody_late", lang, period=period), lang)
    counts = filing_strip(reports, words)
    rows = "".join(_row(one, words) for one in late[:_LISTED])
    rest = len(late) - _LISTED
    more = f"<p>{escape.text(say('wall.more', lang, count=rest))}</p>" if rest > 0 else ""
    return f'{counts}<section class="card"><ul class="late">{rows}</ul>{more}</section>'


def _row(report: Report, words: Words) -> str:
    shape, tone = _SHAPES[report.state]
    name = escape.text(reporter_name(report.asked.reporter, words))
    said = brief(report, words.lang)
    if report.state is Filing.MISSING:  # how many days over alone does not say of what
        said = f"{state_name(report, words.lang)}, {said}"
    text = escape.text(said[:1].upper() + said[1:])
    return f'<li><b>{name}</b><span class="t-{tone}">{glyph(shape)} {text}</span></li>'
