"""The registers of exemplars and awards: what may stand, what is in force, whom awards reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from unicodedata import normalize

import pytest

from kpi.definitions import OrgUnits
from kpi.honours import (
    Entry,
    Honour,
    Mistake,
    Recipient,
    Register,
    Tally,
    decided_by_then,
    in_force,
    mistake,
    shares,
    tallied,
    without,
)
from kpi.periods import Period

NOON = datetime(2018, 9, 7, 5, 0, tzinfo=UTC)
AWARD = Honour(
    Register.AWARD, 2018, "183", "merit", Recipient.PERSON, "Nguyễn Văn A", "12/QĐ-UBND",
    date(2018, 9, 2), "Chủ tịch UBND tỉnh", "Sản xuất giỏi", direct_worker=True,
)  # fmt: skip


def entry(number: int, one: Honour = AWARD, **more: object) -> Entry:
    return Entry(number, one, "thi-dua", NOON, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "wrong"),
    [
        (AWARD, None),
        (replace(AWARD, border_commune=True), None),
        (replace(AWARD, decided_on=date(2019, 1, 20)), None),
        (replace(AWARD, org_unit="999"), Mistake.UNIT),
        (replace(AWARD, org_unit="20"), Mistake.UNIT),
        (replace(AWARD, kind="good_deed"), Mistake.KIND),
        (replace(AWARD, recipient=" "), Mistake.RECIPIENT),
        (replace(AWARD, decision=""), Mistake.DECISION),
        (replace(AWARD, decided_by=" "), Mistake.DECISION),
        (replace(AWARD, reason=""), Mistake.REASON),
        (replace(AWARD, recipient_kind=Recipient.COLLECTIVE), Mistake.WORKER),
        (replace(AWARD, org_unit="184", border_commune=True), Mistake.BORDER),
        (replace(AWARD, decided_on=date(2017, 12, 31)), Mistake.YEAR),
        (replace(AWARD, decided_on=date(2020, 1, 1)), Mistake.YEAR),
    ],
)
def test_an_entry_rests_on_a_decision_and_contradicts_nothing(
    org_units: OrgUnits, one: Honour, wrong: Mistake | None
) -> None:
    assert mistake(one, org_units) is wrong


def test_a_correction_takes_the_place_of_the_entry_it_names() -> None:
    better = replace(AWARD, reason="Sản xuất kinh doanh giỏi")
    every = [entry(1), entry(2), entry(3, better, replaces=1, why="ghi thiếu")]
    assert [one.number for one in in_force(every)] == [2, 3]
    gone = [*every, entry(4, replaces=2, taken_back=True, why="ghi nhầm")]
    assert [one.number for one in in_force(gone)] == [3]


def test_a_quarter_counts_what_was_decided_by_its_end_and_the_year_all_of_it() -> None:
    after = replace(AWARD, decided_on=date(2019, 1, 20))
    other = replace(AWARD, year=2019, decided_on=date(2019, 1, 20))
    every = [entry(1), entry(2, after), entry(3, other)]
    numbers = {
        code: [one.number for one in decided_by_then(every, Period.parse(code))]
        for code in ("2018-Q2", "2018-Q3", "2018-Q4", "2019-Q1")
    }
    assert numbers == {"2018-Q2": [], "2018-Q3": [1], "2018-Q4": [1, 2], "2019-Q1": [3]}


def test_whom_awards_reach() -> None:
    team = replace(AWARD, recipient_kind=Recipient.SMALL_COLLECTIVE, direct_worker=False)
    office = replace(team, recipient_kind=Recipient.COLLECTIVE)
    exemplar = replace(AWARD, register=Register.EXEMPLAR, kind="exemplar", border_commune=True)
    every = [entry(1), entry(2, team), entry(3, replace(office, border_commune=True)),
             entry(4, exemplar)]  # fmt: skip
    assert tallied(Tally.EXEMPLARS, every) == 1
    assert tallied(Tally.AWARDS, every) == 3
    for tally in (Tally.DIRECT_WORKERS, Tally.SMALL_COLLECTIVES, Tally.BORDER_COMMUNES):
        assert tallied(tally, every) == Decimal(100) / 3


def test_a_share_of_no_awards_is_unknown_and_their_number_is_nought() -> None:
    assert tallied(Tally.AWARDS, []) == 0
    assert tallied(Tally.DIRECT_WORKERS, []) is None
    assert shares([]).percent(0) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("nguyễn văn a giữ rừng", id="other capitals"),
        pytest.param(normalize("NFD", "Nguyễn Văn A giữ rừng"), id="marks apart"),
        pytest.param("Nguyễn  Văn\nA giữ rừng", id="other spaces"),
    ],
)
def test_a_name_is_taken_out_however_it_was_typed(text: str) -> None:
    for name in ("Nguyễn Văn A", normalize("NFD", "Nguyễn Văn A")):
        assert without([name], text) == "(…) giữ rừng"


def test_a_text_without_the_name_stays_as_it_was_typed() -> None:
    apart = normalize("NFD", "Giữ rừng")

    assert without(["Nguyễn Văn A"], apart) == apart
