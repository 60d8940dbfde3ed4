"""From the story's levels to one figure per indicator, unit and period.

Whatever varies comes from a digest of names and a fixed seed, never from ``random`` or
the order of a dictionary, so that every machine makes the same figures. To-date flows
rise within a year, shares add up to 100, counts are whole and within the communes that
exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from kpi.definitions import Definitions, OrgUnit, OrgUnits
from kpi.periods import Period
from kpi.targets import Target
from loaders import sample_story as story

SEED = "lang-son-2018"
Key = tuple[str, str, str]  # indicator, organisation unit, period code
Figures = Mapping[Key, Decimal]

_QUARTERS = (1, 2, 3, 4)


def figures(
    definitions: Definitions, org_units: OrgUnits, targets: Iterable[Target]
) -> dict[Key, Decimal]:
    """Every figure of the samples; the districts' lean on their assigned targets."""
    assigned = {(target.indicator, target.org_unit): target for target in targets}
    province = org_units.province
    districts = org_units.districts(definitions.demo.period.end)
    made = dict(_province(province))
    for unit in districts:
        for year in story.YEARS:
            made.update(_district(unit, year, assigned))
    made.update(_traffic(districts))
    for unit in (province, *districts):
        made.update(_administration(unit))
    made.update(_totals(made, province, districts))
    return made


def note(indicator: str, org_unit: str, period: str, province: str) -> str:
    """The note beside a figure: its source if it is published, else that it is made up."""
    if org_unit == province:
        return story.SOURCES.get((indicator, period), story.ILLUSTRATIVE)
    if indicator == "new_rural_communes" and period == "2018-Q4":
        return story.DECISIONS.get(org_unit, story.ILLUSTRATIVE)
    return story.ILLUSTRATIVE


# --- the province's own figures


def _province(province: OrgUnit) -> Iterator[tuple[Key, Decimal]]:
    for indicator, years in story.PROVINCE.items():
        for year, quarters in years.items():
            for quarter, text in zip(_QUARTERS, quarters, strict=True):
                yield _key(indicator, province, year, quarter), Decimal(text)
    for year, text in story.INCOME.items():
        yield _key("income_per_capita", province, year, 0), Decimal(text)


# --- one district in one year


def _district(
    unit: OrgUnit, year: int, assigned: Mapping[tuple[str, str], Target]
) -> Iterator[tuple[Key, Decimal]]:
    def low(indicator: str) -> Decimal:
        return assigned[indicator, unit.code].edges.low or Decimal(0)

    for quarter in _QUARTERS:
        for indicator, value in _quarter(unit, year, quarter, low):
            yield _key(indicator, unit, year, quarter), value
    income = low("income_per_capita") * _near(unit, "income", middle="1.005", spread="0.02")
    yearly = Decimal("1.065") ** (year - 2018)
    yield _key("income_per_capita", unit, year, 0), _rounded(income * yearly, 1)
    poor = Decimal(story.POOR_2016[unit.code]) * story.POOR_LEFT[year]
    yield _key("poverty_rate", unit, year, 0), _rounded(poor, 1)


def _quarter(
    unit: OrgUnit, year: int, quarter: int, low: Callable[[str], Decimal]
) -> Iterator[tuple[str, Decimal]]:
    yield from _growth(unit, year, quarter, low)
    yield from _structure(unit, year, quarter, low)
    yield "budget_revenue", _revenue(unit, year, quarter, low("budget_revenue"))
    yield "rural_communes_total", Decimal(unit.communes)
    yield "communes_hardened_road", Decimal(_hardened(unit, year, quarter))
    yield "communes_model_count", _communes(unit, story.WITH_MODEL[year], quarter, "model")
    yield "communes_product_count", _communes(unit, story.WITH_PRODUCT[year], quarter, "product")
    recognised = story.NEW_RURAL[year].get(unit.code, "0000")
    yield "new_rural_communes", Decimal(recognised[quarter - 1])
    below = story.BELOW_5_CRITERIA[year].get(unit.code, "0000")
    yield "communes_below_5_criteria", Decimal(below[quarter - 1])


def _growth(
    unit: OrgUnit, year: int, quarter: int, low: Callable[[str], Decimal]
) -> Iterator[tuple[str, Decimal]]:
    """Near the target of 2018, the better the nearer its end; earlier years lower."""
    behind = Decimal(4 - quarter) * Decimal("0.15") + Decimal(2018 - year) * Decimal("0.4")
    lead = (story.PERFORMANCE[unit.code] - 1) * 10  # from about −1.6 to +0.9 points
    for indicator, pull in (
        ("growth_agriculture", Decimal("0.3")),
        ("growth_industry", Decimal("1.6")),
        ("growth_services", Decimal("0.5")),
    ):
        noise = _noise(indicator, unit.code, year, quarter) * Decimal("0.2")
        middle = low(indicator) + Decimal("0.3") + pull * lead - behind
        yield indicator, _rounded(middle + noise, 2)


def _structure(
    unit: OrgUnit, year: int, quarter: int, low: Callable[[str], Decimal]
) -> Iterator[tuple[str, Decimal]]:
    """Agriculture gives way to industry; the rest is services, so that all make 100."""
    early = Decimal((2018 - year) * 4 + 4 - quarter) * Decimal("0.12")
    middle = Decimal("0.5") + _noise("structure", unit.code) * Decimal("0.4")
    agriculture = _rounded(low("share_agriculture") + middle + early, 1)
    industry = _rounded(low("share_industry") + middle - early, 1)
    yield "share_agriculture", agriculture
    yield "share_industry", industry
    yield "share_services", 100 - agriculture - industry


def _revenue(unit: OrgUnit, year: int, quarter: int, plan: Decimal) -> Decimal:
    whole = plan * story.REVENUE_BEFORE.get(year, story.PERFORMANCE[unit.code])
    share = story.REVENUE_PACE[quarter - 1]
    if quarter < 4:
        share += _noise("revenue", unit.code, year, quarter) * Decimal("0.012")
    return _rounded(whole * share, 1)


def _hardened(unit: OrgUnit, year: int, quarter: int) -> int:
    before, after, *this_year = story.HARDENED[unit.code]
    if year == 2018:
        return this_year[quarter - 1]
    if year == 2017:
        return before + (after - before) * quarter // 4
    return max(0, before - (4 - quarter) // 2)


def _communes(unit: OrgUnit, parts: story.Quarters, quarter: int, name: str) -> Decimal:
    part = Decimal(parts[quarter - 1])
    if part < 1:  # everybody has arrived at 1, and nobody at 0
        part += _noise(name, unit.code) * Decimal("0.04")
    return min(Decimal(unit.communes), _rounded(unit.communes * part, 0))


# --- the agencies' figures about the districts


def _traffic(districts: Iterable[OrgUnit]) -> Iterator[tuple[Key, Decimal]]:
    units = tuple(districts)
    for indicator, years in story.TRAFFIC.items():
        for year, totals in years.items():
            to_date = dict.fromkeys(units, 0)
            for quarter, (total, before) in enumerate(
                zip(totals, (0, *totals[:3]), strict=True), start=1
            ):
                dealt = _dealt(total - before, units, f"{indicator} {year} {quarter}")
                for unit in units:
                    to_date[unit] += dealt[unit]
                    yield _key(indicator, unit, year, quarter), Decimal(to_date[unit])


def _dealt(total: int, units: tuple[OrgUnit, ...], name: str) -> dict[OrgUnit, int]:
    """``total`` dealt out by weight, what is left over to the greatest remainders."""
    weights = {
        unit: story.TRAFFIC_WEIGHT[unit.code] * (1 + _noise(name, unit.code) * Decimal("0.5"))
        for unit in units
    }
    exact = {unit: total * weight / sum(weights.values()) for unit, weight in weights.items()}
    dealt = {unit: int(part) for unit, part in exact.items()}
    by_remainder = sorted(units, key=lambda unit: (dealt[unit] - exact[unit], unit.code))
    for unit in by_remainder[: total - sum(dealt.values())]:
        dealt[unit] += 1
    return dealt


def _administration(unit: OrgUnit) -> Iterator[tuple[Key, Decimal]]:
    """Sở Nội vụ's figures; what it counts in districts adds up in ``_totals``."""
    size = Decimal(8) if unit.parent is None else Decimal(1)
    for year in story.YEARS:
        rise = Decimal(year - 2016)
        for quarter in _QUARTERS:
            passed = Decimal(quarter) / 4

            def whole(
                name: str, total: Decimal, *, year: int = year, passed: Decimal = passed
            ) -> Decimal:
                near = _near(unit, f"{name} {year}", middle="1", spread="0.2")
                return _rounded(size * total * near * passed, 0)

            services = Decimal(10) + 14 * rise + 10 * passed
            found = {
                "online_services_level_3_4": _rounded(
                    size * services * _near(unit, "services", middle="1", spread="0.1"), 0
                ),
                "staff_reduction": whole("staff", 4 + 2 * rise),
                "initiatives": whole("initiatives", 22 + 6 * rise),
                "exemplars_recognised": whole("exemplars", 14 + 5 * rise),
                "awards_direct_workers_share": _rounded(
                    46 + 4 * rise + _noise("awards", unit.code, year, quarter) * 4, 1
                ),
            }
            for indicator, value in found.items():
                yield _key(indicator, unit, year, quarter), value
        strong = 52 + 3 * rise + _noise("party", unit.code) * 6
        yield _key("grassroots_party_strong", unit, year, 0), _rounded(strong, 1)


def _totals(
    made: Figures, province: OrgUnit, districts: tuple[OrgUnit, ...]
) -> Iterator[tuple[Key, Decimal]]:
    """The province's totals of counts; published totals do not always add up."""
    for indicator in ("staff_reduction", "initiatives", "exemplars_recognised"):
        for year in story.YEARS:
            for quarter in _QUARTERS:
                parts = sum(made[_key(indicator, unit, year, quarter)] for unit in districts)
                own = story.COUNTED_TWICE.get((indicator, year, quarter), 0)
                yield _key(indicator, province, year, quarter), Decimal(parts + own)


# --- small tools


def _key(indicator: str, unit: OrgUnit, year: int, quarter: int) -> Key:
    return indicator, unit.code, Period(year, quarter).code


def _noise(*names: object) -> Decimal:
    """A number from −1 to 1 that depends on the names alone."""
    digest = sha256("|".join((SEED, *map(str, names))).encode()).digest()
    return Decimal(int.from_bytes(digest[:4], "big")) / Decimal(2**31) - 1


def _near(unit: OrgUnit, name: str, *, middle: str, spread: str) -> Decimal:
    return Decimal(middle) + _noise(name, unit.code) * Decimal(spread)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def spread_of(size: int, *names: object) -> int:
    """A whole number from 0 to ``size`` − 1 that depends on the names alone."""
    return min(size - 1, int((_noise(*names) + 1) / 2 * size))


def single_quarter(known: Figures, key: Key) -> Decimal:
    """The figure of the quarter alone, as it is given by mistake instead of to date."""
    indicator, unit, code = key
    return known[key] - known[indicator, unit, Period.parse(code).previous().code]
