"""The title of a figure is its finding: one sentence computed from the same numbers.

The rules are few and say only what the drawing shows: where the line lies against pace,
plan or last year, and since when. No adjectives, no causes. Also the sentence that stands
for the picture where it cannot be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.targets import Direction, TargetKind
from reports.figures.canvas import categories, category
from reports.figures.course import Course, Single, Step
from reports.figures.undecided import said as not_yet_approved
from texts import say
from texts.numbers import is_one, number, percent


def to_date_title(course: Course, lang: str) -> str:
    """What the to-date figure shows, as a sentence with its subject."""
    return f"{_subject(course, lang)}: {finding(course, lang)}"


def finding(course: Course, lang: str) -> str:
    """Where the line lies against pace, plan or last year; the part after the subject."""
    if course.judged.value is None:
        return say("figure.finding.no_value", lang)
    if course.kind is None or course.kind is TargetKind.BELOW_PREVIOUS:
        return _against_last_year(course, lang)
    if _reached(course):
        return say(f"figure.finding.{_reached(course)}", lang)
    if course.paced and course.judged.expected is not None and not course.judged.period.is_final:
        return _against_pace(course, lang)
    return _against_plan(course, lang)


def _subject(course: Course, lang: str) -> str:
    if course.indicator.annual:
        return say("figure.subject.years", lang)
    return say(f"figure.subject.{course.indicator.measure.value}", lang)


def _reached(course: Course) -> str | None:
    """The year's plan is already fulfilled (a limit: kept so far)."""
    value, target = course.judged.value, course.target
    if value is None or target is None:
        return None
    low, high = target.edges.low, target.edges.high
    if course.kind is TargetKind.AT_LEAST and low is not None and value >= low:
        return "reached" if value == low else "passed"
    if course.kind is TargetKind.AT_MOST and high is not None and value <= high:
        return "within_limit"
    if low is not None and high is not None and low <= value <= high:
        return "inside"
    return None


def _against_pace(course: Course, lang: str) -> str:
    """Above or below the dotted line, and since when."""
    better = 1 if _rises(course) else -1
    sides = [
        (step, (step.value - step.expected) * better >= 0)
        for step in course.steps
        if step.value is not None and step.expected is not None
    ]
    good = sides[-1][1] if sides else False
    same = [step for step, side in sides if side is good]
    key = "ahead" if good else "behind"
    if len(same) == len(sides):
        when = "all" if len(sides) > 1 else "now"
        return say(f"figure.finding.{key}_{when}", lang)
    since = _since(sides, good)
    named = category(since.period, lang, to_date=False)
    return say(f"figure.finding.{key}_since", lang, quarter=inside_sentence(named, lang))


def _since(sides: list[tuple[Step, bool]], good: bool) -> Step:
    start = sides[-1][0]
    for step, side in reversed(sides):
        if side is not good:
            break
        start = step
    return start


def inside_sentence(name: str, lang: str) -> str:
    """``Quý III`` in the middle of a sentence is ``quý III``; English names stay."""
    return name[:1].lower() + name[1:] if lang == "vi" else name


def _against_plan(course: Course, lang: str) -> str:
    """Short of the plan, over the limit, or out of the band, and by how much."""
    value, target = course.judged.value, course.target
    assert value is not None and target is not None
    low, high = target.edges.low, target.edges.high
    if low is not None and value < low:
        key, by = "below_plan", low - value
    elif high is not None and value > high:
        key, by = "above_plan", value - high
    else:
        return say("figure.finding.inside", lang)
    if low is not None and high is not None:
        key = key.replace("plan", "range")
    if course.kind is TargetKind.RANGE and (key == "above_range") is _rises(course):
        key = "beyond_range"
    return say(f"figure.finding.{key}", lang, by=amount(course, by, lang))


def _rises(course: Course) -> bool:
    return course.target is not None and course.target.direction is Direction.INCREASE


def _against_last_year(course: Course, lang: str) -> str:
    """More, fewer or as many as a year ago."""
    judged = course.judged
    if judged.value is None or judged.previous_value is None:
        return say("figure.finding.no_previous", lang)
    by = judged.value - judged.previous_value
    if by == 0:
        return say("figure.finding.same_as_last_year", lang)
    key = "more_than_last_year" if by > 0 else "less_than_last_year"
    return say(f"figure.finding.{key}", lang, by=amount(course, abs(by), lang))


def amount(course: Course, by: Decimal, lang: str) -> str:
    """A difference with its unit: percentages differ by points."""
    unit = course.indicator.unit_of_measure
    text = number(by, course.decimals, lang)
    if unit.is_percent:
        return f"{text} {say('figure.points', lang)}"
    return f"{text} {unit.label_of(one=is_one(by, lang)).get(lang)}"


def quarters_title(course: Course, lang: str) -> str:
    """What the single-quarter bars show: the latest one against its plan or last year."""
    subject = say("figure.subject.quarters", lang)
    latest = _latest(course)
    if latest is None:
        return f"{subject}: {say('figure.finding.no_value', lang)}"
    assert latest.value is not None
    quarter = inside_sentence(category(latest.period, lang, to_date=False), lang)
    if latest.previous is not None and latest.previous > 0:
        change = (latest.value - latest.previous) * 100 / latest.previous
        way = "up" if change > 0 else "down" if change < 0 else "even"
        said = say(f"figure.finding.quarter_{way}", lang, quarter=quarter,
                   by=percent(abs(change), 1, lang))  # fmt: skip
        return f"{subject}: {said}"
    if latest.expected is not None:
        by = latest.value - latest.expected
        way = "over" if by > 0 else "under" if by < 0 else "as_planned"
        said = say(f"figure.finding.quarter_{way}", lang, quarter=quarter,
                   by=amount(course, abs(by), lang))  # fmt: skip
        return f"{subject}: {said}"
    said = number(latest.value, course.decimals, lang)
    return f"{subject}: {say('figure.finding.quarter_value', lang, quarter=quarter, value=said)}"


def _latest(course: Course) -> Single | None:
    return next((s for s in reversed(course.singles()) if s.value is not None), None)


def summary(course: Course, lang: str) -> str:
    """The figure in one sentence, for who cannot see it."""
    title = to_date_title(course, lang)
    return _sentence(course, title, categories(course, lang), course.steps, lang)


def single_summary(course: Course, lang: str) -> str:
    """The bars in one sentence."""
    title, names = quarters_title(course, lang), categories(course, lang, single=True)
    return _sentence(course, title, names, course.singles(), lang)


def _sentence(
    course: Course,
    title: str,
    names: Sequence[str],
    shown: Sequence[Step | Single],
    lang: str,
) -> str:
    """Title, unit and every value with its place on the axis."""
    written = [
        say("figure.aria_point", lang, at=name, value=_value(course, one, lang))
        for name, one in zip(names, shown, strict=True)
        if one.value is not None
    ]
    unit = course.indicator.unit_of_measure.label.get(lang)
    points = "; ".join(written) or say("figure.finding.no_value", lang)
    return say("figure.aria", lang, title=title, unit=unit, points=points)


def _value(course: Course, one: Step | Single, lang: str) -> str:
    text = number(one.value, course.decimals, lang)
    return not_yet_approved(text, lang) if one.unapproved else text
