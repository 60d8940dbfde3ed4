"""What the fields of the definition files are made of: exact numbers, days, identifiers.

Pydantic stays at this edge. An unknown key is a mistake, because a misspelt ``hgih``
would silently drop an edge of a target; numbers are exact (``yaml_lines`` never makes a
float).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    StringConstraints,
    WithJsonSchema,
)

from kpi.periods import Period

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _exact(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"should be a number such as 6296 or 8.5, not {value!r}")
    return Decimal(value)


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(f"should be a day such as 2018-01-01, not {value!r}")
    return date.fromisoformat(value)


def _period(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"should be a quarter such as 2018-Q3, not {value!r}")
    return Period.parse(value)


# What an editor is told of them; the rules themselves are the functions above.
_DAY_SCHEMA = {"type": "string", "pattern": f"^{_DAY.pattern}$"}
_PERIOD_SCHEMA = {"type": "string", "pattern": "^[0-9]{4}-Q[1-4]$"}

Number: TypeAlias = Annotated[Decimal, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]
Day: TypeAlias = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
Quarterly: TypeAlias = Annotated[Period, BeforeValidator(_period), WithJsonSchema(_PERIOD_SCHEMA)]
Words: TypeAlias = Annotated[StrictStr, StringConstraints(min_length=1, pattern=r"\S")]
Identifier: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
UnitCode: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=r"^\d{2,3}$")]
Quarter: TypeAlias = Literal["Q1", "Q2", "Q3", "Q4"]
Decimals: TypeAlias = Annotated[StrictInt, Field(ge=0, le=6)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
