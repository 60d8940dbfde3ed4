"""The demonstration's questions: asked, answered and judged through the gate like any other.

Each says in its own words that it is illustrative. One is asked on the day of the first
start, so that somebody who tries the product can answer it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from kpi.findings import NotAllowed
from kpi.inquiries import WORKING_DAYS, Question, Step
from kpi.local_time import local_date
from kpi.periods import Period
from store import inquiries
from store.engine import SessionFactory
from texts import say
from workflow import inquiries as acts
from workflow.actors import SAMPLE_LEADER, SAMPLE_SENDER
from workflow.seeing import Seeing
from workflow.working_days import add_working_days

_LOG = logging.getLogger(__name__)
_PERIOD = Period(2018, 3)


@dataclass(frozen=True)
class Story:
    """One question; ``steps`` are (step, key of its words, day of October 2018)."""

    indicator: str
    org_unit: str
    question: str
    asked_on: int | None = None  # None: now
    steps: tuple[tuple[Step, str, int], ...] = ()


_STORIES = (
    Story(
        "communes_with_model", "182", "model_question", 11,
        ((Step.ANSWER, "model_answer", 16), (Step.ACCEPT, "model_remark", 17)),
    ),
    Story(
        "budget_revenue", "20", "revenue_question", 11,
        (
            (Step.ANSWER, "revenue_answer", 17), (Step.RETURN, "revenue_reason", 18),
            (Step.ANSWER, "revenue_again", 22),
        ),
    ),
    Story("communes_with_product", "183", "product_question"),
)  # fmt: skip


def ask_illustrative(factory: SessionFactory, seeing: Seeing, *, at: datetime) -> None:
    """Tell every story as far as it is not told yet; a figure that is not there has none.

    Where somebody who tried the product has gone another way, it is left at that.
    """
    for story in _STORIES:
        try:
            number = _asked(factory, seeing, story, at)
            if number is not None:
                _go_on(factory, seeing, story, number)
        except NotAllowed as error:
            _LOG.warning("an illustrative question was not taken: %s", error)


def _asked(factory: SessionFactory, seeing: Seeing, story: Story, at: datetime) -> int | None:
    with factory() as session:
        known = inquiries.about(session, story.indicator, story.org_unit, _PERIOD.code)
    if known:
        told = (one.id for one in known if one.question.text == _words(story.question))
        return next(told, None)
    asked_at = at if story.asked_on is None else _october(story.asked_on)
    day = local_date(asked_at)
    found = seeing.figure(story.indicator, story.org_unit, _PERIOD, today=day, as_of=asked_at)
    if found is None:
        return None
    question = Question(
        story.indicator,
        story.org_unit,
        _PERIOD,
        _words(story.question),
        add_working_days(day, WORKING_DAYS),
        found.status,
        found.value,
    )
    return acts.ask(
        factory, SAMPLE_LEADER, question, definitions=seeing.years, org_units=seeing.org_units,
        at=asked_at,
    )  # fmt: skip


def _go_on(factory: SessionFactory, seeing: Seeing, story: Story, number: int) -> None:
    with factory() as session:
        known = inquiries.get(session, number)
    taken = len(known.steps) if known is not None else 0
    for step, key, day in story.steps[taken:]:
        said, at = _words(key), _october(day)
        if step is Step.ANSWER:
            acts.answer(
                factory, SAMPLE_SENDER, number, said, definitions=seeing.years,
                org_units=seeing.org_units, at=at,
            )  # fmt: skip
        else:
            judge = acts.accept if step is Step.ACCEPT else acts.return_
            judge(factory, SAMPLE_LEADER, number, said, at=at)


def _october(day: int) -> datetime:
    return datetime(2018, 10, day, 2, 0, tzinfo=UTC)


def _words(key: str) -> str:
    return say(f"inquiries.demo.{key}", "vi")
