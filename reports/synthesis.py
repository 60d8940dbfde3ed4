"""The official summary table as rows of a sheet: figures as numbers, percentages as formulas.

Each formula says METHOD 5 in a spreadsheet's words and carries the figure that the screens
print, so that a reader who does not calculate sees the same as one who does. How the sheet
looks is ``reports.synthesis_xlsx``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Measure
from kpi.judgement import Assessment
from kpi.rounding import half_away
from kpi.targets import Direction, Target, TargetKind
from reports.cells import updated
from reports.marks import marked
from reports.wording import Words
from texts import say
from texts.numbers import MINUS

COLUMNS = (
    "number", "name", "unit", "plan", "low", "high", "baseline", "value", "previous",
    "attainment", "distance", "change", "status", "clause", "source",
)  # fmt: skip
LETTERS = {name: "ABCDEFGHIJKLMNO"[n] for n, name in enumerate(COLUMNS)}
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Number:
    """A figure and the number format it is shown in."""

    value: Decimal
    look: str


@dataclass(frozen=True)
class Formula:
    """``text`` for a row ``{r}``; ``value`` is what it comes to."""

    text: str
    value: Decimal
    look: str

    def at(self, row: int) -> str:
        return self.text.format(r=row)


Cell = str | Number | Formula


@dataclass(frozen=True)
class Row:
    """One indicator of one unit, by column."""

    cells: Mapping[str, Cell]
    assessment: Assessment


def row(one: Assessment, words: Words, *, number: str, unit: str | None = None) -> Row:
    """A row of the table; ``unit``: the name of whose figure it is, where that is its name."""
    when, by = updated(one, words)
    cells: dict[str, Cell | None] = {
        "number": number,
        "name": words.name(one) if unit is None else unit,
        "unit": words.unit(one),
        "plan": words.plan(one),
        **_edges(one, words),
        "value": _figure(one.value, one, words),
        "previous": _figure(one.previous_value, one, words),
        "attainment": _attainment(one),
        "distance": _distance(one, words),
        "change": _change(one, words),
        "status": marked(one, words),
        "clause": clause(one, words) if unit is None else "",
        "source": f"{by}, {when}" if by else when,
    }
    return Row({key: cell for key, cell in cells.items() if cell not in (None, "")}, one)


def clause(one: Assessment, words: Words) -> str:
    """What the target rests on, as the decree or a later decision is cited."""
    target = one.target
    if target is None:
        return ""
    if not target.clause:
        return target.document
    return say("milestones.clause", words.lang, clause=target.clause)


def plain(decimals: int) -> str:
    """The number format of so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def signed(decimals: int) -> str:
    """The same with its sign: a true minus, and nothing before nought."""
    look = plain(decimals)
    return f"+{look};{MINUS}{look};{look}"


# --- the cells ---------------------------------------------------------------------------


def _figure(value: Decimal | None, one: Assessment, words: Words) -> Number | None:
    if value is None:
        return None
    decimals = words.decimals(one)
    return Number(half_away(value, decimals), plain(decimals))


def _edges(one: Assessment, words: Words) -> dict[str, Cell | None]:
    """What the formulas count with: the target's edges, and where the way to it began."""
    target = one.target
    edges = (None, None) if target is None else (target.edges.low, target.edges.high)
    low, high = (_as_given(edge) for edge in edges)
    start = _baseline(one) if words.indicator(one).measure is Measure.STOCK else None
    return {"low": low, "high": high, "baseline": _as_given(start, words.decimals(one))}


def _as_given(value: Decimal | None, decimals: int = 0) -> Number | None:
    """A target with the decimals it was stated with."""
    if value is None:
        return None
    exponent = value.normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    return Number(value, plain(max(own, decimals)))


def _baseline(one: Assessment) -> Decimal | None:
    return one.explanation.figures.get("baseline")


def _attainment(one: Assessment) -> Formula | None:
    """% of plan; of a limit on a year that is not over: the part of it that is used."""
    if one.target is None or one.value is None:
        return None
    if one.used_of_limit is not None:
        return _percent("{H}/{F}", one, "used_of_limit")
    if one.attainment is None:
        return None
    if one.target.kind is TargetKind.AT_MOST and one.reference == 0:
        if one.value > 0 and _baseline(one) is None:
            return None
        return _percent("IF({H}<=0,1,MAX(0,1-{H}/{G}))", one, "attainment")
    return _percent(_ATTAINMENT[one.target.kind](one.target), one, "attainment")


def _range(target: Target) -> str:
    if target.direction is Direction.DECREASE:
        return "IF({H}<{E},MAX(0,2-{H}/{E}),IF({H}<={F},1,MAX(0,2-{H}/{F})))"
    return "IF({H}<{E},MAX(0,{H}/{E}),IF({H}<={F},1,{H}/{F}))"


_ATTAINMENT: Mapping[TargetKind, Callable[[Target], str]] = {
    TargetKind.AT_LEAST: lambda _: "MAX(0,{H}/{E})",
    TargetKind.AT_MOST: lambda _: "MAX(0,2-{H}/{F})",
    TargetKind.RANGE: _range,
    TargetKind.BAND: lambda _: "IF({H}<{E},MAX(0,{H}/{E}),IF({H}<={F},1,MAX(0,2-{H}/{F})))",
    TargetKind.BELOW_PREVIOUS: lambda _: (
        "IF(OR({H}<{I},AND({H}=0,{I}=0)),1,IF({I}=0,0,MAX(0,MIN(0.999,2-{H}/{I}))))"
    ),
}


def _percent(text: str, one: Assessment, name: str) -> Formula | None:
    """A percentage as a part of one, rounded where the screens round it (METHOD 3)."""
    found: Decimal | None = getattr(one, name)
    if found is None:
        return None
    exponent = found.as_tuple().exponent
    decimals = max(1, -exponent) if isinstance(exponent, int) else 1
    sign = one.explanation.signs.get(name, "")
    look = f"{plain(decimals)}%"
    if name == "change":
        look = f"+{look};{MINUS}{look};{look}"
    if sign:
        look = ";".join(f'"{sign}"{part}' for part in look.split(";"))
    return Formula(_with_letters(f"=ROUND({text},{decimals + 2})"), found / _HUNDRED, look)


_DISTANCE: Mapping[TargetKind, str] = {
    TargetKind.AT_LEAST: "{H}-{E}",
    TargetKind.AT_MOST: "{H}-{F}",
    TargetKind.RANGE: "{H}-MIN(MAX({H},{E}),{F})",
    TargetKind.BAND: "{H}-MIN(MAX({H},{E}),{F})",
    TargetKind.BELOW_PREVIOUS: "{H}-{I}",
}


def _distance(one: Assessment, words: Words) -> Formula | None:
    """How far from the plan, in the unit of measure; of percentages: in points."""
    if one.target is None or one.value is None:
        return None
    kind = one.target.kind
    found = one.distance
    if kind is TargetKind.BELOW_PREVIOUS:
        found = None if one.previous_value is None else one.value - one.previous_value
    if found is None:
        return None
    exponent = found.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    decimals = max(words.decimals(one), own)
    text = _with_letters(f"=ROUND({_DISTANCE[kind]},{decimals})")
    return Formula(text, found, _from_plan(decimals, one, words))


def _difference(decimals: int, one: Assessment, words: Words) -> str:
    """The number format of a difference; of percentages it is in points."""
    looks = signed(decimals).split(";")
    if words.indicator(one).unit_of_measure.is_percent:
        unit = say("synthesis.points", words.lang)
        looks = [f'{look}" {unit}"' for look in looks]
    return ";".join(looks)


def _from_plan(decimals: int, one: Assessment, words: Words) -> str:
    """The same, nought of a two-sided target being said as on the screens."""
    look = _difference(decimals, one, words)
    if one.target is None or one.target.kind not in (TargetKind.RANGE, TargetKind.BAND):
        return look
    inside = say("overview.inside", words.lang)
    return ";".join([*look.split(";")[:2], f'"{inside}"'])


def _change(one: Assessment, words: Words) -> Formula | None:
    """Against the same period of last year: % of it; of percentages: points."""
    if one.value is None or one.previous_value is None:
        return None
    if not words.indicator(one).unit_of_measure.is_percent:
        return _percent("{H}/{I}-1", one, "change")
    decimals = words.decimals(one)
    found = half_away(one.value, decimals) - half_away(one.previous_value, decimals)
    text = _with_letters(f"=ROUND({{H}}-{{I}},{decimals})")
    return Formula(text, found, _difference(decimals, one, words))


def _with_letters(text: str) -> str:
    """``{H}`` becomes column H of the row it will stand in."""
    return text.format(**{letter: f"{letter}{{r}}" for letter in LETTERS.values()})
