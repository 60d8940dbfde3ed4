"""Short texts for table cells: how far from the plan, the forecast, who said it when.

Sentences are in ``reports.wording``; here are the two or three words that fit a column,
with the longer wording as a hint where the figure needs one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi.definitions import OWN_UNIT
from kpi.judgement import Assessment, Status
from kpi.local_time import local_date
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Direction, TargetKind
from reports.wording import Words
from texts import say
from texts.numbers import MINUS, MISSING, date_text, period_name, range_text

_TONES = {Status.AT_RISK: "risk", Status.OFF_TRACK: "off", Status.MISSED: "off"}


@dataclass(frozen=True)
class Cell:
    """A cell's words, the hint behind them, and the status colour where it warns."""

    text: str
    hint: str = ""
    tone: str = ""


def variance(assessment: Assessment, words: Words) -> Cell:
    """So với kế hoạch: the one comparison that fits the kind of target."""
    if assessment.target is None or assessment.value is None:
        return Cell(MISSING, words.reason(assessment) if assessment.value is None else "")
    text = _COMPARISONS[assessment.target.kind](assessment, words)
    return Cell(text, tone=_TONES.get(assessment.status, ""))


def forecast(assessment: Assessment, words: Words) -> Cell:
    """Dự báo cả năm: the spread of methods, with the central figure behind it."""
    found = assessment.forecast
    if found is None or assessment.target is None:
        return Cell(MISSING, say("overview.forecast_none", words.lang))
    decimals = words.decimals(assessment)
    text = range_text(found.low, found.high, words.lang, decimals=decimals)
    key = "forecast_one" if found.low == found.high else "forecast_hint"
    hint = say(
        f"overview.{key}",
        words.lang,
        central=words.figure(assessment, found.central),
        low=words.figure(assessment, found.low),
        high=words.figure(assessment, found.high),
        profile=say(f"overview.forecast_profile.{found.profile}", words.lang),
    )
    return Cell(text, hint)


def updated(assessment: Assessment, words: Words) -> tuple[str, str]:
    """Cập nhật: the day over the source, or when the figure is due and from whom."""
    known = assessment.known
    if known is None or known.value is None:
        due = _next_due(assessment, words)
        text = date_text(due, words.lang, year=due.year != assessment.period.year)
        return say("overview.due", words.lang, date=text), _responsible(assessment, words)
    day = received(known)
    same_year = day is not None and day.year == assessment.period.year
    return date_text(day, words.lang, year=not same_year), _source(known, words)


def received(known: Known) -> date | None:
    """The day the latest of the figure's cells came in."""
    moments = [source.received_at for source in known.sources]
    return local_date(max(moments)) if moments else None


def fresh_until(assessed: Iterable[Assessment]) -> date | None:
    """The day the newest figure of a table came in."""
    days = [received(a.known) for a in assessed if a.known is not None]
    return max((day for day in days if day is not None), default=None)


def freshness(assessed: Sequence[Assessment], words: Words) -> Cell:
    """How new the figures of a screen are; if only an earlier period has any: which, a warning."""
    day, lang = fresh_until(assessed), words.lang
    older = [a.last_known.period for a in assessed if a.last_known is not None]
    if day is None and older:
        return Cell(_of_period(max(older), lang), tone="risk")
    return Cell(fresh_text(day, lang))


def fresh_text(day: date | None, lang: str) -> str:
    """Up to which day the figures have come in."""
    if day is None:
        return say("overview.no_data_yet", lang)
    return say("overview.fresh", lang, date=date_text(day, lang))


def stale(assessment: Assessment, words: Words) -> str:
    """Of which earlier period the figure is that stands in for the missing one; else empty."""
    last = assessment.last_known
    return "" if last is None else _of_period(last.period, words.lang)


def _of_period(period: Period, lang: str) -> str:
    return say("overview.stale", lang, period=period_name(period, lang, "inside"))


def _next_due(assessment: Assessment, words: Words) -> date:
    """When the figure is due: of this period, or of the next at which it is asked for."""
    indicator, period = words.indicator(assessment), assessment.period
    later = [q for q in range(period.quarter or 4, 5) if indicator.is_asked_at(q)]
    wanted = period.at_quarter(later[0]) if later else period
    return words.deadline(assessment, wanted)


def _source(known: Known, words: Words) -> str:
    coverage = known.coverage
    reporters = {source.reporter for source in known.sources}
    if coverage is not None and (not coverage.complete or len(reporters) != 1):
        present, expected = len(coverage.present), len(coverage.expected)
        return say("overview.units", words.lang, present=present, expected=expected)
    return reporter_name(next(iter(reporters)), words) if reporters else MISSING


def _responsible(assessment: Assessment, words: Words) -> str:
    rule = words.indicator(assessment).levels.get(words.level(assessment))
    if rule is None or rule.reporter is None:
        return ""
    reporter = assessment.org_unit if rule.reporter == OWN_UNIT else rule.reporter
    return reporter_name(reporter, words)


def reporter_name(reporter: str, words: Words) -> str:
    """The short name of an agency or of an organisation unit."""
    agency = words.definitions.agencies.get(reporter)
    if agency is not None:
        return agency.short.get(words.lang)
    unit = words.org_units.units.get(reporter)
    return reporter if unit is None else unit.short.get(words.lang)


# --- so với kế hoạch ---------------------------------------------------------------------


def _at_least(assessment: Assessment, words: Words) -> str:
    if words.indicator(assessment).unit_of_measure.is_percent:
        return words.difference(assessment, assessment.distance)
    return words.percentage(assessment, "attainment")


def _at_most(assessment: Assessment, words: Words) -> str:
    if assessment.used_of_limit is not None:
        used = words.percentage(assessment, "used_of_limit")
        return say("overview.used", words.lang, percent=used)
    over = _over(assessment)
    if over is None:
        return MISSING
    if over <= 0:
        return say("overview.within_limit", words.lang)
    return say("overview.left", words.lang, value=words.figure(assessment, over))


def _over(assessment: Assessment) -> Decimal | None:
    if assessment.value is None or assessment.reference is None:
        return None
    return assessment.value - assessment.reference


def _range(assessment: Assessment, words: Words) -> str:
    distance = assessment.distance
    if distance is None:
        return MISSING
    if distance == 0:
        return say("overview.inside", words.lang)
    target = assessment.target
    better = target is not None and (
        (target.direction is Direction.INCREASE and distance > 0)
        or (target.direction is Direction.DECREASE and distance < 0)
    )
    text = words.difference(assessment, distance)
    return say("overview.beyond", words.lang, distance=text) if better else text


def _below_previous(assessment: Assessment, words: Words) -> str:
    change = assessment.change
    if change is None:
        return MISSING
    if change == 0:
        return say("overview.unchanged", words.lang)
    key = "overview.falling" if change < 0 else "overview.rising"
    size = words.percentage(assessment, "change").lstrip(MINUS)
    return say(key, words.lang, percent=size)


_COMPARISONS = {
    TargetKind.AT_LEAST: _at_least,
    TargetKind.AT_MOST: _at_most,
    TargetKind.RANGE: _range,
    TargetKind.BAND: _range,
    TargetKind.BELOW_PREVIOUS: _below_previous,
}
