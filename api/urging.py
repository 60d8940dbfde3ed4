"""What is owed and urged: reports, the decree's commitments, explanations that were asked for.

As ``resources`` reads the figures; the rows stand here too, since nothing else is made of them.
Who said what by name stays inside, and so do the names of files, which may name people.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import bootstrap
from api.documents import Document, both, day, moment, number
from api.resources import Page, Question, cut
from kpi.completeness import Report
from kpi.definitions import Commitment
from kpi.evidence import Evidence
from kpi.inquiries import Taken
from kpi.milestones import Word, days_late
from reports.inquiries import Line


def completeness(question: Question) -> Page:
    """Every report that is owed, also those of which nothing has come.

    An agency's report stands under the province: whoever may read the province's figures
    sees how its agencies stand.
    """
    from reports.completeness import reports

    units = question.units()
    found = {
        (_about(one, question), one.asked.reporter, one.asked.period.code): one
        for one in reports(
            question.session,
            bootstrap.plan_years(question.session, question.as_of),
            question.known.org_units,
            sorted(set(question.asked["period"])),
            today=_today(question),
            as_of=question.as_of,
        )
    }
    keys = sorted(key for key in found if units is None or key[0] in units)
    page, following = cut(keys, question)
    return Page([_report(found[key], key[0]) for key in page], following)


def milestones(question: Question) -> Page:
    """The commitments of a plan year; they are the province's, as its agencies' reports are."""
    from store import milestones as kept

    year = question.asked["year"] or question.known.years.newest.plan_year
    commitments = question.known.years.of(str(year)).commitments
    if not question.access.reads(question.known.org_units.province.code):
        commitments = {}
    said = kept.newest(question.session, year, question.as_of)
    page, following = cut([(id_,) for id_ in sorted(commitments)], question)
    today = _today(question)
    rows = [_milestone(commitments[id_], said.get(id_), today) for (id_,) in page]
    return Page(rows, following, {"year": year})


def explanations(question: Question) -> Page:
    """What was asked of which figure, in the order it was asked, and what came of it."""
    from reports.inquiries import lines
    from store import inquiries

    units, today = question.units(), _today(question)
    asked = {name: question.asked[name] for name in ("indicator", "period")}
    found = {
        (f"{one.id:015}",): one
        for one in inquiries.every(question.session, question.as_of)
        if (units is None or one.question.org_unit in units)
        and (asked["indicator"] is None or one.question.indicator in asked["indicator"])
        and (asked["period"] is None or one.question.period.code in asked["period"])
        and (one.is_open or not question.asked["open"])
    }
    page, following = cut(sorted(found), question)
    told = lines(
        question.session,
        [found[key] for key in page],
        bootstrap.plan_years(question.session, question.as_of),
        question.known.org_units,
        today=today,
        as_of=question.as_of,
    )
    return Page([_inquiry(line, today) for line in told], following)


def _today(question: Question) -> date:
    asked: date | None = question.asked["as_of"]
    return asked or bootstrap.today()


def _about(one: Report, question: Question) -> str:
    """The organisation unit that a report stands under."""
    own = one.asked.reporter in question.known.org_units.units
    return one.asked.reporter if own else question.known.org_units.province.code


# --- the rows


def _report(one: Report, org_unit: str) -> Document:
    """How a reporter stands at a period; ``org_unit`` is the one it stands under."""
    return {
        "org_unit": org_unit,
        "reporter": one.asked.reporter,
        "form": one.asked.form,
        "period": one.asked.period.code,
        "state": one.state.value,
        "expected": one.asked.expected,
        "filled": one.filled,
        "valid": one.valid,
        "accepted": one.accepted,
        "in_time_until": day(one.asked.until),
        "excepted": one.asked.excepted,
        "received_on": day(one.first.received_on) if one.first else None,
        "days_over": one.days_over,
        "revision": one.newest.revision if one.newest else None,
        "returned": one.returned,
    }


def _milestone(one: Commitment, word: Word | None, today: date) -> Document:
    said_at = None if word is None else word.said_at
    return {
        "commitment": one.id,
        "name": both(one.name),
        "clause": one.decree.clause,
        "owner": one.owner or None,
        "owner_name": both(one.owner_name),
        "state": None if word is None else word.state.value,
        "progress": None if word is None else word.progress,
        "due": None if word is None else day(word.due),
        "days_late": days_late(word, today),
        "evidence": "" if word is None else word.evidence,
        "files": _files(() if word is None else word.files),
        "said_at": None if said_at is None else moment(said_at),
    }


def _inquiry(line: Line, today: date) -> Document:
    one, asked = line.inquiry, line.inquiry.question
    return {
        "id": one.id,
        "indicator": asked.indicator,
        "org_unit": asked.org_unit,
        "period": asked.period.code,
        "owner": one.owner,
        "question": asked.text,
        "due": day(asked.due),
        "status": asked.status.value,
        "value": number(asked.value),
        "asked_at": moment(one.asked_at),
        "state": one.state.value,
        "days_late": one.days_late(today),
        "next_status": None if line.then is None else line.then.status.value,
        "course": line.course.value,
        "steps": [_step(taken) for taken in one.steps],
    }


def _step(taken: Taken) -> Document:
    return {
        "step": taken.step.value,
        "text": taken.said,
        "at": moment(taken.at),
        "submission": taken.submission,
        "files": _files(taken.files),
    }


def _files(files: Sequence[Evidence]) -> list[Document]:
    return [{"kind": one.kind.value, "size": one.size, "digest": one.digest} for one in files]
