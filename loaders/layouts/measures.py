"""What figures are counted in, and by what they must be multiplied.

Money is written in đồng, nghìn, triệu or tỷ đồng, and mistaking one for another is wrong a
thousandfold. A text is compared with the indicator's own unit of measure; the same money
in another size gives a factor, which a person must confirm. Anything else does not fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Definitions, UnitOfMeasure
from kpi.layouts import ONE, Found
from loaders.layouts.labels import label_key

_SIZES = {
    "đồng": 0, "đ": 0, "vnđ": 0, "vnd": 0,
    "nghìn đồng": 3, "ngàn đồng": 3, "1000đ": 3, "1000 đ": 3, "1.000đ": 3, "1.000 đồng": 3,
    "1000 đồng": 3,
    "triệu đồng": 6, "tr.đ": 6, "trđ": 6, "tr.đồng": 6, "tr đồng": 6, "triệu": 6,
    "triệu vnđ": 6,
    "tỷ đồng": 9, "tỉ đồng": 9, "tỷ đ": 9, "tỷ": 9, "tỉ": 9, "tỷ vnđ": 9,
}  # fmt: skip
_SIZES_BY_KEY = {label_key(text): size for text, size in _SIZES.items()}
_STATED = re.compile(
    r"(?:đvt|đơn\s+vị\s+tính|dvt|don\s+vi\s+tinh|đơn\s+vị)\s*[:：]\s*(?P<unit>[^()\n;]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MeasureMatch:
    """How a printed unit fits an indicator: as it is, by a factor, or not at all."""

    found: Found
    measure: str  # the printed words, as a key; "" where nothing is printed
    scale: Decimal = ONE


def is_measure(text: str, definitions: Definitions) -> bool:
    """Is this a unit of measure that anybody would print?"""
    key = label_key(text)
    size, _ = _money(key)
    return size is not None or any(key in _names(unit) for unit in _all_units(definitions))


def fits(text: str, unit: UnitOfMeasure) -> MeasureMatch:
    """The printed ``text`` beside the indicator's own unit of measure."""
    key = label_key(text)
    wanted_size, wanted_rest = _money(label_key(unit.name.vi))
    if not key:
        # a count needs no unit to be understood; a sum of money without one may be anything
        return MeasureMatch(Found.ALIAS if wanted_size is None else Found.AMBIGUOUS, "")
    if key in _names(unit):
        return MeasureMatch(Found.EXACT, key)
    size, rest = _money(key)
    if size is None or wanted_size is None or (rest != wanted_rest and not _may_omit(unit, rest)):
        return MeasureMatch(Found.NONE, key)
    # another size of the same money: the one thing that must never pass unseen
    return MeasureMatch(Found.SIMILAR, key, ONE.scaleb(size - wanted_size))


def stated_for_all(text: str) -> str:
    """The unit in a line such as "Đơn vị tính: triệu đồng"; "" if it is none."""
    match = _STATED.search(text)
    return match["unit"].strip(" .") if match else ""


def _money(key: str) -> tuple[int | None, str]:
    head, _, rest = key.partition("/")
    return _SIZES_BY_KEY.get(head.strip()), rest.strip()


def _may_omit(unit: UnitOfMeasure, rest: str) -> bool:
    """ "triệu đồng" for "triệu đồng/người/năm", where the definitions allow that."""
    return not rest and any(
        "/" not in alias and _money(label_key(alias))[0] for alias in unit.aliases
    )


def _names(unit: UnitOfMeasure) -> set[str]:
    names = (unit.id, unit.name.vi, unit.name.en, *unit.aliases)
    return {label_key(name) for name in names}


def _all_units(definitions: Definitions) -> dict[UnitOfMeasure, None]:
    return dict.fromkeys(one.unit_of_measure for one in definitions.indicators.values())
