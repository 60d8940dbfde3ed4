"""What changed since a moment: approvals, corrections, and what a withdrawal puts back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from kpi.ledger import Changed, Kind, Vintage, changes_since

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)


def after(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def vintage(submission: int, value: str, approved: int, withdrawn: int | None = None) -> Vintage:
    return Vintage(
        cell=("road", "183", "2018-Q3"),
        submission=submission,
        revision=submission,
        value=Decimal(value),
        status="A",
        sheet="Quý 3",
        address="F9",
        note="kho bạc",
        said="đã đối chiếu",
        sent_by="an",
        approved_at=after(approved),
        approved_by="binh",
        withdrawn_at=None if withdrawn is None else after(withdrawn),
        withdrawn_by="" if withdrawn is None else "an",
        withdrawn_reason="" if withdrawn is None else "nhầm tệp",
    )


def told(found: list[Changed]) -> list[tuple[Kind, Decimal | None, Decimal | None, str, str]]:
    return [
        (
            one.kind,
            one.old.value if one.old else None,
            one.new.value if one.new else None,
            one.by,
            one.why,
        )
        for one in found
    ]


def test_first_correction_and_withdrawal_each_say_old_new_who_and_why() -> None:
    found = changes_since([vintage(1, "70", 0), vintage(2, "72", 1, withdrawn=2)], after(-1))

    assert told(found) == [
        (Kind.WITHDRAWN, Decimal(72), Decimal(70), "an", "nhầm tệp"),
        (Kind.CORRECTED, Decimal(70), Decimal(72), "binh", "kho bạc · đã đối chiếu"),
        (Kind.FIRST, None, Decimal(70), "binh", "kho bạc · đã đối chiếu"),
    ]


def test_a_withdrawal_with_nothing_before_leaves_nothing() -> None:
    (gone, _) = changes_since([vintage(1, "70", 0, withdrawn=3)], after(-1))

    assert (gone.kind, gone.new) == (Kind.WITHDRAWN, None)


def test_an_older_submission_approved_late_changes_nothing() -> None:
    found = changes_since([vintage(1, "70", 5), vintage(2, "72", 1)], after(0))

    assert told(found) == [
        (Kind.FIRST, None, Decimal(72), "binh", "kho bạc · đã đối chiếu"),
    ]


def test_taking_back_what_was_covered_changes_nothing() -> None:
    found = changes_since([vintage(1, "70", 0, withdrawn=4), vintage(2, "72", 1)], after(2))

    assert found == []


def test_what_happened_before_the_moment_is_not_told_but_is_the_value_before() -> None:
    (found,) = changes_since([vintage(1, "70", 0), vintage(2, "72", 3)], after(1))

    assert (found.kind, found.old and found.old.value) == (Kind.CORRECTED, Decimal(70))
