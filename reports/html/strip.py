"""The headline strip: one sentence, and one figure per status that filters the table.

The sentence's numbers and the cells' counts come from the same assessments, so they
cannot differ (UI 12.7). A cell is a link that sets or clears the filter in the address;
it works without script and can be shared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from kpi.judgement import Assessment, Status
from reports.html import escape
from reports.html.address import View
from reports.html.chip import LOOK
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say
from texts.numbers import period_name

# One cell per key, with the statuses it counts, in the order of the strip.
GROUPS: Mapping[str, tuple[Status, ...]] = {
    "met": (Status.MET, Status.EXCEEDED),
    "on_track": (Status.ON_TRACK,),
    "at_risk": (Status.AT_RISK,),
    "off_track": (Status.OFF_TRACK, Status.MISSED),
    "incomplete": (Status.INCOMPLETE,),
    "not_due": (Status.NOT_DUE, Status.NOT_ASSESSABLE),
}
Address = Callable[[View], str]  # of the screen that shows a view
_GOOD = ("met", "on_track")
_BAD = ("at_risk", "off_track")
_WITHOUT_FIGURE = ("incomplete", "not_due")


def counted(assessed: Iterable[Assessment]) -> list[Assessment]:
    """Those that have a target; the followed ones are not counted."""
    return [a for a in assessed if a.status is not Status.FOLLOWED]


def group_of(status: Status) -> str | None:
    """The cell a status belongs to; None for followed indicators."""
    return next((key for key, statuses in GROUPS.items() if status in statuses), None)


def counts(assessed: Iterable[Assessment]) -> dict[str, int]:
    """How many indicators each cell counts; zero counts stay."""
    found = Counter(group_of(a.status) for a in assessed)
    return {key: found[key] for key in GROUPS}


def lead(assessed: Sequence[Assessment], words: Words) -> str:
    """The conclusion in one sentence, made from the counts."""
    judged = counted(assessed)
    number = counts(judged)
    count, good = len(judged), sum(number[key] for key in _GOOD)
    bad = [a for a in judged if group_of(a.status) in _BAD]
    without = sum(number[key] for key in _WITHOUT_FIGURE)
    if not any(a.value is not None for a in judged):
        period = period_name(judged[0].period, words.lang, "inside") if judged else ""
        return say("overview.lead.nothing", words.lang, period=period)
    if bad:
        name = in_sentence(words.short_name(min(bad, key=_severity)))
        key, facts = "some", {"bad": len(bad), "worst": name}
    else:
        key, facts = ("all_well" if good == count else "none_bad"), {}
    sentence = say(f"overview.lead.{key}", words.lang, good=good, count=count, **facts)
    if without:
        sentence += " " + say("overview.lead.missing", words.lang, missing=without)
    return sentence


def strip(
    assessed: Sequence[Assessment],
    words: Words,
    view: View,
    *,
    sentence: str | None = None,
    address: Address = View.overview,
) -> str:
    """The whole strip as one block.

    Args:
        sentence: another conclusion than the province's ``lead``.
        address: the screen the cells lead to, with the filter set or cleared.
    """
    number = counts(assessed)
    cells = "".join(_cell(key, number[key], words, view, address) for key in GROUPS)
    said = lead(assessed, words) if sentence is None else sentence
    label = escape.text(say("overview.strip.label", words.lang))
    return (
        f'<section class="strip" lang="{words.lang}">'
        f'<p class="lead">{escape.text(said)}</p>'
        f'<nav class="cells" aria-label="{label}">{cells}</nav></section>'
    )


def filtering(
    assessed: Sequence[Assessment], words: Words, view: View, address: Address = View.overview
) -> str:
    """The line that says which filter is on and takes it off; nothing without a filter."""
    if view.status is None:
        return ""
    status = say(f"status.{view.status}", words.lang)
    said = say(
        "overview.strip.filtering",
        words.lang,
        status=status,
        count=counts(assessed)[view.status],
    )
    clear = escape.text(say("overview.strip.clear", words.lang))
    href = address(view.toggled(view.status))
    return (
        f'<p class="filtering" lang="{words.lang}">{escape.text(said)} · '
        f'<a href="{href}">{clear}</a></p>'
    )


def _cell(key: str, count: int, words: Words, view: View, address: Address) -> str:
    shape, token = LOOK[GROUPS[key][0]]
    pressed = "true" if view.status == key else "false"
    tone = "none" if count == 0 else f"t-{token}"
    return (
        f'<a class="cell {tone}" role="button" aria-pressed="{pressed}" '
        f'href="{address(view.toggled(key))}">'
        f"<b>{glyph(shape)}{count}</b>"
        f"<span>{escape.text(say(f'status.{key}', words.lang))}</span></a>"
    )


def _severity(assessment: Assessment) -> tuple[bool, Decimal]:
    """Lowest first: behind before at risk, then by ratio, or attainment where there is none."""
    behind = group_of(assessment.status) == "off_track"
    ratio = assessment.ratio
    if ratio is None and assessment.attainment is not None:
        ratio = assessment.attainment / 100
    return not behind, Decimal(1) if ratio is None else ratio


def in_sentence(name: str) -> str:
    """A name inside a sentence starts small, unless its first word is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
