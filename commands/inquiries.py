"""``explanation``: ask about a figure, answer, accept or send back, and how all of them stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.enclosures import FILES, documents, enclosed
from commands.options import DAY, JSON, as_of_option, period_option
from commands.output import (
    day_of,
    decimal_text,
    known_by,
    known_org_unit,
    print_document,
    quarter,
    refusals,
    show_progress,
    wrong_usage,
)

if TYPE_CHECKING:
    from kpi.inquiries import Inquiry
    from reports.inquiries import Line

_TOLD = ("ask", "answer", "return")  # of these by e-mail, where it is set up
TEXT = click.option("--text", default="", help="The answer, the reason, or a remark.")


@click.group()
def explanation() -> None:
    """Ask for explanations of figures, and answer them."""


@explanation.command()
@click.option("--indicator", required=True, metavar="ID")
@click.option("--org-unit", required=True, metavar="CODE")
@period_option()
@click.option("--question", required=True, metavar="TEXT")
@click.option(
    "--due", type=DAY, metavar="2018-10-17",
    help="Answer by; otherwise five working days from today.",
)  # fmt: skip
def ask(
    indicator: str, org_unit: str, period_code: str, question: str, due: datetime | None
) -> None:
    """Ask why one figure of one unit is as it is."""
    from kpi.inquiries import WORKING_DAYS, Question
    from workflow import inquiries as acts
    from workflow.actors import LOCAL_APPROVER
    from workflow.seeing import Seeing
    from workflow.working_days import add_working_days

    with refusals():
        period, units = quarter(period_code), bootstrap.org_units()
        known_org_unit(org_unit, units)
        bootstrap.ready(show_progress)
        today, years, factory = bootstrap.today(), bootstrap.plan_years(), _factory()
        seeing = Seeing(factory, years, units)
        found = seeing.figure(indicator, org_unit, period, today=today)
        if found is None:
            wrong_usage("no_such_figure", indicator=indicator, org_unit=org_unit)
        day = due.date() if due else add_working_days(today, WORKING_DAYS)
        asked = Question(indicator, org_unit, period, question, day, found.status, found.value)
        number = acts.ask(
            factory, LOCAL_APPROVER, asked, definitions=years, org_units=units, at=bootstrap.now()
        )
        _said("ask", _existing(number))


@explanation.command()
@click.argument("number", type=int)
@TEXT
@click.option("--submission", type=int, metavar="N", help="The report that corrects the figure.")
@FILES
def answer(number: int, text: str, submission: int | None, files: tuple[Path, ...]) -> None:
    """Answer, in words, with files, and where it was wrong with the corrected report."""
    from workflow import inquiries as acts
    from workflow.actors import LOCAL_USER

    def doing() -> Inquiry:
        return acts.answer(
            _factory(), LOCAL_USER, number, text, definitions=bootstrap.plan_years(),
            org_units=bootstrap.org_units(), at=bootstrap.now(), submission=submission,
            enclosed=enclosed(files),
        )  # fmt: skip

    _take("answer", number, doing)


@explanation.command()
@click.argument("number", type=int)
@TEXT
def accept(number: int, text: str) -> None:
    """Be content with the answer."""
    _judge("accept", number, text)


@explanation.command(name="return")
@click.argument("number", type=int)
@TEXT
def return_(number: int, text: str) -> None:
    """Send the answer back with a reason."""
    _judge("return", number, text)


@explanation.command()
@click.argument("number", type=int)
@TEXT
def withdraw(number: int, text: str) -> None:
    """Need no answer any more."""
    _judge("withdraw", number, text)


@explanation.command(name="list")
@click.option("--open", "only_open", is_flag=True, help="Only those that are not finished.")
@click.option("--reporter", metavar="CODE", help="Only those that one reporter answers.")
@as_of_option()
@JSON
def list_(only_open: bool, reporter: str | None, as_of: datetime | None, as_json: bool) -> None:
    """How every question stands, and how they were answered."""
    from kpi.inquiries import statistics
    from reports.inquiries import courses
    from reports.inquiry_words import InquiryWords

    with refusals(as_json):
        bootstrap.ready(show_progress)
        today = day_of(as_of)
        found = [
            line
            for line in _lines(known_by(as_of))
            if (line.inquiry.is_open or not only_open) and reporter in (None, line.inquiry.owner)
        ]
        if as_json:
            counted = statistics([line.inquiry for line in found], today)
            next_quarter = {one.value: count for one, count in courses(found).items()}
            counts: dict[str, Any] = {**vars(counted), "next_quarter": next_quarter}
            documents = [_document(line) for line in found]
            print_document({"explanations": documents, "statistics": counts})
            return
        words = InquiryWords(
            bootstrap.plan_years(), bootstrap.org_units(), bootstrap.settings().language, today
        )
        for line in found:
            _tell(line.inquiry, words)
        click.echo(words.lead(found))


def _factory() -> Any:
    return bootstrap.session_factory()


def _judge(name: str, number: int, text: str) -> None:
    from workflow import inquiries as acts
    from workflow.actors import LOCAL_APPROVER

    judging: dict[str, Callable[..., Inquiry]] = {
        "accept": acts.accept,
        "return": acts.return_,
        "withdraw": acts.withdraw,
    }
    doing = judging[name]
    _take(name, number, lambda: doing(_factory(), LOCAL_APPROVER, number, text, at=bootstrap.now()))


def _take(name: str, number: int, doing: Callable[[], Inquiry]) -> None:
    with refusals():
        bootstrap.ready(show_progress)
        try:
            _said(name, doing())
        except LookupError:
            wrong_usage("unknown_explanation", found=number)


def _said(name: str, one: Inquiry) -> None:
    from reports.cells import reporter_name
    from reports.wording import Words
    from texts import say

    lang = bootstrap.settings().language
    words = Words(bootstrap.plan_years().of(one.question.period), bootstrap.org_units(), lang)
    owner = reporter_name(one.owner, words)
    click.echo(say(f"inquiries.done.{name}", lang, number=one.id, owner=owner))
    if name in _TOLD:
        _mail(one, lang, to_unit=name != "answer")


def _mail(one: Inquiry, lang: str, *, to_unit: bool) -> None:
    """Tell whom it concerns by e-mail, where that is set up; the step is kept already."""
    from kpi.sendings import Outcome
    from texts import say
    from workflow.notices import tell

    telling = bootstrap.telling()
    if telling is None:
        return
    notice = tell(_factory(), telling, one.id, now=bootstrap.now)
    if notice is None:
        if to_unit:
            click.echo(say("inquiries.mail.nobody", lang))
    elif notice.outcome is Outcome.FAILED:
        click.echo(say("inquiries.mail.done_failed", lang, why=notice.detail))
    else:
        click.echo(say("inquiries.mail.done_sent", lang))


def _existing(number: int) -> Inquiry:
    from store import inquiries

    with _factory()() as session:
        found = inquiries.get(session, number)
    if found is None:
        raise LookupError(f"there is no inquiry {number}")
    return found


def _lines(as_of: datetime | None) -> list[Line]:
    from reports.inquiries import lines
    from store import inquiries

    with _factory()() as session:
        return lines(
            session,
            inquiries.every(session, as_of),
            bootstrap.plan_years(session, as_of),
            bootstrap.org_units(),
            today=day_of(as_of),
            as_of=as_of,
        )


def _document(line: Line) -> dict[str, Any]:
    one, asked = line.inquiry, line.inquiry.question
    return {
        "id": one.id,
        "indicator": asked.indicator,
        "org_unit": asked.org_unit,
        "period": asked.period.code,
        "owner": one.owner,
        "question": asked.text,
        "due": asked.due.isoformat(),
        "status": asked.status.value,
        "value": decimal_text(asked.value),
        "asked_by": one.asked_by,
        "asked_at": one.asked_at.isoformat(),
        "state": one.state.value,
        "next_status": None if line.then is None else line.then.status.value,
        "course": line.course.value,
        "steps": [
            {
                "step": taken.step.value,
                "text": taken.said,
                "by": taken.by,
                "at": taken.at.isoformat(),
                "submission": taken.submission,
                "files": documents(taken.files),
            }
            for taken in one.steps
        ],
    }


def _tell(one: Inquiry, words: Any) -> None:
    from texts import say
    from texts.numbers import date_text

    facts = {"unit": words.unit(one), "name": words.indicator(one), "period": words.period(one)}
    facts |= {"state": words.state(one), "owner": words.owner(one)}
    due = date_text(one.question.due, words.lang)
    click.echo(say("inquiries.line", words.lang, number=one.id, due=due, **facts))
