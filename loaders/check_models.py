"""The entries of ``checks`` in the definitions: which question, how severe, how strict.

One shape for each rule of ``kpi.check_rules``; what an entry leaves out keeps the rule's
default.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictInt

from kpi import check_rules
from kpi.findings import Severity
from loaders.model_types import Identifier, Number, Strict


class CheckEntry(Strict):
    severity: Severity = Severity.WARNING


class FallsWithinYearEntry(CheckEntry):
    rule: Literal["falls_within_year"]

    def to_rule(self) -> check_rules.FallsWithinYear:
        return check_rules.FallsWithinYear(self.severity)


class SingleQuartersEntry(CheckEntry):
    rule: Literal["single_quarters"]
    at_least: Annotated[StrictInt, Field(ge=1)] = 3
    share: Number = Decimal("0.5")

    def to_rule(self) -> check_rules.SingleQuarters:
        return check_rules.SingleQuarters(self.severity, self.at_least, self.share)


class ShareSumEntry(CheckEntry):
    rule: Literal["share_sum"]
    tolerance: Number

    def to_rule(self) -> check_rules.ShareSum:
        return check_rules.ShareSum(self.severity, self.tolerance)


class BetweenPartsEntry(CheckEntry):
    rule: Literal["between_parts"]
    total: Identifier
    parts: Annotated[tuple[Identifier, ...], Field(min_length=2)]

    def to_rule(self) -> check_rules.BetweenParts:
        return check_rules.BetweenParts(self.total, self.parts, self.severity)


class ScaleEntry(CheckEntry):
    rule: Literal["scale"]
    low: Number = Decimal(900)
    high: Number = Decimal(1100)

    def to_rule(self) -> check_rules.Scale:
        return check_rules.Scale(self.severity, self.low, self.high)


class OutlierEntry(CheckEntry):
    rule: Literal["outlier"]
    limit: Number = Decimal("3.5")
    comparators: Annotated[StrictInt, Field(ge=2)] = 5
    least_part: Number = Decimal(0)
    least_points: Number = Decimal(0)

    def to_rule(self) -> check_rules.Outlier:
        return check_rules.Outlier(
            self.severity, self.limit, self.comparators, self.least_part, self.least_points
        )


class ReconcileEntry(CheckEntry):
    rule: Literal["reconcile"]
    tolerance: Number

    def to_rule(self) -> check_rules.Reconcile:
        return check_rules.Reconcile(self.severity, self.tolerance)


AnyCheckEntry: TypeAlias = Annotated[
    FallsWithinYearEntry
    | SingleQuartersEntry
    | ShareSumEntry
    | BetweenPartsEntry
    | ScaleEntry
    | OutlierEntry
    | ReconcileEntry,
    Field(discriminator="rule"),
]
