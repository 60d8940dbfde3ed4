"""From an explanation to sentences: why a status is what it is, in figures and words.

``why`` gives the arithmetic in one line, "4.482 ÷ 4.722 (tiến độ 75%) = 0,949 → Có nguy
cơ"; ``bullet_sentence`` says a whole row for those who do not see it. The words are in
``texts/status.yaml``; nothing is computed here that an assessment does not carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi.definitions import Definitions, Indicator, Level, Measure, OrgUnits
from kpi.judgement import Assessment, Note, ProfileKind, Status
from kpi.periods import Period
from kpi.targets import Direction, TargetKind
from reports.html.chip import status_name
from texts import say
from texts.numbers import (
    as_stated,
    date_text,
    is_one,
    number,
    percent,
    period_name,
    points,
    range_text,
)

_SILENT = (Status.FOLLOWED, Status.NOT_DUE, Status.INCOMPLETE, Status.NOT_ASSESSABLE)


@dataclass(frozen=True)
class Words:
    """Words for the figures of one set of definitions in one language."""

    definitions: Definitions
    org_units: OrgUnits
    lang: str

    # --- figures -------------------------------------------------------------------------

    def indicator(self, assessment: Assessment) -> Indicator:
        return self.definitions.indicators[assessment.indicator]

    def level(self, assessment: Assessment) -> Level:
        return self.org_units.units[assessment.org_unit].level

    def decimals(self, assessment: Assessment) -> int:
        return self.indicator(assessment).decimals_at(self.level(assessment))

    def figure(self, assessment: Assessment, value: Decimal | None, *, signed: bool = False) -> str:
        """A figure in the indicator's unit of measure, with its decimals."""
        return number(value, self.decimals(assessment), self.lang, signed=signed)

    def fine(self, assessment: Assessment, value: Decimal | None) -> str:
        """A figure with one decimal more where it needs it: what is expected of things that
        are counted need not be whole, and rounded it would contradict the status."""
        decimals = self.decimals(assessment)
        counted = self.indicator(assessment).unit_of_measure.is_count
        if counted and value is not None and value != round(value, decimals):
            decimals += 1
        return number(value, decimals, self.lang)

    def expected(self, assessment: Assessment) -> str:
        return self.fine(assessment, assessment.expected)

    def value(self, assessment: Assessment) -> str:
        return self.figure(assessment, assessment.value)

    def unit(self, assessment: Assessment, of: Decimal | None = None) -> str:
        """The unit of measure, as it stands beside the figure it is the unit ``of``."""
        measured = self.indicator(assessment).unit_of_measure
        return measured.label_of(one=is_one(of, self.lang)).get(self.lang)

    def name(self, assessment: Assessment) -> str:
        return self.indicator(assessment).name.get(self.lang)

    def short_name(self, assessment: Assessment) -> str:
        return self.indicator(assessment).short.get(self.lang)

    def percentage(self, assessment: Assessment, name: str, *, signed: bool = False) -> str:
        """A percentage of the assessment by name ("attainment", "change" …): one decimal, or
        more and a "<" where one would contradict the status (METHOD 3)."""
        text = self.percent(getattr(assessment, name), signed=signed)
        return assessment.explanation.signs.get(name, "") + text

    def percent(self, value: Decimal | None, *, signed: bool = False) -> str:
        return percent(value, _percent_decimals(value), self.lang, signed=signed)

    def difference(self, assessment: Assessment, value: Decimal | None) -> str:
        """A signed distance: points where the unit is per cent, else in the unit."""
        if self.indicator(assessment).unit_of_measure.is_percent:
            return points(value, self.decimals(assessment), self.lang)
        return self.figure(assessment, value, signed=True)

    def plan(self, assessment: Assessment) -> str:
        """The year's target as it was stated: ``8 – 8,5``, ``≥ 6.296``, ``< cùng kỳ``."""
        target = assessment.target
        if target is None:
            return range_text(None, None, self.lang)
        if target.kind is TargetKind.BELOW_PREVIOUS:
            return say("overview.plan_previous", self.lang)
        indicator, edges = self.indicator(assessment), target.edges
        # "≥ 100" of what cannot be more, "≤ 0" of what cannot be less: the figure alone
        if target.kind is TargetKind.AT_LEAST and edges.low == indicator.hard_high:
            return as_stated(edges.low, self.lang)
        if target.kind is TargetKind.AT_MOST and edges.high == (indicator.hard_low or 0):
            return as_stated(edges.high, self.lang)
        return range_text(edges.low, edges.high, self.lang)

    # --- sentences -----------------------------------------------------------------------

    def status(self, assessment: Assessment) -> str:
        """The status in words, and that it rests on a figure nobody has approved."""
        direction = assessment.target.direction if assessment.target else None
        name = status_name(assessment.status, self.lang, direction)
        return f"{name} ({say('note.unapproved', self.lang)})" if assessment.unapproved else name

    def why(self, assessment: Assessment) -> str:
        """The arithmetic behind the status, or the reason why there is none."""
        if assessment.status in _SILENT:
            return self.reason(assessment)
        return say(
            "why.arrow",
            self.lang,
            arithmetic=self._arithmetic(assessment),
            status=self.status(assessment),
        )

    def reason(self, assessment: Assessment) -> str:
        """Why a figure is not judged."""
        code = assessment.explanation.reason or assessment.explanation.rule
        return say(f"reason.{code}", self.lang, **self._reason_facts(assessment))

    def notes(self, assessment: Assessment) -> list[str]:
        """What is said beside the status."""
        said = [self._note(assessment, note) for note in assessment.notes]
        if assessment.provisional and assessment.coverage is not None:
            said.append(say("note.provisional", self.lang, **self._reason_facts(assessment)))
        return said

    def told(self, assessment: Assessment) -> str:
        """The status's arithmetic and what is said beside it, as sentences in a row."""
        said = [self.why(assessment), *self.notes(assessment)]
        return ". ".join(one[:1].upper() + one[1:] for one in said)

    def bullet_sentence(self, assessment: Assessment, *, previous: bool = False) -> str:
        """One row as a sentence: value, plan, pace, forecast, status; last year's where it is
        drawn."""
        facts = {
            "name": self.name(assessment),
            "value": self.value(assessment),
            "unit": self.unit(assessment, assessment.value),
            "plan": self.plan(assessment),
        }
        key = "bullet.missing" if assessment.value is None else "bullet.sentence"
        parts = [say(key, self.lang, **facts), *self._beside(assessment)]
        if previous and assessment.previous_value is not None and not self._falls(assessment):
            said = self.figure(assessment, assessment.previous_value)
            parts.append(say("bullet.previous", self.lang, previous=said))
        return "; ".join([*parts, self.status(assessment)])

    # --- parts ---------------------------------------------------------------------------

    def _beside(self, assessment: Assessment) -> list[str]:
        if assessment.value is None:
            return []
        parts = []
        if self._falls(assessment):
            if assessment.change is not None:
                parts.append(say("bullet.change", self.lang, **self._change_facts(assessment)))
            return parts
        if assessment.expected is not None and assessment.expected != assessment.reference:
            expected = self.expected(assessment)
            parts.append(say("bullet.pace", self.lang, expected=expected))
        if assessment.forecast is not None and not assessment.period.is_final:
            forecast = self.figure(assessment, assessment.forecast.central)
            parts.append(say("bullet.forecast", self.lang, forecast=forecast))
        return parts

    @staticmethod
    def _falls(assessment: Assessment) -> bool:
        """Is the plan last year's figure itself?"""
        kind = assessment.target.kind if assessment.target else None
        return kind is TargetKind.BELOW_PREVIOUS

    def _arithmetic(self, assessment: Assessment) -> str:
        rule = assessment.explanation.rule
        kind = assessment.target.kind if assessment.target else None
        if kind is TargetKind.BELOW_PREVIOUS:
            key = "why.previous_only" if assessment.change is None else "why.previous"
        elif rule == "ratio":
            key = self._ratio_key(assessment)
        elif rule in ("band", "range") or (
            rule == "final" and kind in (TargetKind.BAND, TargetKind.RANGE)
        ):
            key = _edges_key(assessment)
        else:
            key = f"why.{rule}"
        return say(key, self.lang, **self._facts(assessment))

    def _ratio_key(self, assessment: Assessment) -> str:
        on_its_way = {"baseline", "share"} <= assessment.explanation.figures.keys()
        if on_its_way and self.indicator(assessment).measure is Measure.STOCK:
            return "why.travelled"
        falls = assessment.target and assessment.target.direction is Direction.DECREASE
        return "why.ratio_decrease" if falls else "why.ratio"

    def _facts(self, assessment: Assessment) -> dict[str, str]:
        figures, distance = assessment.explanation.figures, assessment.distance
        return {
            "value": self.value(assessment),
            "plan": self.plan(assessment),
            "expected": self.expected(assessment),
            "reference": self.figure(assessment, assessment.reference),
            "ratio": number(assessment.ratio, 3, self.lang),
            "pace": self.pace(assessment),
            "travelled": self.percentage(assessment, "travelled"),
            "baseline": self.figure(assessment, figures.get("baseline")),
            "distance": self.difference(
                assessment, None if distance is None else abs(distance)
            ).lstrip("+"),
            **self._change_facts(assessment),
        }

    def _change_facts(self, assessment: Assessment) -> dict[str, str]:
        return {
            "previous": self.figure(assessment, assessment.previous_value),
            "change": self.percentage(assessment, "change", signed=True),
        }

    def pace(self, assessment: Assessment) -> str:
        """The share of the year expected by now, and where it comes from."""
        profile = assessment.explanation.profile
        if profile is None:
            return say("pace.none", self.lang)
        share = percent(100 * profile.share, _share_decimals(profile.share), self.lang)
        years = ", ".join(map(str, profile.years))
        if profile.kind is ProfileKind.HISTORY and len(profile.years) > 1:
            years = f"{min(profile.years)}–{max(profile.years)}"
        return say(f"pace.{profile.kind.value}", self.lang, share=share, years=years)

    def _reason_facts(self, assessment: Assessment) -> dict[str, str]:
        coverage = assessment.coverage
        missing = [] if coverage is None else [self._short(code) for code in coverage.missing]
        return {
            "due": date_text(self.deadline(assessment, assessment.period), self.lang),
            "present": str(len(coverage.present)) if coverage else "",
            "expected": str(len(coverage.expected)) if coverage else "",
            "missing": ", ".join(missing),
            "period": period_name(assessment.period, self.lang),
        }

    def deadline(self, assessment: Assessment, period: Period) -> date:
        """Until when the figure of a period comes in time."""
        level = self.org_units.units[assessment.org_unit].level
        return self.definitions.deadline(period, self.indicator(assessment), level)

    def _short(self, code: str) -> str:
        return self.org_units.units[code].short.get(self.lang)

    def _note(self, assessment: Assessment, note: Note) -> str:
        facts = {
            name: self.figure(assessment, fact) if isinstance(fact, Decimal) else fact
            for name, fact in note.facts.items()
        }
        return say(f"note.{note.code}", self.lang, unit=self.unit(assessment), **facts)


def _edges_key(assessment: Assessment) -> str:
    """Which side of a range or band the value lies on."""
    distance, target = assessment.distance, assessment.target
    if not distance or target is None:
        return "why.inside"
    better = distance > 0 if target.direction is Direction.INCREASE else distance < 0
    if target.kind is TargetKind.RANGE and better:
        return "why.beyond"
    return "why.above_band" if distance > 0 else "why.below_band"


def _percent_decimals(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else -1
    return max(1, -exponent) if isinstance(exponent, int) else 1


def _share_decimals(share: Decimal) -> int:
    return 0 if 100 * share == (100 * share).to_integral_value() else 1
