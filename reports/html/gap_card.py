"""Words and numbers around the waterfall: title, legend, remarks, and its table twin.

The title says the whole distance and in how few units most of it lies. The table has
every unit, also those the figure leaves out because nothing is missing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.definitions import Across, Indicator
from kpi.gap import Part, concentration, short_by
from kpi.judgement import Assessment
from kpi.targets import Direction, TargetKind
from reports.figures import undecided
from reports.figures.course import Course
from reports.figures.titles import amount as with_unit
from reports.figures.waterfall import Bar
from reports.html import escape
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, number, percent

_MANY = 4  # from so many units on, "six of seven" is better called spread


def kind_key(course: Course) -> str:
    """Which words fit: towards at least, at most, or against last year."""
    if course.kind is TargetKind.BELOW_PREVIOUS:
        return "below_previous"
    return "at_least" if _rises(course) else "at_most"


def _rises(course: Course) -> bool:
    return course.target is not None and course.target.direction is Direction.INCREASE


def title(parts: Sequence[Part], course: Course, words: Words) -> str:
    """``Còn thiếu 7 xã so với kế hoạch năm; 6 đơn vị chiếm 86% phần thiếu``."""
    lang = words.lang
    total = sum((part.amount for part in parts), Decimal(0))
    whole = short_by(Part(None, total), rises=_rises(course))
    way = "short" if whole > 0 else "good" if whole < 0 else "even"
    by = with_unit(course, abs(total), lang)
    finding = say(f"gap.{way}.{kind_key(course)}", lang, amount=by)
    return say("gap.title", lang, finding=finding, where=_where(parts, course, words))


def _where(parts: Sequence[Part], course: Course, words: Words) -> str:
    lang = words.lang
    rises = _rises(course)
    side = say(f"gap.side.{kind_key(course)}", lang)
    found = concentration(parts, rises=rises)
    if found is None:
        return say("gap.where.none", lang, side=side)
    if found.concerned == 1:
        worst = max((p for p in parts if p.org_unit), key=lambda p: short_by(p, rises=rises))
        return say("gap.where.one", lang, side=side, name=part_name(worst, words))
    if found.units == found.concerned:
        return say("gap.where.all", lang, side=side, units=found.units)
    if found.concerned >= _MANY and 2 * found.units > found.concerned:
        return say("gap.where.spread", lang, side=side, concerned=found.concerned)
    share = percent(found.percent, 0, lang)
    return say("gap.where.few", lang, side=side, units=found.units, percent=share)


def bars(parts: Sequence[Part], course: Course, words: Words) -> list[Bar]:
    """What the figure draws: every part that is not zero, then the whole."""
    rises = _rises(course)
    drawn = [
        Bar(part_name(part, words), part.amount, _signed(part.amount, course, words.lang),
            "rest" if part.org_unit is None else
            "short" if short_by(part, rises=rises) > 0 else "good", part.unapproved)
        for part in parts
        if part.amount
    ]  # fmt: skip
    total = sum((part.amount for part in parts), Decimal(0))
    name = say("gap.total", words.lang)
    whole = _signed(total, course, words.lang)
    return [*drawn, Bar(name, total, whole, "total", course.judged.unapproved)]


def part_name(part: Part, words: Words) -> str:
    if part.org_unit is None:
        return say("gap.unassigned", words.lang)
    return words.org_units.units[part.org_unit].short.get(words.lang)


def _signed(amount: Decimal, course: Course, lang: str) -> str:
    return number(amount, course.decimals, lang, signed=True)


def why_none(indicator: Indicator, judged: Assessment, lang: str) -> str:
    """Why a distance that exists is not taken apart; nothing where there is none."""
    if judged.target is None or judged.value is None:
        return ""
    if indicator.across_units in (Across.SUM, Across.RATIO):
        return ""
    return say("gap.not_made_of_districts", lang)


# --- HTML --------------------------------------------------------------------------------


def head(parts: Sequence[Part], course: Course, words: Words) -> str:
    """Title, unit, and the whole figure in one sentence for who cannot see it."""
    lang = words.lang
    said = title(parts, course, words)
    unit = course.indicator.unit_of_measure
    shown = say("figure.points", lang) if unit.is_percent else unit.label.get(lang)
    points = "; ".join(
        say("gap.point", lang, name=bar.name, amount=_amount(bar, lang))
        for bar in bars(parts, course, words)
    )
    aria = say("gap.aria", lang, title=said, points=points)
    return (
        f'<div class="card-head" lang="{lang}"><h2>{escape.text(said)}</h2>'
        f'<span class="unit">{escape.text(shown)}</span></div>'
        f'<p class="sr" lang="{lang}">{escape.text(aria)}</p>'
    )


def _amount(bar: Bar, lang: str) -> str:
    return undecided.said(bar.written, lang) if bar.unapproved else bar.written


def remarks(parts: Sequence[Part], course: Course, words: Words) -> str:
    """Legend, what a bar is, and who is not drawn."""
    lang = words.lang
    found = bars(parts, course, words)
    drawn = {bar.kind for bar in found} | {"wait" for bar in found if bar.unapproved}
    own = f"gap.legend{'_previous' if kind_key(course) == 'below_previous' else ''}"
    keys = [(k, f"{own}.{k}") for k in ("short", "good")]
    keys += [("rest", "gap.legend.rest"), ("wait", "note.unapproved")]
    items = "".join(
        f'<li><i class="k-{kind}"></i>{escape.text(say(key, lang))}</li>'
        for kind, key in keys
        if kind in drawn
    )
    said = " ".join(_sentences(parts, course, words))
    return (
        f'<ul class="fig-legend" lang="{lang}">{items}</ul>'
        f'<p class="cap" lang="{lang}">{escape.text(said)}</p>'
    )


def _sentences(parts: Sequence[Part], course: Course, words: Words) -> list[str]:
    lang = words.lang
    ratio = course.indicator.across_units is Across.RATIO
    previous = kind_key(course) == "below_previous"
    about = "ratio" if ratio else "previous" if previous else "sum"
    said = [say(f"gap.about.{about}", lang)]
    if any(part.org_unit is None for part in parts):
        said.append(say("gap.about.unassigned", lang))
    even = [part_name(part, words) for part in parts if not part.amount]
    if even:
        said.append(say("gap.about.even", lang, names=", ".join(even)))
    missing = _without_figure(parts, course, words)
    if missing:
        said.append(say("gap.about.missing", lang, names=", ".join(missing)))
    return said


def _without_figure(parts: Sequence[Part], course: Course, words: Words) -> list[str]:
    units = words.org_units.units
    coverage = course.judged.coverage
    missing = set(coverage.missing) if coverage else set()
    missing |= {part.org_unit for part in parts if part.missing and part.org_unit}
    return [unit.short.get(words.lang) for code, unit in units.items() if code in missing]


def table(parts: Sequence[Part], course: Course, words: Words) -> str:
    """Every unit with its figure, its plan, its part and the running total."""
    lang = words.lang
    names = [
        say("gap.head.value", lang),
        say(f"gap.head.target.{kind_key(course)}", lang),
        say("gap.head.amount", lang),
        say("gap.head.so_far", lang),
    ]
    heads = "".join(f'<th scope="col" class="num">{escape.text(name)}</th>' for name in names)
    running, rows = Decimal(0), []
    for part in parts:
        running += part.amount
        rows.append(_row(part_name(part, words), _figures(part, running, course, lang)))
    judged = course.judged
    whole = Part("", running, judged.value, judged.reference, unapproved=judged.unapproved)
    rows.append(_row(say("gap.total", lang), _figures(whole, running, course, lang), css="sum"))
    return (
        f'<div class="scroll"><table class="tbl twin gap" lang="{lang}"><thead><tr>'
        f'<th scope="col">{escape.text(say("gap.head.unit", lang))}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _figures(part: Part, running: Decimal, course: Course, lang: str) -> list[str]:
    if part.org_unit is None:
        value = target = ""
    else:
        value = number(part.value, course.decimals, lang)
        target = number(part.target, course.decimals, lang)
        if part.target is None:
            target = say("gap.no_target", lang)
        if part.missing:
            value = f"{MISSING} ({say('gap.not_reported', lang)})"
        elif part.unapproved:
            value = undecided.said(value, lang)
    return [value, target, _signed(part.amount, course, lang), _signed(running, course, lang)]


def _row(name: str, cells: Sequence[str], css: str = "") -> str:
    inside = "".join(f'<td class="num">{escape.text(cell)}</td>' for cell in cells)
    mark = f' class="{css}"' if css else ""
    return f'<tr{mark}><th scope="row">{escape.text(name)}</th>{inside}</tr>'
