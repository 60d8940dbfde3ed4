"""Explanations asked for, in words: the conclusion, a figure, how late, the table to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi.definitions import OrgUnits
from kpi.inquiries import OPEN, TO_ANSWER, Inquiry, State, quarter_after
from kpi.local_time import local_date
from kpi.plan_years import DefinitionsOf
from reports.actors import actor_name
from reports.cells import reporter_name
from reports.export import Cell, Table
from reports.html.chip import status_name
from reports.inquiries import Line
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text, is_one, number, period_name

_HEADS = ("number", "figure", "unit", "period", "owner", "due", "state", "light", "then")
_MORE = ("course", "question", "by", "asked_on", "answer", "answered_on", "late")


class InquiryWords:
    """Words for inquiries of any plan year in one language."""

    def __init__(self, years: DefinitionsOf, org_units: OrgUnits, lang: str, today: date) -> None:
        self.lang, self.today = lang, today
        self._years, self._org_units = years, org_units

    def of(self, one: Inquiry) -> Words:
        """Those of the plan year that was asked about."""
        return Words(self._years.of(one.question.period), self._org_units, self.lang)

    def indicator(self, one: Inquiry) -> str:
        indicator = self.of(one).definitions.indicators.get(one.question.indicator)
        return one.question.indicator if indicator is None else indicator.short.get(self.lang)

    def unit(self, one: Inquiry) -> str:
        unit = self._org_units.units.get(one.question.org_unit)
        return one.question.org_unit if unit is None else unit.short.get(self.lang)

    def owner(self, one: Inquiry) -> str:
        return reporter_name(one.owner, self.of(one))

    def period(self, one: Inquiry, form: str = "quarter") -> str:
        return period_name(one.question.period, self.lang, form)

    def next_period(self, one: Inquiry) -> str:
        return period_name(quarter_after(one.question.period), self.lang)

    def figure(self, one: Inquiry) -> str:
        """``Thu ngân sách · Cao Lộc · Quý III/2018``."""
        return say(
            "inquiries.figure", self.lang,
            name=self.indicator(one), unit=self.unit(one), period=self.period(one),
        )  # fmt: skip

    def state(self, one: Inquiry) -> str:
        return say(f"inquiries.state.{one.state.value}", self.lang)

    def value(self, one: Inquiry) -> str:
        """The figure that was asked about, as whoever asked saw it."""
        asked, words = one.question, self.of(one)
        indicator = words.definitions.indicators.get(asked.indicator)
        unit = self._org_units.units.get(asked.org_unit)
        if asked.value is None or indicator is None or unit is None:
            return MISSING
        figure = number(asked.value, indicator.decimals_at(unit.level), self.lang)
        measured = indicator.unit_of_measure.label_of(one=is_one(asked.value, self.lang))
        return f"{figure} {measured.get(self.lang)}"

    def light(self, one: Inquiry) -> str:
        return status_name(one.question.status, self.lang)

    def late(self, one: Inquiry) -> str:
        """``quá hạn 3 ngày``; nothing where nothing is late."""
        days = one.days_late(self.today)
        if not days:
            return ""
        key = "late_answer" if one.answers else "overdue"
        return say(f"inquiries.{key}", self.lang, days=days)

    def lead(self, found: Sequence[Line]) -> str:
        """The conclusion about some inquiries."""
        standing = [line.inquiry for line in found if line.inquiry.state in OPEN]
        if not standing:
            return say("inquiries.lead.all_done", self.lang)
        waiting = [one for one in standing if one.state in TO_ANSWER]
        days = {one.id: (self.today - one.question.due).days for one in waiting}
        over = [one for one in waiting if days[one.id] > 0]
        said = say(
            "inquiries.lead.waiting", self.lang,
            waiting=len(waiting), judging=len(standing) - len(waiting),
        )  # fmt: skip
        if not over:
            return said
        longest = max(over, key=lambda one: days[one.id])
        facts = {"overdue": len(over), "unit": self.owner(longest), "days": days[longest.id]}
        return f"{said} {say('inquiries.lead.overdue', self.lang, **facts)}"

    def export_table(self, found: Sequence[Line]) -> Table:
        """One row per inquiry, with what was said."""
        lang = self.lang
        names = [say(f"inquiries.head.{name}", lang) for name in _HEADS]
        return Table(
            title=say("inquiries.export.title", lang),
            head=[(say("inquiries.export.as_of", lang), date_text(self.today, lang))],
            columns=[*names, *(say(f"inquiries.export.{name}", lang) for name in _MORE)],
            rows=[self._row(line) for line in found],
            sheet=say("inquiries.export.sheet", lang),
            decimals=None,
        )

    def _row(self, line: Line) -> tuple[Cell, ...]:
        one, lang = line.inquiry, self.lang
        answers = one.answers
        answered = local_date(answers[-1].at) if answers else None
        return (
            one.id, self.indicator(one), self.unit(one), self.period(one), self.owner(one),
            date_text(one.question.due, lang), self.state(one), self.light(one),
            status_name(line.then.status, lang) if line.then else "",
            say(f"inquiries.course.{line.course.value}", lang) if line.then else "",
            one.question.text, actor_name(one.asked_by, lang),
            date_text(local_date(one.asked_at), lang), answers[-1].said if answers else "",
            date_text(answered, lang) if answered else "",
            one.days_late(self.today),
        )  # fmt: skip


def to_state(asked: str | None) -> tuple[State, ...]:
    """The states that an address asks for: one, those that are open, or all."""
    if asked == "mo":
        return tuple(OPEN)
    return tuple(state for state in State if asked in (None, state.value))
