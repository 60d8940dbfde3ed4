"""The card "Còn phải làm": what is left to the plan, and whether a quarter ever did as much.

For every kind of target there is either a figure of METHOD 7 or one sentence that says
why none is needed or can be had. The word (khả thi, khó, chưa từng đạt) never stands
without the two quarters it was held against.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.judgement import Assessment, Needed, Status
from kpi.targets import Direction, TargetKind
from reports.html import escape
from reports.html.arithmetic_card import amount, distance
from reports.wording import Words
from texts import say
from texts.numbers import as_stated, number, percent, period_name

_BEFORE_LAST = 3  # after this quarter there is only one left


def to_do_card(assessment: Assessment, words: Words, *, note: str = "") -> str:
    """The card as HTML; ``note`` is a small line at its foot."""
    title = escape.text(say("todo.title", words.lang))
    needed = assessment.needed
    if needed is None or assessment.value is None:
        inside = f"<p>{escape.text(sentence(assessment, words))}</p>"
    else:
        lines = "".join(_line(*line) for line in rows(assessment, needed, words))
        inside = f"<dl>{lines}</dl>{_verdict(assessment, needed, words)}"
    foot = f'<p class="cap">{escape.text(note)}</p>' if note else ""
    return (
        f'<section class="card todo" lang="{words.lang}"><h2>{title}</h2>{inside}{foot}</section>'
    )


def _line(name: str, figure: str, beside: str = "") -> str:
    small = f" <small>{escape.text(beside)}</small>" if beside else ""
    return f"<dt>{escape.text(name)}</dt><dd>{escape.text(figure)}{small}</dd>"


def rows(assessment: Assessment, needed: Needed, words: Words) -> Sequence[tuple[str, ...]]:
    """Name, figure and what stands small beside it, line by line."""
    if needed.growth_in_rest is not None:
        return _growth(assessment, needed, words)
    if needed.room is not None:
        return _room(assessment, needed, words)
    return _to_go(assessment, needed, words)


def _growth(assessment: Assessment, needed: Needed, words: Words) -> list[tuple[str, ...]]:
    decimals = words.decimals(assessment)
    return [
        (say("todo.growth", words.lang), percent(needed.growth_in_rest, decimals, words.lang)),
        (say("todo.growth_so_far", words.lang), percent(assessment.value, decimals, words.lang)),
    ]


def _room(assessment: Assessment, needed: Needed, words: Words) -> list[tuple[str, ...]]:
    found = [(say("todo.room", words.lang), amount(assessment, needed.room, words))]
    rest = needed.quarters.last_years_rest
    if rest is not None:
        found.append((say("todo.last_years_rest", words.lang), amount(assessment, rest, words)))
    return list(found)


def _to_go(assessment: Assessment, needed: Needed, words: Words) -> list[tuple[str, ...]]:
    lang = words.lang
    found: list[tuple[str, ...]] = []
    if needed.total is not None:
        found.append((say("todo.total", lang), distance(assessment, needed.total, words)))
    last = assessment.period.quarter == _BEFORE_LAST
    if needed.per_quarter is not None and not last:
        each = distance(assessment, needed.per_quarter, words, fine=True)
        found.append((say("todo.per_quarter", lang), each))
    quarters = needed.quarters
    if quarters.average is not None:
        average = distance(assessment, quarters.average, words, fine=True)
        found.append((say("todo.average", lang), average))
    if quarters.best is not None and quarters.best_in is not None:
        falls = assessment.target is not None and assessment.target.direction is Direction.DECREASE
        name = say("todo.best_fall" if falls else "todo.best", lang)
        best = distance(assessment, quarters.best, words)
        found.append((name, best, period_name(quarters.best_in, lang, "short")))
    if needed.multiple is not None:
        times = say("todo.times", lang, times=number(needed.multiple, 1, lang))
        found.append((say("todo.multiple", lang), times))
    return found


def _verdict(assessment: Assessment, needed: Needed, words: Words) -> str:
    """The word for how hard it is, with what it means; of a growth, how it was had."""
    lang = words.lang
    if needed.effort is not None:
        word = say(f"indicator.how.effort.{needed.effort.value}", lang)
        about = say(f"todo.effort_about.{needed.effort.value}", lang)
        bold = f"<b>{escape.text(word[:1].upper() + word[1:])}</b>"
        return f'<p class="effort">{bold}: {escape.text(about)}</p>'
    if needed.room is not None:
        said = say("todo.room_none", lang) if not needed.room else ""
    elif needed.growth_in_rest is not None:
        said = say("todo.about_growth", lang) if needed.approximate else ""
    else:
        said = say("todo.no_effort", lang)
    return f'<p class="effort">{escape.text(said[:1].upper() + said[1:])}</p>' if said else ""


def sentence(assessment: Assessment, words: Words) -> str:
    """Why there is nothing to do, or nothing to say."""
    lang, target = words.lang, assessment.target
    if target is None:
        return say("todo.followed", lang)
    if assessment.value is None:
        return say("todo.not_possible", lang, reason=words.reason(assessment))
    if assessment.period.is_final:
        return say("todo.over", lang, status=words.status(assessment))
    if assessment.status is Status.INCOMPLETE:
        return say("todo.partial", lang)
    if assessment.status is Status.NOT_ASSESSABLE:
        return say("todo.not_possible", lang, reason=words.reason(assessment))
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return say("todo.keep_below", lang)
    if assessment.status in (Status.MET, Status.EXCEEDED):
        return say("todo.done", lang)
    return _keep(assessment, words)


def _keep(assessment: Assessment, words: Words) -> str:
    """A rate is held against its plan to the year's end: stay there, or get there."""
    lang, target = words.lang, assessment.target
    assert target is not None
    plan = f"{words.plan(assessment)}{_unit(assessment, words)}"
    rises = target.direction is Direction.INCREASE
    if target.kind is TargetKind.RANGE and rises and not (assessment.distance or 0) < 0:
        least = f"{as_stated(target.edges.low, lang)}{_unit(assessment, words)}"
        return say("todo.keep_level", lang, plan=least)
    if assessment.distance:
        off = distance(assessment, abs(assessment.distance), words)
        return say("todo.get_inside", lang, plan=plan, distance=off)
    return say("todo.keep_inside", lang, plan=plan)


def _unit(assessment: Assessment, words: Words) -> str:
    unit = words.unit(assessment)
    return unit if unit.startswith("%") else f" {unit}"
