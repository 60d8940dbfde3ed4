"""Do the tables that people write row by row say what the audit log says? For ``verify``.

Registers, scores, milestones, questions and closed standings are only added to, each row by one
act. Here every row is held against the event that tells of it, and every event against its
row: a row that was altered, added or taken out past the program is found. Entries of the
registers hold names, so the log has their seal (``store.honours``) and no text of theirs. What an
older version of the program did not log of a row cannot be held against anything, and is not.
All that is held: ``store.held``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from kpi.honours import Entry
from kpi.inquiries import Inquiry, Step
from kpi.numbers import plain
from kpi.score_sheets import Voice, said
from store import criterion_scores, honours, inquiries
from store.emulation_schema import criterion_score
from store.schema import milestone, standing
from store.told import apart, logged

SELF_SCORE, VERIFIED_SCORE = "standing.self_score", "standing.verify_score"
_VOICES = {SELF_SCORE: Voice.SELF, VERIFIED_SCORE: Voice.VERIFIED}
_OF_A_FILE = {"file", "file_name"}  # which workbook a sheet of scores came in
_SEAL, _HONOURS = "seal", ("honour.register", "honour.correct", "honour.erase_name")


def scores(session: Session) -> list[tuple[str, str, str]]:
    """(unit, period, criterion) of points that the log does not tell of, or not so."""
    rows: Counter[tuple[str, ...]] = Counter()
    for period in session.scalars(select(criterion_score.c.period).distinct()).all():
        for one in criterion_scores.every(session, period):
            at = one.said_at.isoformat() if one.said_at else ""
            place = (one.org_unit, period, one.criterion)
            rows[*place, one.voice, _plain(said(one)), one.said_by, at] += 1
    events: Counter[tuple[str, ...]] = Counter()
    for event in logged(session, *_VOICES):
        unit, _, period = event.subject.rpartition(" ")
        for criterion in event.details.keys() - _OF_A_FILE:
            points = _plain(event.details[criterion])
            place = (unit, period, criterion)
            events[*place, _VOICES[event.act], points, event.actor, event.at] += 1
    return sorted({(one[0], one[1], one[2]) for one in apart(rows, events)})


def _plain(points: str) -> str:
    """The number without the zeros that a database may add or drop."""
    number, between, note = points.partition(" · ")
    return f"{plain(Decimal(number)):f}{between}{note}"


def milestones(session: Session) -> list[tuple[str]]:
    """Commitments of which something else was said than the log tells."""
    events: Counter[tuple[str, ...]] = Counter()
    with_year = set()
    names = ("state", "progress", "due", "evidence")
    for event in logged(session, "milestone.record"):
        year = event.details.get("year", "")  # not told at first
        if year:
            with_year.add((event.subject, event.at))
        told = (event.details[name] for name in names)
        events[event.subject, year, *told, event.actor, event.at] += 1
    rows: Counter[tuple[str, ...]] = Counter()
    for row in session.execute(select(milestone)):
        at, due = row.said_at.isoformat(), row.due.isoformat() if row.due else ""
        year = str(row.year) if (row.commitment, at) in with_year else ""
        kept = (row.state, str(row.progress), due, row.evidence)
        rows[row.commitment, year, *kept, row.said_by, at] += 1
    return sorted({(one[0],) for one in apart(rows, events)})


def registers(session: Session) -> list[tuple[str]]:
    """Numbers of entries that are not as the log tells, of those missing too."""
    seals: dict[int, str] = {}
    told: dict[int, tuple[str, ...]] = {}
    for event in logged(session, *_HONOURS):
        number, details = int(event.subject), event.details
        if event.act != _HONOURS[-1]:
            told[number] = (*_what(details), event.actor, event.at)
        seals |= {
            int(name.removeprefix(_SEAL) or number): value
            for name, value in details.items()
            if name.startswith(_SEAL)
        }
    rows = honours.sealed(session)
    wrong = told.keys() ^ rows.keys()
    for number in told.keys() & rows.keys():
        one, seal = rows[number]
        is_ = (*_what(_details(one)), one.recorded_by, one.recorded_at.isoformat())
        if is_ != told[number] or seals.get(number, seal) != seal:
            wrong.add(number)
    return [(str(number),) for number in sorted(wrong)]


def _details(one: Entry) -> dict[str, str]:
    kept = one.honour
    return {
        "register": kept.register, "org_unit": kept.org_unit, "decision": kept.decision,
        "decided_on": kept.decided_on.isoformat(),
        "replaces": str(one.replaces) if one.replaces is not None else "",
        "taken_back": "yes" if one.taken_back else "",
    }  # fmt: skip


def _what(details: Mapping[str, str]) -> tuple[str, ...]:
    names = ("register", "org_unit", "decision", "decided_on", "replaces", "taken_back")
    return tuple(details.get(name, "") for name in names)


def questions(session: Session) -> list[tuple[str]]:
    """Numbers of inquiries whose words, days, people or figures the log tells otherwise.

    Steps that are missing, or too many, are found by ``verification.inquiry_faults``.
    """
    ask, *steps = (f"explanation.{one}" for one in ("ask", *Step))
    names = ("indicator", "org_unit", "period", "owner", "due", "said")
    events: dict[str, list[tuple[str, ...]]] = {}
    seen_as: dict[str, tuple[str, ...]] = {}  # not told at first
    for event in logged(session, ask, *steps):
        wanted = names if event.act == ask else ("said", "submission")
        facts = (*(event.details.get(name, "") for name in wanted), event.actor, event.at)
        events.setdefault(event.subject, []).append(facts)
        if event.act == ask and "status" in event.details:
            seen_as[event.subject] = (event.details["status"], event.details["value"])
    wrong = []
    for known in inquiries.every(session):
        number, asked = str(known.id), known.question
        value = "" if asked.value is None else f"{plain(asked.value):f}"
        figure = (asked.status.value, value)
        told, is_ = events.get(number, []), _told(known)
        if len(told) == len(is_) and (told != is_ or seen_as.get(number, figure) != figure):
            wrong.append(known.id)
    return [(str(number),) for number in sorted(wrong)]


def _told(known: Inquiry) -> list[tuple[str, ...]]:
    """What the log should tell of an inquiry, step by step."""
    asked = known.question
    first = (
        asked.indicator, asked.org_unit, asked.period.code, known.owner, asked.due.isoformat(),
        asked.text, known.asked_by, known.asked_at.isoformat(),
    )  # fmt: skip
    steps = (
        (one.said, str(one.submission or ""), one.by, one.at.isoformat()) for one in known.steps
    )
    return [first, *steps]


def closed_years(session: Session) -> list[tuple[str]]:
    """Years whose closed standing is not as the log tells."""
    rows: dict[str, tuple[str, ...]] = {
        str(row.year): (
            row.decision, row.digest, sha256(row.rules.encode()).hexdigest(), row.closed_by,
            row.closed_at.isoformat(),
        )
        for row in session.execute(select(standing))
    }  # fmt: skip
    events: dict[str, tuple[str, ...]] = {}
    for event in logged(session, "standing.close"):
        row = rows.get(event.subject)
        rules = event.details.get("rules", row[2] if row else "")  # not told at first
        decision, digest = event.details["decision"], event.details["digest"]
        events[event.subject] = (decision, digest, rules, event.actor, event.at)
    return [(n,) for n in sorted(rows.keys() | events.keys()) if rows.get(n) != events.get(n)]
