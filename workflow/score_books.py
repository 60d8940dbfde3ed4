"""Workbooks of scores: handed out, looked at row by row, and kept in one act for each unit.

Nothing is stored before the confirmation. What is then kept passes the same gate and rules as
points given one by one (``workflow.scores``); all units of a workbook together, or none. The
workbook is kept too, and each unit's event of the log names it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpi.bilingual import Text
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import (
    Finding,
    NotAllowed,
    Outcome,
    Scope,
    SubmissionRejected,
    UnreadableWorkbook,
    outcome,
)
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Actor, Refusal, refusal
from kpi.score_books import VOICE_OF, Asked, ScoreChange, ScoreRow, checked
from kpi.score_sheets import Voice, criteria, sheet
from kpi.submissions import FormReading
from loaders.score_template import write_scores
from reports.emulation_words import criterion_name
from reports.standing import Standing
from reports.wording import Words
from store import criterion_scores
from store.engine import Session, SessionFactory
from workflow.gate import Doing, Entry, perform_all
from workflow.kept_books import Book, KeptBook, kept
from workflow.reading import read_scores
from workflow.scores import ACTS, about, keep, scope_of
from workflow.standings import Ground, standing_at

SCORE_PERIOD = "score_no_period"
SCORE_CLOSED = "score_year_closed"
SCORE_NO_RULES = "score_no_rules"
SCORE_WHOSE = "score_whose"


@dataclass(frozen=True)
class ScoreInspection:
    """A workbook of scores and what keeping it would change."""

    file_name: str
    voice: Voice
    period: Period
    whose: str
    asked: Asked | None  # None: the workbook as a whole cannot be taken
    changes: tuple[ScoreChange, ...]
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        return outcome(self.findings)

    @property
    def differing(self) -> tuple[ScoreChange, ...]:
        return tuple(change for change in self.changes if change.differs)

    @property
    def units(self) -> tuple[str, ...]:
        """Whose points would change."""
        return tuple(dict.fromkeys(change.new.org_unit for change in self.differing))


# --- handed out ---------------------------------------------------------------------------


def blank_scores(
    session: Session, ground: Ground, period: Period, voice: Voice, whose: str, *, today: date
) -> bytes:
    """The sheet of a unit, or of a cluster, with what was given last.

    Raises:
        NotAllowed: if the year is closed or has no rules, or nobody of that name is scored.
    """
    found = standing_at(session, ground, period, as_of=None, today=today)
    if found is None:
        raise NotAllowed("standing_without_rules", subject=str(period.year))
    if found.closed is not None:
        raise NotAllowed("score_closed", subject=str(period.year))
    definitions = ground.years_at(session, None).of(period)
    asked = asked_of(found, definitions, ground.org_units, voice, whose)
    if not asked.rows:
        raise NotAllowed("score_whose", subject=whose)
    return write_scores(asked, _name_of(whose, ground.org_units))


def asked_of(
    found: Standing, definitions: Definitions, org_units: OrgUnits, voice: Voice, whose: str
) -> Asked:
    """Every criterion of the unit, or of the cluster's units in their official order."""
    vi, en = (Words(definitions, org_units, lang) for lang in ("vi", "en"))
    names = {
        id_: Text(criterion_name(id_, found, vi), criterion_name(id_, found, en))
        for id_ in (*found.rules.items, *found.rules.groups, "bonus")
    }
    rules = found.rules
    groups = {one.id: f"{one.name.vi} (tối đa {one.most:f} điểm)" for one in rules.groups.values()}
    rows = []
    for unit in org_units.units.values():
        placed = found.placed(unit.code)
        if placed is None or whose not in (unit.code, unit.cluster):
            continue
        given = found.sheet(unit.code)
        rows += [
            ScoreRow(
                unit.code, unit.name.vi, unit.short.vi, groups.get(one.group, names["bonus"].vi),
                names[id_], one, given.own.get(id_), given.verified.get(id_),
            )
            for id_, one in criteria(rules, placed.score).items()
        ]  # fmt: skip
    return Asked(voice, found.period, rules.version, rules.decimals, tuple(rows), whose)


def _name_of(whose: str, org_units: OrgUnits) -> str:
    if whose in org_units.units:
        return org_units.units[whose].name.vi
    return org_units.clusters[whose].name.vi


# --- looked at ----------------------------------------------------------------------------


def inspect_scores(
    session: Session,
    ground_of: Callable[[int], Ground],
    data: bytes,
    file_name: str,
    *,
    today: date,
) -> ScoreInspection:
    """What keeping the workbook would do, and everything that is wrong with it.

    Args:
        ground_of: what the standing of a year is made from.

    Raises:
        UnreadableWorkbook: if it is no workbook, or no sheet of scores.
    """
    read = read_scores(data, file_name)
    period = _period_of(read)
    seen = ScoreInspection(
        file_name, VOICE_OF[read.form], period, read.reporter, None, (), ()
    )  # fmt: skip
    ground = ground_of(period.year)
    found = standing_at(session, ground, period, as_of=None, today=today)
    if found is None or found.closed is not None:
        code = SCORE_NO_RULES if found is None else SCORE_CLOSED
        return replace(seen, findings=(_of_file(code, found=str(period.year)),))
    definitions = ground.years_at(session, None).of(period)
    asked = asked_of(found, definitions, ground.org_units, seen.voice, read.reporter)
    if not asked.rows:
        return replace(seen, findings=(_of_file(SCORE_WHOSE, found=read.reporter),))
    changes, findings = checked(read, asked)
    return replace(seen, asked=asked, changes=changes, findings=findings)


def _period_of(read: FormReading) -> Period:
    try:
        period = Period.parse(read.period)
    except ValueError:
        period = None
    if period is None or not period.quarter:
        raise UnreadableWorkbook([_of_file(SCORE_PERIOD, found=read.period)])
    return period


def _of_file(code: str, found: str = "") -> Finding:
    return Finding(code, scope=Scope.FILE, found=found)


def barred(session: Session, actor: Actor, seen: ScoreInspection) -> dict[str, Refusal]:
    """Whose points of the workbook this person may not give, and why."""
    act, period = ACTS[seen.voice], seen.period
    found = {unit: refusal(actor, act, scope_of(unit, period)(session)) for unit in seen.units}
    return {unit: why for unit, why in found.items() if why is not None}


# --- kept ---------------------------------------------------------------------------------


def kept_scores(
    session: Session, voices: Sequence[Voice], unit: str, period: Period
) -> list[KeptBook]:
    """The workbooks that gave a unit's points in these voices, newest first."""
    subject = about(unit, period.code)
    found = [
        book
        for voice in voices
        for book, event in kept(session, ACTS[voice])
        if event.subject == subject
    ]
    return sorted(found, key=lambda book: book.at, reverse=True)


def keep_scores(
    factory: SessionFactory,
    actor: Actor,
    ground: Ground,
    seen: ScoreInspection,
    data: bytes,
    *,
    at: datetime,
) -> int:
    """Keep what would change, all of it or nothing; returns how many points were kept.

    Args:
        seen: the workbook and the points it was seen to replace.
        data: its bytes, which are kept.

    Raises:
        SubmissionRejected: if an error was found in the workbook.
        NotAllowed: as ``workflow.scores.give`` for any of its units, or if other points stand
            by now than were seen.
    """
    if not seen.outcome.accepted or seen.asked is None:
        raise SubmissionRejected(seen.findings)
    with factory() as reading:  # takes a moment: nobody should wait for it to write
        found = standing_at(reading, ground, seen.period, as_of=None, today=local_date(at))
    book = Book(seen.file_name, data)
    doings = [
        (_keeping(found, _of_unit(unit, seen), book, actor, at), scope_of(unit, seen.period))
        for unit in seen.units
    ]
    return sum(perform_all(factory, actor, ACTS[seen.voice], doings, at=at))


def _of_unit(unit: str, seen: ScoreInspection) -> list[ScoreChange]:
    return [change for change in seen.differing if change.new.org_unit == unit]


def _keeping(
    found: Standing | None,
    changes: Sequence[ScoreChange],
    book: Book,
    actor: Actor,
    at: datetime,
) -> Doing[int]:
    """One unit's part of the workbook."""

    def work(session: Session, entry: Entry) -> int:
        _require_same(session, changes)
        kept = [replace(change.new, said_by=actor.id, said_at=at) for change in changes]
        keep(session, entry, found, kept)
        book.keep(session, entry, at)
        return len(kept)

    return work


def _require_same(session: Session, changes: Sequence[ScoreChange]) -> None:
    """What stands must be what the person has seen beside the new points."""
    first = changes[0].new
    every = criterion_scores.every(session, first.period)
    stands = sheet([one for one in every if one.org_unit == first.org_unit]).of(first.voice)
    if any(stands.get(change.new.criterion) != change.old for change in changes):
        raise NotAllowed("scores_changed", subject=first.org_unit)
