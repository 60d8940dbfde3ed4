"""Own and verified points beside the computed ones: criteria, the newest word, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpi.bilingual import Text
from kpi.emulation import Bonus, Group, Item, Reporting, Rules
from kpi.honours import Tally
from kpi.score_sheets import BONUS, Criterion, Given, Mistake, Voice, criteria, mistake, sheet
from kpi.scoring import Ground, Line, Score

D = Decimal
NAME = Text("nhóm", "group")
RULES = Rules(
    version="1", year=2018, document=NAME, clause="3", illustrative=True,
    total=D(50), decimals=2, min_data=D(80), weights_vary=D(10),
    groups={
        "work": Group("work", NAME, NAME, D(30)),
        "reporting": Group("reporting", NAME, NAME, D(20)),
    },
    items={
        "revenue": Item("revenue", "work", D(20)),
        "deaths": Item("deaths", "work", D(5)),
        "awards": Item("awards", "work", D(5), D(2), tally=Tally.AWARDS),
    },
    reporting=Reporting("reporting", D(1), D(3), D(5), D(2)),
    bonus=Bonus(D("0.5"), D(2)),
)  # fmt: skip
SCORE = Score(
    "183",
    (
        Line("work", Ground.ATTAINMENT, D("22.50"), D(24), RULES.items["revenue"]),
        Line("work", Ground.NOT_COUNTED, None, item=RULES.items["deaths"]),
        Line("work", Ground.TALLY, D(3), D(6), RULES.items["awards"]),
        Line("reporting", Ground.FULL, D(20), D(20)),
        Line("reporting", Ground.LATE, D(-3)),
        Line("", Ground.EXCEEDED, D("0.5")),
        Line("", Ground.CAP, D("-0.5")),
    ),
    D("42.5"), 2, 2,
)  # fmt: skip
OWN = Given("2018-Q3", "183", "revenue", Voice.SELF, D(24), "theo báo cáo")
VERIFIED = replace(OWN, voice=Voice.VERIFIED, points=D("22.50"), note="")


def test_every_criterion_has_its_most_and_what_was_computed() -> None:
    assert criteria(RULES, SCORE) == {
        "revenue": Criterion("revenue", "work", D(24), D("22.50")),
        "deaths": Criterion("deaths", "work", D(5), None),
        "awards": Criterion("awards", "work", D(6), D(3)),
        "reporting": Criterion("reporting", "reporting", D(20), D(17)),
        BONUS: Criterion(BONUS, "", D(2), D("0.5")),
    }


@pytest.mark.parametrize(
    ("given", "own", "wrong"),
    [
        (OWN, None, None),
        (replace(OWN, points=D("22.5"), note=""), None, None),
        (replace(OWN, note=" "), None, Mistake.NOTE),
        (replace(OWN, criterion="nothing"), None, Mistake.CRITERION),
        (replace(OWN, criterion="deaths"), None, Mistake.NOT_COUNTED),
        (replace(OWN, points=D("24.01")), None, Mistake.POINTS),
        (replace(OWN, points=D("-0.01")), None, Mistake.POINTS),
        (replace(OWN, points=D("1.001")), None, Mistake.POINTS),
        (VERIFIED, None, None),
        (VERIFIED, OWN, Mistake.NOTE),  # not what the unit gave itself
        (replace(VERIFIED, note="chưa có biên bản"), OWN, None),
        (replace(VERIFIED, points=D(24)), OWN, Mistake.NOTE),  # not what was computed
    ],
)
def test_points_that_differ_say_why(given: Given, own: Given | None, wrong: Mistake | None) -> None:
    assert mistake(given, criteria(RULES, SCORE), own, RULES.decimals) is wrong


def test_the_newest_points_count_and_voices_do_not_mix() -> None:
    found = sheet([OWN, VERIFIED, replace(OWN, points=D(23))])
    assert found.own["revenue"].points == 23
    assert found.total(Voice.VERIFIED) == D("22.50")
    assert sheet([]).total(Voice.SELF) is None
