"""The mark beside a status light: somebody has asked for an explanation of this figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi.inquiries import Inquiry
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
