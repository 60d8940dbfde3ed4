"""The demonstration's entries of the registers, its people's own points, and words on commitments.

``data/samples/emulation.yaml`` is illustrative and kept by hand. What it holds comes in through the
same acts as a person's, at the moment it names; here it is only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import Field, StrictBool, StrictInt, StrictStr

from kpi.honours import Honour, Recipient, Register
from kpi.milestones import State, Word
from kpi.score_sheets import Given, Voice
from loaders.entry_lists import E, read_entry
from loaders.model_types import Day, Identifier, Number, Quarterly, Strict, UnitCode, Words
from loaders.yaml_lines import Document, read_document

FILE = "emulation.yaml"
_BY = "Chủ tịch UBND tỉnh (minh họa)"
_HANOI = timezone(timedelta(hours=7))
_RECORDED = timedelta(days=5)  # after the decision


Honours: TypeAlias = tuple[tuple[datetime, Honour], ...]
Scores: TypeAlias = tuple[tuple[datetime, tuple[Given, ...]], ...]


class HonourEntry(Strict):
    kept_in: Annotated[Register, Field(alias="register")]
    org_unit: UnitCode
    kind: Identifier
    recipient_kind: Recipient
    recipient: Words
    decision: Words
    decided_on: Day
    reason: Words
    direct_worker: StrictBool = False
    border_commune: StrictBool = False


class ScoreEntry(Strict):
    period: Quarterly
    org_unit: UnitCode
    criterion: Identifier
    voice: Voice
    points: Number
    said_on: Day
    note: StrictStr = ""


class WordEntry(Strict):
    commitment: Identifier
    said_on: Day
    state: State
    progress: StrictInt
    due: Day | None = None
    evidence: Words


@dataclass(frozen=True)
class SampleEmulation:
    """Each with the moment it came in, in that order."""

    honours: Honours = ()
    scores: Scores = ()  # sheet by sheet
    words: tuple[Word, ...] = ()  # each knows its own


def read_sample_emulation(folder: Path) -> SampleEmulation:
    """What the samples' folder has of emulation; nothing where it has no such file.

    Raises:
        DefinitionsError: listing every mistake.
    """
    if not (folder / FILE).exists():
        return SampleEmulation()
    document = read_document(folder / FILE)
    honours = [_honour(one) for one in _entries(document, "honours", HonourEntry)]
    sheets: dict[tuple[date, str, str, Voice], list[Given]] = {}
    for one in _entries(document, "scores", ScoreEntry):
        key = (one.said_on, one.period.code, one.org_unit, one.voice)
        given = Given(*key[1:3], one.criterion, one.voice, one.points, one.note)
        sheets.setdefault(key, []).append(given)
    words = [_word(one) for one in _entries(document, "milestones", WordEntry)]
    document.raise_mistakes()
    return SampleEmulation(
        tuple(sorted(honours, key=lambda found: found[0])),
        tuple((_morning(key[0]), tuple(given)) for key, given in sorted(sheets.items())),
        tuple(words),
    )


def _entries(document: Document, name: str, model: type[E]) -> Iterator[E]:
    for number, raw in enumerate(document.entries(name)):
        entry = read_entry(document, (name, number), model, raw)
        if entry is not None:
            yield entry


def _honour(entry: HonourEntry) -> tuple[datetime, Honour]:
    fields = dict(entry)
    year, register = entry.decided_on.year, fields.pop("kept_in")
    one = Honour(register=register, year=year, decided_by=_BY, **fields)
    return _morning(entry.decided_on + _RECORDED), one


def _word(entry: WordEntry) -> Word:
    fields = dict(entry)
    return Word(said_at=_morning(fields.pop("said_on")), **fields)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=_HANOI)
