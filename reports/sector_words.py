"""What a sector's figures say, as sentences: titles that are findings, and what is needed.

Every sentence is computed from the same assessments that are drawn; the rules are few and
name no causes. Which way a structure ought to shift is the definitions' (``good_side``).
"""

from __future__ import annotations

from decimal import Decimal

from kpi.judgement import Assessment, Status
from kpi.periods import Period
from reports.figures import finding
from reports.html.strip import counted, group_of, in_sentence, lead
from reports.indicator_view import IndicatorView
from reports.sector_view import Growth, SectorView, Structure
from reports.wording import Words
from texts import say
from texts.numbers import as_stated, number, period_name

_BAD = ("at_risk", "off_track")
_REACHED = (Status.MET, Status.EXCEEDED)


def panels_title(view: SectorView, words: Words) -> str:
    """The conclusion over all indicators of the sector."""
    judged = counted(view.judged)
    if not view.panels:
        return say("sector.finding.empty", words.lang)
    if not judged:
        return _followed(view, words)
    bad = [p for p in view.panels if group_of(p.judged.status) in _BAD]
    if len(bad) == 1:
        rest_is_well = all(group_of(a.status) in (*_BAD, "met", "on_track") for a in judged)
        key = "one" if rest_is_well and len(judged) > 1 else "one_of_some"
        name = words.short_name(bad[0].judged)
        said = say(
            f"sector.finding.{key}",
            words.lang,
            name=in_sentence(name) if key == "one" else name,
            finding=finding(bad[0].course, words.lang),
        )
        return said
    if len(bad) == len(judged) > 2:
        return say("sector.finding.all", words.lang, count=len(bad))
    if len(bad) == 2:
        names = [in_sentence(words.short_name(p.judged)) for p in bad]
        return say("sector.finding.two", words.lang, names=listed(names, words.lang))
    return lead(view.judged, words).removesuffix(".")


def _followed(view: SectorView, words: Words) -> str:
    known = [a for a in view.judged if a.value is not None]
    if not known:
        when = period_name(view.period, words.lang, "inside")
        return say("sector.finding.followed_nothing", words.lang, period=when)
    up = sum(
        1
        for a in known
        if a.value is not None and a.previous_value is not None and a.value > a.previous_value
    )
    return say("sector.finding.followed", words.lang, up=up, count=len(known))


def listed(names: list[str], lang: str) -> str:
    """``a``, ``a và b``, ``a, b và c``."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + say("sector.and", lang) + names[-1]


def inside(period: Period, lang: str) -> str:
    """``9 tháng 2018`` in the middle of a sentence."""
    name = period_name(period, lang, "to_date")
    return name[:1].lower() + name[1:] if lang == "vi" else name


# --- structure ---------------------------------------------------------------------------


def structure_title(structure: Structure, words: Words) -> str:
    """Do the shares move to the wished-for side, against the same period of last year?"""
    now, before = structure.years[-1], structure.years[-2]
    if not now.complete:
        when = inside(now.period, words.lang)
        return say("sector.structure.missing", words.lang, period=when)
    moved = [
        (words.short_name(member.judged), way)
        for n, member in enumerate(structure.members)
        if (way := _right_way(member, n, structure)) is not None
    ]
    if not moved or not before.complete:
        return say("sector.structure.unmoved", words.lang)
    good = [in_sentence(name) for name, right in moved if right]
    bad = [in_sentence(name) for name, right in moved if not right]
    if good and bad:
        return say(
            "sector.structure.mixed",
            words.lang,
            good=listed(good, words.lang),
            bad=listed(bad, words.lang),
        )
    return say(f"sector.structure.{'right' if good else 'wrong'}_way", words.lang)


def _right_way(member: IndicatorView, n: int, structure: Structure) -> bool | None:
    """None where no side is wished for, or a figure is missing."""
    side = member.indicator.good_side
    now, before = (year.converted[n] for year in structure.years[:-3:-1])
    if side is None or now is None or before is None:
        return None
    if now.value is None or before.value is None:
        return None
    return now.value < before.value if side == "below" else now.value > before.value


def mix_sentence(structure: Structure, words: Words) -> str:
    """The plan's edges added up, and what follows from it."""
    mix = structure.mix
    if mix is None:
        return ""
    low, high = as_stated(mix.low, words.lang), as_stated(mix.high, words.lang)
    key = "mix" if mix.exists else "mix_impossible"
    return say(f"sector.structure.{key}", words.lang, low=low, high=high)


def why_converted(structure: Structure, words: Words) -> str:
    """Why the plan's three sectors are not the statistics' four parts."""
    known = structure.years[-1].published[-1] if structure.taxes else None
    if structure.taxes is None or known is None or known.value is None:
        return ""
    decimals = structure.members[0].course.decimals
    return say(
        "sector.structure.why",
        words.lang,
        taxes=in_sentence(structure.taxes.short.get(words.lang)),
        share=number(known.value, decimals, words.lang),
    )


# --- growth ------------------------------------------------------------------------------


def growth_title(growth: Growth, words: Words) -> str:
    """Which sector brought most, and how much of the whole."""
    found = growth.found
    if found is None:
        return say("sector.growth.missing", words.lang)
    most = found.greatest
    if found.whole <= 0 or most.value <= 0:
        return finding(growth.total.course, words.lang).capitalize()
    name = words.definitions.indicators[most.growth.indicator].short.get(words.lang)
    part = number(100 * most.value / found.whole, 0, words.lang)
    return say("sector.growth.leads", words.lang, name=name, part=part)


def growth_needs(growth: Growth, words: Words) -> tuple[list[str], bool]:
    """What the rest of the year must bring where the plan is not reached yet.

    Returns:
        The sentences, and whether a figure in them is an approximation.
    """
    views = (growth.total, *growth.parts)
    judged = [view.judged for view in views if view.judged.value is not None]
    if growth.total.period.is_final:
        met = sum(1 for one in judged if one.status in _REACHED)
        return ([say("sector.growth.final", words.lang, met=met, count=len(views))], False)
    needed = [one for one in judged if _rest(one) is not None]
    if not needed and len(judged) == len(views) and all(_at_low(one) for one in judged):
        return ([say("sector.growth.need_none", words.lang, count=len(views))], False)
    about = any(one.needed is not None and one.needed.approximate for one in needed)
    return ([_need(one, words) for one in needed], about)


def _rest(assessment: Assessment) -> Decimal | None:
    return assessment.needed.growth_in_rest if assessment.needed else None


def _at_low(assessment: Assessment) -> bool:
    reference, value = assessment.reference, assessment.value
    return reference is not None and value is not None and value >= reference


def _need(assessment: Assessment, words: Words) -> str:
    last = assessment.period.quarter == 3
    when = "last_quarter" if last else "rest_of_year"
    return say(
        "sector.growth.need",
        words.lang,
        low=as_stated(assessment.reference, words.lang),
        name=in_sentence(words.short_name(assessment)),
        rest=number(_rest(assessment), 1, words.lang),
        when=say(f"sector.growth.{when}", words.lang),
    )
