"""A small province for tests of forms and checks: two districts, two agencies.

Enough to hold every kind of row: a district's own figure, an agency's figure per
district, a figure at both levels, an annual one, and one that nobody reports.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpi.definitions import (
    OWN_UNIT,
    Across,
    Agency,
    Definitions,
    Demo,
    DueRule,
    Indicator,
    Level,
    LevelRule,
    Measure,
    OrgUnit,
    OrgUnits,
    Role,
    Text,
    UnitOfMeasure,
)
from kpi.observations import CellAddress, CellKind, Reading
from kpi.periods import Period
from kpi.submissions import FormReading

PERCENT = UnitOfMeasure("percent", Text("%", "%"), is_percent=True, aliases=("phần trăm",))
MONEY = UnitOfMeasure("billion_dong", Text("tỷ đồng", "billion dong"))
PEOPLE = UnitOfMeasure("persons", Text("người", "people"), is_count=True)

PROVINCE, DISTRICT = Level.PROVINCE, Level.DISTRICT


def indicator(
    id_: str, unit: UnitOfMeasure, levels: dict[Level, str | None], **more: object
) -> Indicator:
    """An indicator reported at ``levels`` by the given reporters."""
    decimals = 0 if unit.is_count else 2
    rules = {level: LevelRule(who, f"basis_{level}", decimals) for level, who in levels.items()}
    shape: dict[str, object] = {
        "sector": "growth",
        "role": Role.TARGET,
        "measure": Measure.FLOW,
        "direction": None,
        "across_units": Across.REPORTED,
        "decree": None,
    }
    name = Text(f"tên {id_}", f"name {id_}")
    return Indicator(  # type: ignore[arg-type]
        id=id_, name=name, short=name, unit_of_measure=unit, levels=rules, **(shape | more)
    )


INDICATORS = (
    indicator("revenue", MONEY, {DISTRICT: OWN_UNIT, PROVINCE: "finance"}, hard_low=Decimal(0)),
    indicator("income", MONEY, {DISTRICT: OWN_UNIT}, annual=True),
    indicator(
        "growth",
        PERCENT,
        {DISTRICT: OWN_UNIT},
        hard_low=Decimal(-100),
        hard_high=Decimal(100),
        status_by_quarter={1: "E", 3: "E"},
    ),
    indicator("poverty", PERCENT, {DISTRICT: OWN_UNIT}, asked_at=(4,)),
    indicator("deaths", PEOPLE, {DISTRICT: "traffic", PROVINCE: None}),
    indicator("people", PEOPLE, {DISTRICT: OWN_UNIT}),
    indicator("staff", PEOPLE, {PROVINCE: "traffic", DISTRICT: "traffic"}),
)

DEFINITIONS = Definitions(
    version="test",
    plan_year=2018,
    document=Text("nghị quyết", "decree"),
    sectors={},
    agencies={
        id_: Agency(id_, Text(vi, en), Text(vi, en))
        for id_, vi, en in (
            ("finance", "Sở Tài chính", "Finance department"),
            ("traffic", "Ban An toàn giao thông", "Traffic safety board"),
            ("idle", "Sở Ngoại vụ", "Foreign affairs"),
        )
    },
    indicators={i.id: i for i in INDICATORS},
    commitments={},
    targets=(),
    due={quarter: DueRule(month=1, day=15) for quarter in (1, 2, 3, 4)},
    approval={"A": "automatic", "B": "automatic"},
    demo=Demo(Period(2018, 3)),
)


def _unit(code: str, vi: str, level: Level, *, until: date | None = None) -> OrgUnit:
    return OrgUnit(
        code=code,
        name=Text(f"Huyện {vi}", f"{vi} district"),
        short=Text(vi, vi),
        level=level,
        kind=str(level),
        parent=None,
        border=False,
        communes=10,
        wards=0,
        townlets=1,
        cluster=None,
        tile=None,
        valid_from=date(2000, 1, 1),
        valid_to=until,
    )


ORG_UNITS = OrgUnits(
    units={
        unit.code: unit
        for unit in (
            _unit("20", "Lạng Sơn", PROVINCE),
            _unit("183", "Cao Lộc", DISTRICT),
            _unit("184", "Văn Quan", DISTRICT),
            _unit("99", "Đã giải thể", DISTRICT, until=date(2010, 12, 31)),
        )
    },
    clusters={},
)


def reading(
    indicator_id: str,
    raw: object,
    cell: str = "E9",
    *,
    org_unit: str = "183",
    period: str = "2018-Q3",
    unit: str | None = None,
    **more: object,
) -> Reading:
    """A row of form A of Cao Lộc, its kind guessed from the value."""
    known = DEFINITIONS.indicators.get(indicator_id)
    printed = known.unit_of_measure.name.vi if known and unit is None else unit or ""
    kinds = {type(None): CellKind.EMPTY, str: CellKind.TEXT, bool: CellKind.BOOLEAN}
    shape: dict[str, object] = {
        "kind": kinds.get(type(raw), CellKind.NUMBER),
        "unit_of_measure": printed,
    }
    return Reading(  # type: ignore[arg-type]
        indicator=indicator_id,
        org_unit=org_unit,
        period=period,
        raw=raw,
        at=CellAddress("Biểu A", cell),
        **(shape | more),
    )


def form(*readings: Reading, **more: object) -> FormReading:
    """Form A of Cao Lộc for quý III/2018, with these rows."""
    shape: dict[str, object] = {
        "file_name": "cao-loc.xlsx",
        "digest": "0" * 64,
        "form": "A",
        "template_version": "test",
        "reporter": "183",
        "period": "2018-Q3",
        "readings": readings,
    }
    return FormReading(**(shape | more))  # type: ignore[arg-type]
