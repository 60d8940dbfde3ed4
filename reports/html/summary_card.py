"""The summary card of one indicator: five figures, the status with one sentence, a bullet.

The five are always the same and in the same places (done, plan, against plan, against
last year, forecast), whatever kind of target; one that does not exist is a dash with its
reason beside it. The sentence says what the status means in the indicator's own unit;
the full arithmetic stands in the card "Cách tính".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Measure
from kpi.judgement import Assessment, Status
from kpi.targets import Direction, TargetKind
from reports.figures.titles import inside_sentence
from reports.html import escape
from reports.html.bullet import bullet
from reports.html.chip import chip
from reports.html.inquiry_mark import NOBODY_ASKS, Asked, inquiry_mark
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, number, percent, period_name, points

_UNJUDGED = (Status.FOLLOWED, Status.NOT_DUE, Status.INCOMPLETE, Status.NOT_ASSESSABLE)


@dataclass(frozen=True)
class Figure:
    """One of the five: label, figure, and what stands small beside it."""

    label: str
    value: str
    beside: str = ""


def summary_card(
    assessment: Assessment, words: Words, asked: Asked = NOBODY_ASKS, *, way: str = ""
) -> str:
    """The card as HTML. ``way``: where the status leads to, HTML already."""
    direction = assessment.target.direction if assessment.target else None
    cells = "".join(_cell(figure) for figure in figures(assessment, words))
    mark = chip(assessment.status, words.lang, why=words.why(assessment), direction=direction)
    mark += inquiry_mark(asked, assessment, words)
    notes = " · ".join(words.notes(assessment))
    said = f'<p class="said">{escape.text(sentence(assessment, words))}</p>'
    # what rests on some of the units only shows it by its rule too (UI 9)
    css = "notes r-risk" if assessment.provisional else "notes"
    said += f'<p class="{css}">{escape.text(notes)}</p>' if notes else ""
    aria = words.bullet_sentence(assessment, previous=True)
    drawn = bullet(assessment, aria=aria, previous=True)
    return (
        f'<section class="card kpi" lang="{words.lang}">'
        f'<div class="top"><dl class="figures">{cells}</dl>'
        f'<div class="verdict"><div class="light">{mark}{way}</div>{said}</div></div>'
        f"{drawn}</section>"
    )


def _cell(figure: Figure) -> str:
    beside = f" <small>{escape.text(figure.beside)}</small>" if figure.beside else ""
    return (
        f"<div><dt>{escape.text(figure.label)}</dt>"
        f"<dd><b>{escape.text(figure.value)}</b>{beside}</dd></div>"
    )


def figures(assessment: Assessment, words: Words) -> tuple[Figure, ...]:
    """The five figures in their order."""
    return (
        _done(assessment, words),
        _plan(assessment, words),
        _against_plan(assessment, words),
        _against_last_year(assessment, words),
        _forecast(assessment, words),
    )


def _done(assessment: Assessment, words: Words) -> Figure:
    indicator, lang = words.indicator(assessment), words.lang
    if indicator.annual:
        when = inside_sentence(period_name(assessment.observation_period, lang), lang)
    elif indicator.measure is Measure.STOCK:
        when = say("indicator.at_end_of", lang, period=_quarter(assessment, lang))
    elif assessment.period.quarter == 1:
        when = _quarter(assessment, lang)
    else:
        when = period_name(assessment.period, lang, "months")
    label = say("indicator.done", lang, when=when)
    if assessment.value is None:
        return Figure(label, MISSING, _last_known(assessment, words))
    waits = say("note.unapproved", lang) if assessment.unapproved else ""
    if words.unit(assessment) == "%":
        return Figure(label, f"{words.value(assessment)}%", waits)
    unit = words.unit(assessment, assessment.value)
    return Figure(label, words.value(assessment), f"{unit} · {waits}" if waits else unit)


def _quarter(assessment: Assessment, lang: str) -> str:
    name = period_name(assessment.period, lang).split("/")[0]
    return inside_sentence(name, lang) if lang == "vi" else name.split()[0]


def _last_known(assessment: Assessment, words: Words) -> str:
    last = assessment.last_known
    if last is None or last.value is None:
        return say("indicator.no_value", words.lang)
    period = inside_sentence(period_name(last.period, words.lang), words.lang)
    return say(
        "why.last_known", words.lang, value=words.figure(assessment, last.value), period=period
    )


def _plan(assessment: Assessment, words: Words) -> Figure:
    label = say("indicator.plan", words.lang)
    target = assessment.target
    if target is None:
        return Figure(label, MISSING, say("indicator.no_plan", words.lang))
    if target.kind is TargetKind.BELOW_PREVIOUS:
        if assessment.previous_value is None:
            return Figure(label, words.plan(assessment))
        text = f"< {words.figure(assessment, assessment.previous_value)}"
        return Figure(label, text, say("indicator.same_period", words.lang))
    return Figure(label, words.plan(assessment))


def _against_plan(assessment: Assessment, words: Words) -> Figure:
    lang, target, value = words.lang, assessment.target, assessment.value
    label = say("indicator.against_plan", lang)
    if target is None or value is None:
        return Figure(label, MISSING)
    if target.kind is TargetKind.BELOW_PREVIOUS:
        if assessment.previous_value is None:
            return Figure(label, MISSING, say("indicator.no_previous", lang))
        by = value - assessment.previous_value
        said = words.figure(assessment, by, signed=True)
        return Figure(label, said, words.unit(assessment, by))
    if assessment.used_of_limit is not None:
        used = words.percentage(assessment, "used_of_limit")
        return Figure(label, used, say("indicator.of_limit", lang))
    if _by_distance(assessment, words):
        inside = say("overview.inside", lang)
        distance = assessment.distance
        if not distance:
            return Figure(label, inside, _pace(assessment, words))
        unit = (
            ""
            if words.indicator(assessment).unit_of_measure.is_percent
            else words.unit(assessment, distance)
        )
        text = words.difference(assessment, distance)
        return Figure(label, text, _pace(assessment, words) or unit)
    if assessment.attainment is None:
        return Figure(label, MISSING, _pace(assessment, words))
    return Figure(label, words.percentage(assessment, "attainment"), _pace(assessment, words))


def _by_distance(assessment: Assessment, words: Words) -> bool:
    """Percentages and two-sided targets show how far off they are, not a percentage of it."""
    target = assessment.target
    assert target is not None
    two_sided = target.kind in (TargetKind.RANGE, TargetKind.BAND)
    indicator = words.indicator(assessment)
    one_sided_percent = indicator.unit_of_measure.is_percent and bool(assessment.distance)
    return (two_sided and assessment.distance is not None) or one_sided_percent


def _pace(assessment: Assessment, words: Words) -> str:
    """What was needed by now: of the year's plan in per cent, or as a level."""
    expected, reference = assessment.expected, assessment.reference
    if expected is None or reference is None or assessment.period.is_final:
        return ""
    if expected == reference:
        return ""
    profile = assessment.explanation.profile
    if reference == 0 and profile is not None:
        # of a level on its way to none, the percentage beside it is the way gone
        share = percent(100 * profile.share, 1, words.lang)
        return say("indicator.pace_needed", words.lang, needed=share)
    if words.indicator(assessment).measure is Measure.FLOW and reference > 0:
        share = percent(100 * expected / reference, 1, words.lang)
        return say("indicator.pace_needed", words.lang, needed=share)
    needed = words.expected(assessment)
    return say("indicator.pace_needed", words.lang, needed=needed)


def _against_last_year(assessment: Assessment, words: Words) -> Figure:
    year = assessment.period.year - 1
    label = say("indicator.against_last_year", words.lang, year=year)
    value, previous = assessment.value, assessment.previous_value
    if value is None or previous is None:
        return Figure(label, MISSING, "" if value is None else _no_previous(words))
    beside = say("indicator.from", words.lang, value=words.figure(assessment, previous))
    if words.indicator(assessment).unit_of_measure.is_percent:
        return Figure(
            label, points(value - previous, words.decimals(assessment), words.lang), beside
        )
    if assessment.change is None:
        return Figure(label, MISSING, beside)
    return Figure(label, words.percentage(assessment, "change", signed=True), beside)


def _no_previous(words: Words) -> str:
    return say("indicator.no_previous", words.lang)


def _forecast(assessment: Assessment, words: Words) -> Figure:
    label = say("indicator.forecast", words.lang)
    forecast = assessment.forecast
    if forecast is None:
        reason = "no_forecast_rate" if _is_rate(assessment, words) else "no_forecast"
        beside = "" if assessment.value is None else say(f"indicator.{reason}", words.lang)
        return Figure(label, MISSING, beside)
    central = words.figure(assessment, forecast.central)
    low, high = (words.figure(assessment, edge) for edge in (forecast.low, forecast.high))
    beside = (
        f"{low} – {high}" if low != high else say(f"figure.profile.{forecast.profile}", words.lang)
    )
    return Figure(label, central, beside)


def _is_rate(assessment: Assessment, words: Words) -> bool:
    return words.indicator(assessment).measure is Measure.RATE


# --- the sentence ------------------------------------------------------------------------


def sentence(assessment: Assessment, words: Words) -> str:
    """What the status means, in the indicator's unit, and where the year is heading."""
    if assessment.status in _UNJUDGED or assessment.value is None:
        return words.reason(assessment)
    said = _position(assessment, words)
    heading = _heading(assessment, words)
    return f"{said}; {heading}" if heading else said


def _position(assessment: Assessment, words: Words) -> str:
    target, value = assessment.target, assessment.value
    assert target is not None and value is not None
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return _compared("previous", value, assessment.previous_value, assessment, words)
    final = assessment.period.is_final
    if assessment.status in (Status.MET, Status.EXCEEDED) and not final:
        return say("indicator.sentence.reached", words.lang)
    if target.kind in (TargetKind.RANGE, TargetKind.BAND) and assessment.distance is not None:
        if assessment.distance == 0:
            return say("indicator.sentence.inside", words.lang)
        side = "above_range" if assessment.distance > 0 else "below_range"
        good_side = "above_range" if target.direction is Direction.INCREASE else "below_range"
        if target.kind is TargetKind.RANGE and side == good_side:
            side = "beyond_range"
        by = _amount(assessment, abs(assessment.distance), words)
        return say(f"indicator.sentence.{side}", words.lang, by=by)
    if final or assessment.expected is None:
        return _compared("plan", value, assessment.reference, assessment, words)
    return _compared("pace", value, assessment.expected, assessment, words)


def _compared(
    with_what: str, value: Decimal, other: Decimal | None, assessment: Assessment, words: Words
) -> str:
    if other is None:
        return words.why(assessment)
    direction = assessment.target.direction if assessment.target else Direction.INCREASE
    by = value - other
    way = "even" if by == 0 else "over" if by > 0 else "under"
    if way == "under" and direction is Direction.INCREASE:
        way = "short"
    return say(
        f"indicator.sentence.{with_what}_{way}",
        words.lang,
        by=_amount(assessment, abs(by), words),
    )


def _amount(assessment: Assessment, by: Decimal, words: Words) -> str:
    if words.indicator(assessment).unit_of_measure.is_percent:
        return points(by, words.decimals(assessment), words.lang).lstrip("+")
    return f"{words.fine(assessment, by)} {words.unit(assessment, by)}"


def _heading(assessment: Assessment, words: Words) -> str:
    forecast, reference, target = assessment.forecast, assessment.reference, assessment.target
    if forecast is None or assessment.period.is_final or target is None:
        return ""
    in_percent = words.indicator(assessment).unit_of_measure.is_percent
    if target.kind is TargetKind.AT_LEAST and reference and reference > 0 and not in_percent:
        share = percent(100 * forecast.central / reference, 1, words.lang)
        return say("indicator.sentence.heading_share", words.lang, share=share)
    central = number(forecast.central, words.decimals(assessment), words.lang)
    return say("indicator.sentence.heading", words.lang, value=central)


def plan_with_unit(assessment: Assessment, words: Words) -> str:
    """``≥ 6.296 tỷ đồng``; last year's figure for "fewer than last year"."""
    figure = _plan(assessment, words)
    if assessment.target is None or assessment.target.kind is TargetKind.BELOW_PREVIOUS:
        return f"{figure.value} {figure.beside}".strip()
    unit = words.unit(assessment)
    return f"{figure.value}{unit}" if unit == "%" else f"{figure.value} {unit}"
