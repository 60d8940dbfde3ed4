"""The card "Cách tính": how the status came about, as a chain of sentences.

Inputs, target with clause and quote, what was expected by now and by which profile, the
comparison, the thresholds, and what is still to be done. It reads an assessment's
explanation aloud; nothing is computed here.
"""

from __future__ import annotations

from decimal import Decimal

from kpi.definitions import Measure
from kpi.judgement import Assessment, Needed, Status
from kpi.observations import Known
from kpi.targets import TargetKind
from reports.html import escape
from reports.html.cell_link import cell_link
from reports.html.summary_card import plan_with_unit
from reports.wording import Words
from texts import say
from texts.numbers import number, period_name, points

_BY_RATIO = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)


def arithmetic_card(assessment: Assessment, words: Words) -> str:
    """The card as HTML: a list of steps, the conclusion last."""
    lines = "".join(
        f"<dt>{escape.text(say(f'indicator.how.{key}', words.lang))}</dt><dd>{html}</dd>"
        for key, html in steps(assessment, words)
    )
    title = escape.text(say("indicator.how.title", words.lang))
    return (
        f'<section class="card how" lang="{words.lang}"><h2>{title}</h2><dl>{lines}</dl>'
        f"{_remarks(assessment, words)}</section>"
    )


def steps(assessment: Assessment, words: Words) -> list[tuple[str, str]]:
    """The steps that exist for this assessment: key of the label, and HTML."""
    found: list[tuple[str, str | None]] = [
        ("value", _value(assessment, words)),
        ("target", _target(assessment, words)),
        ("baseline", _start(assessment, words)),
        ("previous", _input("previous", assessment, words)),
        ("expected", _expected(assessment, words)),
        ("status", escape.text(words.why(assessment))),
        ("thresholds", _thresholds(assessment, words)),
        ("forecast", _forecast(assessment, words)),
        ("needed", _needed(assessment, words)),
    ]
    return [(key, html) for key, html in found if html]


def _start(assessment: Assessment, words: Words) -> str | None:
    """Only a level sets out from where the year before ended."""
    if words.indicator(assessment).measure is not Measure.STOCK:
        return None
    return _input("baseline", assessment, words)


def _value(assessment: Assessment, words: Words) -> str:
    known = assessment.known
    if assessment.value is None or known is None:
        return escape.text(words.reason(assessment))
    said = f"<b>{escape.text(amount(assessment, assessment.value, words))}</b>"
    if assessment.original is not None:
        original = words.figure(assessment, assessment.original.value)
        said += f", {escape.text(say('indicator.how.converted', words.lang, value=original))}"
        return f"{said}{_where(assessment.original, assessment, words)}"
    return f"{said}{_where(known, assessment, words)}"


def _where(known: Known, assessment: Assessment, words: Words) -> str:
    """Cell of a reported figure, as a link; number of cells behind a computed one."""
    if known.source is not None:
        version = say("indicator.how.version", words.lang, version=known.source.revision)
        link = cell_link(
            known.source, words.lang, indicator=assessment.indicator, period=assessment.period,
            org_unit=assessment.org_unit,
        )  # fmt: skip
        return f" · {escape.text(version)}, {escape.text(known.source.file_name)} {link}"
    cells = len(known.sources)
    return f" · {escape.text(say('indicator.how.computed', words.lang, cells=cells))}"


def _target(assessment: Assessment, words: Words) -> str:
    target = assessment.target
    if target is None:
        return escape.text(say("indicator.how.no_target", words.lang))
    said = f"<b>{escape.text(plan_with_unit(assessment, words))}</b> · "
    decree = words.indicator(assessment).decree
    if target.clause and decree is not None:
        section, _, point = target.clause.partition(".")
        key = "indicator.how.clause_point" if point else "indicator.how.clause"
        said += escape.text(say(key, words.lang, section=section, point=point))
        return f'{said}<blockquote lang="vi">{quoted(decree.quote, decree.words)}</blockquote>'
    said += escape.text(target.document)
    if target.illustrative and words.lang != "vi":  # the document's own words say so in Vietnamese
        said += f" ({escape.text(say('indicator.how.illustrative', words.lang))})"
    return said


def quoted(quote: str, words: str) -> str:
    """The decree's sentence, its words of the target marked."""
    before, found, after = quote.partition(words)
    marked = f"<mark>{escape.text(found)}</mark>" if found else ""
    return f"“{escape.text(before)}{marked}{escape.text(after)}”"


def _input(role: str, assessment: Assessment, words: Words) -> str | None:
    known = assessment.explanation.inputs.get(role)
    if known is None or known.value is None:
        return None
    figure = escape.text(amount(assessment, known.value, words))
    period = escape.text(period_name(known.period, words.lang))
    return f"{figure} ({period}){_where(known, assessment, words)}"


def _expected(assessment: Assessment, words: Words) -> str | None:
    if assessment.expected is None or assessment.expected == assessment.reference:
        return None
    unit = words.unit(assessment, assessment.expected)
    glue = "" if unit.startswith("%") else " "
    due = f"{words.expected(assessment)}{glue}{unit}"
    return escape.text(f"{due} · {words.pace(assessment)}")


def amount(assessment: Assessment, value: Decimal | None, words: Words) -> str:
    """A figure with its unit of measure: ``4.482 tỷ đồng``, ``8,36%``."""
    unit = words.unit(assessment, value)
    glue = "" if unit.startswith("%") else " "
    return f"{words.figure(assessment, value)}{glue}{unit}"


def _thresholds(assessment: Assessment, words: Words) -> str | None:
    limits = words.indicator(assessment).thresholds
    target = assessment.target
    if target is None or assessment.status not in _BY_RATIO:
        return None
    if target.kind is TargetKind.BELOW_PREVIOUS:
        tolerance = number(100 * limits.previous_tolerance, 0, words.lang)
        return escape.text(say("indicator.how.tolerance", words.lang, tolerance=tolerance))
    if target.kind is TargetKind.BAND:
        return escape.text(say("indicator.how.band_rule", words.lang))
    if assessment.ratio is None:
        return None
    return escape.text(
        say(
            "indicator.how.ratio_rule",
            words.lang,
            on_track=number(limits.on_track_from, 2, words.lang),
            at_risk=number(limits.at_risk_from, 2, words.lang),
        )
    )


def _forecast(assessment: Assessment, words: Words) -> str | None:
    forecast = assessment.forecast
    if forecast is None or assessment.period.is_final:
        return None
    central, low, high = (
        words.figure(assessment, v) for v in (forecast.central, forecast.low, forecast.high)
    )
    profile = say(f"figure.profile.{forecast.profile}", words.lang)
    key = "forecast_one" if low == high else "forecast_spread"
    return escape.text(
        say(f"indicator.how.{key}", words.lang, central=central, low=low, high=high,
            profile=profile)
    )  # fmt: skip


def _needed(assessment: Assessment, words: Words) -> str | None:
    needed = assessment.needed
    if needed is None:
        return None
    said = _needed_sentence(needed, assessment, words)
    if said and needed.effort is not None:
        said += f" ({say(f'indicator.how.effort.{needed.effort.value}', words.lang)})"
    return escape.text(said) if said else None


def _needed_sentence(needed: Needed, assessment: Assessment, words: Words) -> str:
    lang = words.lang
    if needed.growth_in_rest is not None:
        key = "growth_about" if needed.approximate else "growth"
        rest = number(needed.growth_in_rest, words.decimals(assessment), lang)
        return say(f"indicator.how.{key}", lang, rest=rest)
    if needed.room is not None:
        return say("indicator.how.room", lang, room=amount(assessment, needed.room, words))
    if needed.total is None:
        return ""
    total = distance(assessment, needed.total, words)
    if needed.per_quarter is None or assessment.period.quarter == 3:
        said = say("indicator.how.to_go", lang, total=total)
    else:
        each = distance(assessment, needed.per_quarter, words, fine=True)
        said = say("indicator.how.to_go_each", lang, total=total, each=each)
    if needed.multiple is not None:
        times = number(needed.multiple, 1, lang)
        said += f", {say('indicator.how.multiple', lang, times=times)}"
    return said


def distance(assessment: Assessment, by: Decimal, words: Words, *, fine: bool = False) -> str:
    """A difference in the unit; a quarter's part of a count gets one decimal."""
    decimals = words.decimals(assessment)
    if words.indicator(assessment).unit_of_measure.is_percent:
        return points(by, decimals, words.lang).lstrip("+")
    whole = by == by.to_integral_value()
    return f"{number(by, max(decimals, 1) if fine and not whole else decimals, words.lang)} " + (
        words.unit(assessment, by)
    )


def _remarks(assessment: Assessment, words: Words) -> str:
    """Notes beside the status; what the definitions say of the figure is in ``notes_card``."""
    said = words.notes(assessment)
    if not said:
        return ""
    items = "".join(f"<li>{escape.text(one[:1].upper() + one[1:])}</li>" for one in said)
    return f'<ul class="remarks">{items}</ul>'
