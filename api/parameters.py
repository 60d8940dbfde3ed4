"""The parameters of a question: one object each that reads the text and describes itself.

The OpenAPI document is made of the same objects, so that it cannot promise what is not
taken. Everything that is wrong with a question is said at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, NamedTuple

from api.problems import Problem, said
from kpi.definitions import OrgUnits
from kpi.periods import Period
from kpi.plan_years import PlanYears

Document = dict[str, Any]
MOST_ROWS, ROWS = 1000, 200
MOST_VALUES = 50  # of one parameter
_NAME = "[A-Za-z0-9_.-]{1,80}"
_PERIOD = "^20[0-9]{2}(-Q[1-4])?$"
_QUARTER = "^20[0-9]{2}-Q[1-4]$"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"  # date.fromisoformat alone takes weeks as well
# How much of what a dataflow refers to comes along, as the SDMX REST interface calls it.
_REFERENCES = ("none", "children", "descendants", "all")
_CURSOR = rf"^{_NAME}(/{_NAME}){{0,2}}(/[0-9]{{1,15}})?$"


class Known(NamedTuple):
    """What the installation knows, and a question may therefore name."""

    years: PlanYears
    org_units: OrgUnits

    def indicators(self) -> list[str]:
        return sorted({i for year in self.years.opened for i in year.definitions.indicators})


class Wrong(ValueError):
    """A value that cannot be read; the text is the code of its sentence."""


@dataclass(frozen=True)
class Parameter:
    """One query parameter.

    Args:
        read: makes the value out of the text, or raises ``Wrong``.
        schema: what JSON Schema says of one value.
        many: it may be given more than once; the value is then a list.
    """

    name: str
    about: str
    read: Callable[[str, Known], Any]
    schema: Callable[[Known], Document]
    many: bool = False
    required: bool = False
    default: Any = None

    def described(self, known: Known) -> Document:
        """This parameter in the OpenAPI document."""
        schema = self.schema(known)
        if self.many:
            schema = {
                "type": "array", "items": schema, "minItems": 1, "maxItems": MOST_VALUES,
            }  # fmt: skip
        elif self.default is not None:
            schema = {**schema, "default": self.default}
        return {
            "name": self.name,
            "in": "query",
            "description": self.about,
            "required": self.required,
            "schema": schema,
        }


def read_all(
    parameters: Sequence[Parameter], given: Sequence[tuple[str, str]], known: Known
) -> dict[str, Any]:
    """The values by name; absent ones have their default.

    Raises:
        Problem: naming every parameter that is unknown, missing, repeated or wrong.
    """
    by_name = {one.name: one for one in parameters}
    errors = [(name, said("wrong.unknown")) for name, _ in given if name not in by_name]
    found: dict[str, Any] = {}
    counts = Counter(name for name, _ in given)
    for one in parameters:
        texts = [text for name, text in given if name == one.name]
        if not texts and one.required:
            errors.append((one.name, said("wrong.missing")))
        elif counts[one.name] > (MOST_VALUES if one.many else 1):
            errors.append((one.name, said("wrong.repeated")))
        else:
            found[one.name], wrong = _values(one, texts, known)
            errors += [(one.name, why) for why in wrong]
    if errors:
        raise Problem(HTTPStatus.BAD_REQUEST, "bad_parameters", errors=errors)
    return found


def _values(one: Parameter, texts: Sequence[str], known: Known) -> tuple[Any, list[str]]:
    values, wrong = [], []
    for text in texts:
        try:
            values.append(one.read(text, known))
        except Wrong as error:
            wrong.append(said(f"wrong.{error}", found=text[:80]))
    if not texts:
        return one.default, []
    return (values if one.many else next(iter(values), None)), wrong


# --- kinds of values


def _of(pattern: str, code: str, text: str) -> str:
    if re.fullmatch(pattern, text) is None:
        raise Wrong(code)
    return text


def _one_of(some: Mapping[str, object] | Sequence[str], code: str, text: str) -> str:
    if text not in some:
        raise Wrong(code)
    return text


def _day(text: str, _known: Known) -> date:
    try:
        return date.fromisoformat(_of(_DAY, "day", text))
    except ValueError as error:
        raise Wrong("day") from error


def _rows(text: str, _known: Known) -> int:
    number = int(_of(r"[0-9]{1,4}", "limit", text))
    if not 1 <= number <= MOST_ROWS:
        raise Wrong("limit")
    return number


def _year(text: str, known: Known) -> int:
    return int(_one_of([str(one.year) for one in known.years.opened], "year", text))


def _cursor(text: str, _known: Known) -> tuple[str, ...]:
    return tuple(_of(_CURSOR, "cursor", text).split("/"))


# --- the parameters there are

INDICATOR = Parameter(
    "indicator",
    "An indicator's id; repeat it for several.",
    lambda text, known: _one_of(known.indicators(), "indicator", text),
    lambda known: {"type": "string", "enum": known.indicators()},
    many=True,
)
ORG_UNIT = Parameter(
    "org_unit",
    "An organisation unit's code; repeat it for several.",
    lambda text, known: _one_of(known.org_units.units, "org_unit", text),
    lambda known: {"type": "string", "enum": sorted(known.org_units.units)},
    many=True,
)
PERIOD = Parameter(
    "period",
    "A quarter, reported to date (`2018-Q3`: nine months), or a year; repeat it for several.",
    lambda text, _known: _of(_PERIOD, "period", text),
    lambda _known: {"type": "string", "pattern": _PERIOD},
    many=True,
)
QUARTER = Parameter(
    "period",
    "The quarter to judge at; annual figures come with Q4.",
    lambda text, _known: Period.parse(_of(_QUARTER, "quarter", text)),
    lambda _known: {"type": "string", "pattern": _QUARTER},
    required=True,
)
QUARTERS = Parameter(
    "period",
    "The quarter that is reported on; repeat it for several.",
    QUARTER.read,
    QUARTER.schema,
    many=True,
    required=True,
)
YEAR = Parameter(
    "year",
    "A plan year that is open; the newest if it is not said.",
    _year,
    lambda known: {"type": "integer", "enum": [one.year for one in known.years.opened]},
)
AS_OF = Parameter(
    "as_of",
    "As it was known at the end of that day, in Viet Nam.",
    _day,
    lambda _known: {"type": "string", "format": "date"},
)
ON = Parameter("on", "The day that counts; the year's last if it is not said.", _day, AS_OF.schema)
EXISTING_ON = Parameter("on", "Only units that exist on that day.", _day, AS_OF.schema)
REFERENCES = Parameter(
    "references",
    "How much of what the dataflow refers to comes along.",
    lambda text, _known: _one_of(_REFERENCES, "references", text),
    lambda _known: {"type": "string", "enum": list(_REFERENCES)},
    default="all",
)
LIMIT = Parameter(
    "limit",
    "Rows in one answer at most.",
    _rows,
    lambda _known: {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    default=ROWS,
)
CURSOR = Parameter(
    "cursor",
    "Where to go on: take it from `next`.",
    _cursor,
    lambda _known: {"type": "string", "pattern": _CURSOR},
)


def flag(name: str, about: str) -> Parameter:
    """``true`` or ``false``; not said is false."""
    return Parameter(
        name,
        about,
        lambda text, _known: _one_of(("true", "false"), "flag", text) == "true",
        lambda _known: {"type": "boolean"},
        default=False,
    )
