"""The dossier's table of points: every one with its ground, beside what people gave.

What a unit claims and nothing was computed from stands in a line of its own, without points;
the public extract has no words of people.
"""

from __future__ import annotations

from decimal import Decimal

from kpi.rounding import half_away
from kpi.score_sheets import BONUS, Voice, criterion_of
from kpi.scoring import Line
from reports.dossier_parts import Asked, table
from reports.emulation_words import given, ground, group_name, heading, loose_bonus
from reports.export import Cell, Table
from texts import say


def points_table(asked: Asked) -> Table:
    """A row for each line of the score and, last, the total; what was given in two columns."""
    found, one, words = asked.found, asked.placed, asked.words
    rows = [_point_row(line, asked) for line in one.score.lines]
    notes = () if asked.public else ("said",)
    loose = loose_bonus(one, found, words)
    if loose:  # claimed, and nothing was computed
        nothing = half_away(Decimal(0), found.rules.decimals)
        said = ("; ".join(loose),) if notes else ()
        beside = _beside(BONUS, asked)
        rows.append((say("standing.detail.bonus", words.lang), "", nothing, None, *beside, *said))
    columns = ("group", "ground", "points", "most", "self", "verified", *notes)
    total: tuple[Cell, ...] = (
        say("dossier.total", words.lang), "", _fine(one.score.total, asked),
        _fine(found.rules.total, asked),
        *(_fine(found.sheet(one.org_unit).total(voice), asked) for voice in Voice),
    )  # fmt: skip
    return table(asked, "points", columns, [*rows, (*total, *("" for _ in notes))])


def _point_row(line: Line, asked: Asked) -> tuple[Cell, ...]:
    found, one, words = asked.found, asked.placed, asked.words
    said = heading(line, found, words)
    if line.item is not None:
        said = f"{said}: {ground(line, found, words)}"
    spoken = given(line, one, found, words)
    id_ = criterion_of(line, found.rules) if spoken else ""
    notes = () if asked.public else ("; ".join(spoken),)
    earned, most = _fine(line.points, asked), _fine(line.most, asked)
    return (group_name(line, found, words), said, earned, most, *_beside(id_, asked), *notes)


def _beside(criterion: str, asked: Asked) -> list[Decimal | None]:
    """What the unit gave itself and what was verified."""
    sheet = asked.found.sheet(asked.unit)
    kept = (sheet.of(voice).get(criterion) for voice in Voice)
    return [None if each is None else _fine(each.points, asked) for each in kept]


def _fine(value: Decimal | None, asked: Asked) -> Decimal | None:
    """With the decimals of the rules, as the screen shows points."""
    return None if value is None else half_away(value, asked.found.rules.decimals)
