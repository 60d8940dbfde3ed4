"""A workbook of scores: what a row is about, what is wrong with it, what it would change.

Two sheets are handed out: on one a unit gives itself points for every criterion, on the other
the council verifies the points of all units of a cluster. Points follow the same rules as
points given one by one (``kpi.score_sheets``). A cell left blank changes nothing. How a sheet
is drawn and read is for ``loaders`` to know; what is kept of it for ``workflow``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.bilingual import Text
from kpi.finding_codes import FindingCode
from kpi.finding_facts import about, in_both
from kpi.findings import Finding, Scope, Severity
from kpi.forms import COUNCIL_SHEET, SELF_SHEET
from kpi.numbers import Quirk, parse_cell, raw_text
from kpi.observations import CellAddress, CellKind, Reading
from kpi.periods import Period
from kpi.score_sheets import Criterion, Given, Mistake, Voice, mistake
from kpi.submissions import FormReading

# What the hidden sheet of the workbook calls it.
FORM_OF = {Voice.SELF: SELF_SHEET, Voice.VERIFIED: COUNCIL_SHEET}
VOICE_OF = {form: voice for voice, form in FORM_OF.items()}
LONGEST_NOTE = 500

SCORE_RULES = "score_other_rules"
SCORE_ROW = "score_row_unknown"
SCORE_UNIT = "score_unit_unknown"
SCORE_TWICE = "score_twice"
SCORE_NOT_COUNTED = "score_not_counted"
SCORE_FIGURE = "score_figure"
SCORE_NO_REASON = "score_no_reason"
SCORE_REASON_ALONE = "score_reason_alone"
SCORE_LONG_REASON = "score_long_reason"
SCORE_LEFT_BLANK = "score_left_blank"

_PLAIN = {FindingCode.TEXT_NUMBER, FindingCode.READ_AS_DECIMAL_POINT}
Key = tuple[str, str]  # organisation unit, criterion


@dataclass(frozen=True)
class ScoreRow:
    """One criterion of one unit, with what was given last."""

    org_unit: str
    unit: str  # the unit's name in full, over its rows
    short: str  # and in each of them
    group: str  # "" for the bonus
    name: Text
    criterion: Criterion
    own: Given | None = None
    verified: Given | None = None

    @property
    def key(self) -> Key:
        return (self.org_unit, self.criterion.id)

    def said(self, voice: Voice) -> Given | None:
        return self.own if voice is Voice.SELF else self.verified


@dataclass(frozen=True)
class Asked:
    """What a workbook of one voice may say at one period, in the order it is printed."""

    voice: Voice
    period: Period
    rules: str  # their version
    decimals: int
    rows: tuple[ScoreRow, ...]
    whose: str  # the unit's code, or the cluster's id


@dataclass(frozen=True)
class ScoreChange:
    """Points of the workbook with their cell, and those that stand until then."""

    old: Given | None
    new: Given
    at: CellAddress

    @property
    def differs(self) -> bool:
        if self.old is None:
            return True
        return (self.old.points, self.old.note) != (self.new.points, self.new.note)


def checked(read: FormReading, asked: Asked) -> tuple[tuple[ScoreChange, ...], tuple[Finding, ...]]:
    """What the workbook says row by row, and everything that is wrong with it, at once."""
    if read.template_version != asked.rules:
        return (), (_other_rules(read.template_version, asked.rules),)
    found = _Rows(asked, {row.key: row for row in asked.rows})
    changes = tuple(found.changes(read.readings))
    return changes, (*read.findings, *found.findings)


def _other_rules(found: str, expected: str) -> Finding:
    return Finding(SCORE_RULES, found=found, expected=expected, scope=Scope.FILE)


class _Rows:
    """Looks at the rows of one workbook; what is found is kept in ``findings``."""

    def __init__(self, asked: Asked, rows: Mapping[Key, ScoreRow]) -> None:
        self._asked, self._rows = asked, rows
        self._units = {unit for unit, _ in rows}
        self.findings: list[Finding] = []

    def changes(self, readings: Sequence[Reading]) -> Iterator[ScoreChange]:
        seen: dict[Key, CellAddress] = {}
        for reading in readings:
            key = (reading.org_unit, reading.indicator)
            row = self._rows.get(key)
            if row is None:
                self._unknown(reading)
            elif key in seen:
                self._say(SCORE_TWICE, reading, row, expected=str(seen[key]))
            else:
                seen[key] = reading.at
                given = self._given(reading, row)
                if given is not None:
                    yield ScoreChange(row.said(self._asked.voice), given, reading.at)

    def _unknown(self, reading: Reading) -> None:
        if _empty(reading):
            return  # a line of words, whose first column happens to be filled
        known = reading.org_unit in self._units
        code, found = (
            (SCORE_ROW, reading.indicator) if known else (SCORE_UNIT, reading.org_unit or "–")
        )
        self.findings.append(Finding(code, at=reading.at, found=found[:80]))

    def _given(self, reading: Reading, row: ScoreRow) -> Given | None:
        """The points of a row; None where it has none, or none that can stand."""
        if row.criterion.computed is None:
            if not _empty(reading):
                self._say(SCORE_NOT_COUNTED, reading, row)
            return None
        if reading.kind is CellKind.EMPTY:
            self._blank(reading, row)
            return None
        points = self._points(reading, row)
        if points is None:
            return None
        voice, note = self._asked.voice, reading.note
        given = Given(
            self._asked.period.code, row.org_unit, row.criterion.id, voice, points, note
        )  # fmt: skip
        wrong = mistake(given, {row.criterion.id: row.criterion}, row.own, self._asked.decimals)
        if wrong is not None:
            code = SCORE_NO_REASON if wrong is Mistake.NOTE else SCORE_FIGURE
            self._say(code, reading, row)
        elif len(note) > LONGEST_NOTE:
            self._say(SCORE_LONG_REASON, reading, row, expected=str(LONGEST_NOTE))
        else:
            return given
        return None

    def _blank(self, reading: Reading, row: ScoreRow) -> None:
        """No points: what stands remains, which is said; a reason alone means nothing."""
        stands = row.said(self._asked.voice)
        if reading.note and (stands is None or reading.note != stands.note):
            self._say(SCORE_REASON_ALONE, reading, row)
        elif stands is not None:
            self._say(SCORE_LEFT_BLANK, reading, row, kept=f"{stands.points:f}")

    def _points(self, reading: Reading, row: ScoreRow) -> Decimal | None:
        """One plain figure; whatever could be read two ways is refused, as in a plan."""
        parsed = parse_cell(
            reading.raw, reading.kind, reading.number_format,
            decimals=self._asked.decimals, is_percent=False, is_count=False,
        )  # fmt: skip
        for quirk in parsed.findings:
            if quirk.code in _PLAIN or quirk.severity is Severity.ERROR:
                self.findings.append(self._quirk(quirk, reading, parsed.raw))
            else:
                self._say(SCORE_FIGURE, reading, row)
        plain = all(quirk.code in _PLAIN for quirk in parsed.findings)
        return parsed.value if plain else None

    def _quirk(self, quirk: Quirk, reading: Reading, raw: str) -> Finding:
        found = reading.formula if reading.raw is None and reading.formula else raw
        expected = quirk.facts.get("read") or "0," + "0" * self._asked.decimals
        return about(reading, quirk.code, found=found, expected=expected, facts=quirk.facts)

    def _say(
        self, code: str, reading: Reading, row: ScoreRow, *, expected: str = "", **facts: str
    ) -> None:
        facts |= in_both("criterion", row.name)
        facts |= {"high": f"{row.criterion.most:f}", "decimals": str(self._asked.decimals)}
        if row.criterion.computed is not None:
            facts["computed"] = f"{row.criterion.computed:f}"
        severity = Severity.WARNING if code == SCORE_LEFT_BLANK else Severity.ERROR
        found = raw_text(reading.raw) or reading.note
        self.findings.append(
            Finding(
                code, severity, reading.at, found[:80], expected, indicator=reading.indicator,
                org_unit=reading.org_unit, facts=facts,
            )
        )  # fmt: skip


def _empty(reading: Reading) -> bool:
    return reading.kind is CellKind.EMPTY and not reading.note
