"""The two cards above the table: what a district is strong in, what needs direction.

Three lines each, chosen by ``DistrictView`` (UI 8.3). A line names the indicator in full,
for "services" alone could be a growth or a share, and lays figure and median side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports import standing_words
from reports.district_view import DistrictView, Standing
from reports.html import escape
from reports.html.address import View
from reports.html.chip import LOOK
from reports.html.glyphs import glyph
from reports.html.inquiry_mark import NOBODY_ASKS, Asked, inquiry_mark
from reports.wording import Words
from texts import say


def standouts(found: DistrictView, words: Words, view: View, asked: Asked = NOBODY_ASKS) -> str:
    """Both cards, side by side where there is room."""
    return (
        f'<div class="standouts" lang="{words.lang}">'
        f"{_card('strong', found.strong, words, view, asked)}"
        f"{_card('weak', found.weak, words, view, asked)}"
        "</div>"
    )


def _card(kind: str, shown: Sequence[Standing], words: Words, view: View, asked: Asked) -> str:
    title = escape.text(say(f"district.{kind}.title", words.lang))
    hint = escape.text(say(f"district.{kind}.hint", words.lang))
    lines = "".join(_line(one, words, view, asked) for one in shown)
    body = f"<ul>{lines}</ul>"
    if not shown:
        body = f'<p class="nothing">{escape.text(say(f"district.{kind}.none", words.lang))}</p>'
    return (
        f'<section class="card {kind}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="unit">{hint}</span></div>{body}</section>'
    )


def _line(standing: Standing, words: Words, view: View, asked: Asked) -> str:
    own = standing.own
    shape, token = LOOK[own.status]
    status = words.status(own)
    mark = f'<span class="t-{token}" title="{escape.text(words.why(own))}">'
    mark += f"{glyph(shape, label=status)}</span>"
    value = say("district.no_value", words.lang)
    if own.value is not None:
        value = standing_words.value(standing, words)
    return (
        f'<li>{mark}<span class="nm"><a href="{view.indicator(own.indicator)}">'
        f"{escape.text(words.name(own))}</a>{inquiry_mark(asked, own, words)}</span>"
        f"<b>{escape.text(value)}</b>"
        f'<span class="beside">{escape.text(_beside(standing, words))}</span>'
        f'<span class="place">{escape.text(standing_words.rank(standing, words))}</span></li>'
    )


def _beside(standing: Standing, words: Words) -> str:
    """The district's figure beside the median; without a figure, how many have one."""
    own, lang = standing.own, words.lang
    if own.value is None:
        reported = say("district.reported", lang, count=len(standing.others), of=standing.districts)
        return f"{words.status(own)} · {reported}"
    parts = [words.status(own)]
    if standing_words.is_relative(standing):
        figure = standing_words.own(standing, words)
        parts.append(say(f"district.figure.{standing.by.value}", lang, figure=figure))
    if standing.median is not None:
        figure = standing_words.median(standing, words)
        parts.append(say("district.median", lang, figure=figure))
    return " · ".join([*parts, *words.notes(own)])
