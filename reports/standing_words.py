"""A district's standing in words: its figure and the median, alike; its rank; one sentence.

Own figure and median are always of the same kind, so that a reader can lay one beside the
other: both per cent of the plan, both changes against last year, or both plain values.
"""

from __future__ import annotations

from decimal import Decimal

from kpi.rounding import half_away
from reports.district_view import Standing
from reports.figures.undecided import said
from reports.ranking import HUNDRED, By, rank_text
from reports.wording import Words
from texts import say
from texts.numbers import MISSING


def is_relative(standing: Standing) -> bool:
    """Is there a figure in per cent? None last year gives no change that could be one."""
    change = standing.by is By.CHANGE and standing.own.change is None
    return standing.by is not By.VALUE and standing.own.value is not None and not change


def own(standing: Standing, words: Words) -> str:
    """The district's figure as it is compared: ``75,4%``, ``−12,5%``; else its value."""
    assessment = standing.own
    if not is_relative(standing):
        return words.value(assessment)
    return words.percentage(assessment, standing.by.value, signed=standing.by is By.CHANGE)


def value(standing: Standing, words: Words) -> str:
    """The district's value with its unit of measure: ``88,0%``, ``7 vụ``."""
    unit = words.unit(standing.own)
    return f"{words.value(standing.own)}{'' if unit.startswith('%') else ' '}{unit}"


def median(standing: Standing, words: Words) -> str:
    """The districts' median, written like the district's own figure."""
    return _written(standing, standing.median, words)


def rank(standing: Standing, words: Words) -> str:
    """``hạng 3/11``; ``hạng –`` without a figure."""
    if standing.rank is None:
        return say("district.no_rank", words.lang)
    written = rank_text(standing.rank)
    return say("district.rank", words.lang, rank=written, of=standing.ranked)


def sentence(standing: Standing, words: Words) -> str:
    """The strip plot for those who do not see it."""
    lang, own_name = words.lang, words.org_units.units[standing.own.org_unit].short.get(words.lang)
    by = say(f"district.by.{standing.by.value}", lang, unit=words.unit(standing.own))
    figure = own(standing, words)
    if standing.own.unapproved:
        figure = said(figure, lang)
    parts = [say("district.aria.own", lang, name=own_name, figure=figure)]
    if standing.level is None:
        parts = [say("district.aria.missing", lang, name=own_name)]
    if standing.median is not None:
        parts.append(say("district.aria.median", lang, figure=median(standing, words)))
    if standing.others:
        ends = (min(standing.others), max(standing.others))
        low, high = (_written(standing, end, words) for end in ends)
        parts.append(say("district.aria.others", lang, count=len(standing.others), low=low,
                         high=high))  # fmt: skip
    else:
        parts.append(say("district.aria.alone", lang))
    parts.append(rank(standing, words))
    return f"{by}: " + "; ".join(parts)


def _written(standing: Standing, level: Decimal | None, words: Words) -> str:
    if level is None:
        return MISSING
    if standing.by is By.VALUE:
        return words.fine(standing.own, level)
    if standing.by is By.CHANGE:
        return words.percent(half_away(HUNDRED - level, 1), signed=True)
    return words.percent(half_away(level, 1))
