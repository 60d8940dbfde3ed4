"""Where a question shows outside its own screen: at the status light, and to who answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi.inquiries import TO_ANSWER, Inquiry
from kpi.judgement import Assessment
from kpi.periods import Period
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say

PATH = "/giai-trinh"
Asked = Mapping[str, Sequence[Inquiry]]  # open inquiries of one period, by indicator
NOBODY_ASKS: Asked = {}


def open_at(inquiries: Iterable[Inquiry], period: Period) -> dict[str, list[Inquiry]]:
    """The open ones about figures of a period."""
    found: dict[str, list[Inquiry]] = {}
    for one in inquiries:
        if one.is_open and one.question.period == period:
            found.setdefault(one.question.indicator, []).append(one)
    return found


def waiting_line(inquiries: Iterable[Inquiry], reporter: str, lang: str) -> str:
    """Where a reporter sends its report: how many answers are awaited; nothing where none is."""
    count = sum(one.owner == reporter and one.state in TO_ANSWER for one in inquiries)
    if not count:
        return ""
    stated = None if lang == "vi" else lang
    href = escape.link(PATH, don_vi=reporter, trang_thai="mo", lang=stated)
    said = escape.text(say("inquiries.to_answer", lang, count=count))
    return (
        f'<section class="card say r-risk" lang="{lang}"><p><span class="t-risk">{glyph("ask")}'
        f'</span><a href="{href}">{said}</a></p></section>'
    )


def inquiry_mark(asked: Asked, assessment: Assessment, words: Words) -> str:
    """The mark of a light; nothing where nobody asks. On the province's own light the
    questions about its districts count as well."""
    province, lang = words.org_units.province.code, words.lang
    about = [
        one
        for one in asked.get(assessment.indicator, ())
        if assessment.org_unit in (province, one.question.org_unit)
    ]
    if not about:
        return ""
    stated = None if lang == "vi" else lang
    if len(about) == 1:
        (one,) = about
        state = say(f"inquiries.state.{one.state.value}", lang)
        said = say("inquiries.light_mark", lang, number=one.id, state=state)
        href = escape.link(PATH, so=str(one.id), lang=stated)
    else:
        said = say("inquiries.light_marks", lang, count=len(about))
        href = escape.link(
            PATH, ma=assessment.indicator, ky=assessment.period.code, trang_thai="mo", lang=stated
        )
    count = f"<b>{len(about)}</b>" if len(about) > 1 else ""
    return (
        f'<a class="asked" href="{href}" aria-label="{escape.text(said)}" '
        f'title="{escape.text(said)}">{glyph("ask")}{count}</a>'
    )
