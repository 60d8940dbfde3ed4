"""The card around a figure and the table that says the same in numbers.

A picture is never the only way to a number: the heading carries the finding and the unit,
a sentence stands for the drawing, and the table twin has every value that was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.judgement import Forecast
from kpi.targets import TargetKind
from reports.figures import undecided
from reports.figures.canvas import categories, figures_of, forecast_text, plan_text
from reports.figures.course import Course
from reports.figures.titles import quarters_title, single_summary, summary, to_date_title
from reports.html import escape
from texts import say
from texts.numbers import MISSING


def to_date_head(course: Course, lang: str) -> str:
    """Title, unit and spoken sentence of the to-date figure."""
    return _head(course, to_date_title(course, lang), summary(course, lang), lang)


def quarters_head(course: Course, lang: str) -> str:
    """The same of the single quarters."""
    return _head(course, quarters_title(course, lang), single_summary(course, lang), lang)


def no_quarters(course: Course, lang: str) -> str:
    """The card that says why an indicator has no single quarters."""
    kind = "annual" if course.indicator.annual else course.indicator.measure.value
    title = escape.text(say("indicator.no_quarters", lang))
    text = escape.text(say(f"indicator.no_quarters_{kind}", lang))
    return f'<section class="card instead" lang="{lang}"><h2>{title}</h2><p>{text}</p></section>'


def _head(course: Course, title: str, aria: str, lang: str) -> str:
    """Finding at the left, unit of measure at the right, and the sentence for readers."""
    unit = course.indicator.unit_of_measure.label.get(lang)
    return (
        f'<div class="card-head" lang="{lang}"><h2>{escape.text(title)}</h2>'
        f'<span class="unit">{escape.text(unit)}</span></div>'
        f'<p class="sr" lang="{lang}">{escape.text(aria)}</p>'
    )


def caption(text: str, lang: str) -> str:
    """A small line below a figure; nothing for no text."""
    return f'<p class="cap" lang="{lang}">{escape.text(text)}</p>' if text else ""


def legend(course: Course, lang: str) -> str:
    """The four kinds of bars; only those that are drawn."""
    singles = course.singles()
    keys = (
        ("py", "figure.last_year", any(s.previous is not None for s in singles)),
        ("pl", "figure.plan", any(s.expected is not None for s in singles)),
        ("ac", "figure.actual", any(s.value is not None for s in singles)),
        ("fc", "figure.forecast", any(s.forecast is not None for s in singles)),
        ("wait", "note.unapproved", course.unapproved),
    )
    entries = "".join(
        f'<li><i class="k-{key}"></i>{escape.text(say(text, lang, year=course.year - 1))}</li>'
        for key, text, drawn in keys
        if drawn
    )
    return f'<ul class="fig-legend" lang="{lang}" aria-hidden="true">{entries}</ul>'


def rings(course: Course, lang: str) -> str:
    """What a hollow dot means, where the to-date figure has one."""
    if not course.unapproved:
        return ""
    said = escape.text(say("note.unapproved", lang))
    return (
        f'<ul class="fig-legend" lang="{lang}" aria-hidden="true">'
        f'<li><i class="k-ring"></i>{said}</li></ul>'
    )


def to_date_table(course: Course, lang: str) -> str:
    """Every value of the to-date figure."""
    forecast = course.judged.forecast
    last = len(course.steps) - 1
    shows_plan = course.target is not None and course.kind is not TargetKind.BELOW_PREVIOUS
    done = _written(course, [s.value for s in course.steps], lang)
    waits = [s.unapproved for s in course.steps]
    columns: list[tuple[str, Sequence[str]]] = [
        (say("figure.actual", lang), undecided.marked(done, waits, lang)),
    ]
    if course.paced:
        expected = [s.expected for s in course.steps]
        columns.append((say("figure.pace", lang), _written(course, expected, lang, fine=True)))
    if not course.indicator.annual:
        previous = _written(course, [s.previous for s in course.steps], lang)
        waits = [s.previous_unapproved for s in course.steps]
        name = say("figure.last_year", lang, year=course.year - 1)
        columns.append((name, undecided.marked(previous, waits, lang)))
    if forecast is not None and not course.judged.period.is_final:
        said = _ahead(course, forecast, lang)
        columns.append((say("figure.forecast", lang), ["", *[""] * (last - 1), said]))
    if shows_plan:
        columns.append((say("figure.plan", lang), [*[""] * last, plan_text(course, lang)]))
    return _table(course, categories(course, lang), columns, lang)


def quarters_table(course: Course, lang: str) -> str:
    """Every value of the single-quarter figure."""
    singles = course.singles()
    none = [False] * len(singles)
    named: list[tuple[str, Sequence[Decimal | None], Sequence[bool]]] = [
        (say("figure.actual", lang), [s.value for s in singles], [s.unapproved for s in singles]),
        (say("figure.plan", lang), [s.expected for s in singles], none),
        (say("figure.last_year", lang, year=course.year - 1), [s.previous for s in singles],
         [s.previous_unapproved for s in singles]),
    ]  # fmt: skip
    columns = [
        (name, undecided.marked(_written(course, values, lang, fine=True), waits, lang))
        for name, values, waits in named
        if any(value is not None for value in values)
    ]
    if any(s.ahead for s in singles):
        ahead = [_ahead(course, s.ahead, lang, fine=True) if s.ahead else MISSING for s in singles]
        columns.append((say("figure.forecast", lang), ahead))
    return _table(course, categories(course, lang, single=True), columns, lang)


def _written(
    course: Course, values: Sequence[Decimal | None], lang: str, *, fine: bool = False
) -> list[str]:
    return [text.rstrip("%") for text in figures_of(course, values, lang, fine=fine)]


def _ahead(course: Course, ahead: Forecast, lang: str, *, fine: bool = False) -> str:
    """The unit stands in the table's head."""
    return forecast_text(course, ahead, lang, fine=fine).replace("%", "")


def _table(
    course: Course, rows: Sequence[str], columns: Sequence[tuple[str, Sequence[str]]], lang: str
) -> str:
    unit = course.indicator.unit_of_measure.label.get(lang)
    heads = "".join(f'<th scope="col" class="num">{escape.text(name)}</th>' for name, _ in columns)
    body = "".join(
        f'<tr><th scope="row">{escape.text(row)}</th>'
        + "".join(f'<td class="num">{escape.text(cells[n])}</td>' for _, cells in columns)
        + "</tr>"
        for n, row in enumerate(rows)
    )
    return (
        f'<div class="scroll"><table class="tbl twin" lang="{lang}"><thead><tr>'
        f'<th scope="col">{escape.text(unit)}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
