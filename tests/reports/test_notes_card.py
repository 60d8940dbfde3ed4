"""The notes beside an indicator's sources, and its kinds of figures side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.observations import ObsStatus
from kpi.periods import Period
from kpi.targets import Target
from reports.html import notes_card
from reports.indicator_view import IndicatorView, indicator_view
from reports.vintages import Vintage, by_kind, corrections, replaced, vintages_of
from reports.wording import Words

Q3 = Period(2018, 3)


def vintage(
    value: str | None, submission: int, kind: ObsStatus = ObsStatus.NORMAL, reporter: str = "183"
) -> Vintage:
    at = datetime(2018, 10, submission, 18, tzinfo=UTC)
    number = None if value is None else Decimal(value)
    return Vintage(number, kind, submission, submission, reporter, at)


@pytest.fixture(scope="module")
def revenue(
    make_frame: Callable[..., pd.DataFrame],
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
) -> Callable[..., IndicatorView]:
    """``revenue({"183": "ghi chú"})``: the budget's page with notes beside its figures."""

    def make(notes: dict[str, str]) -> IndicatorView:
        frame = make_frame().copy()
        mine = (frame["indicator"] == "budget_revenue") & (frame["period"] == Q3.code)
        for unit, note in notes.items():
            frame.loc[mine & (frame["org_unit"] == unit), "note"] = note
        found = indicator_view(
            frame[frame["indicator"] == "budget_revenue"], targets, definitions, org_units,
            indicator=definitions.indicators["budget_revenue"], org_unit=org_units.units["20"],
            period=Q3, today=date(2018, 10, 20),
        )  # fmt: skip
        assert found is not None
        return found

    return make


# --- versions ----------------------------------------------------------------------------


def test_a_version_that_said_the_same_replaced_nothing() -> None:
    versions = [vintage("21.8", 1), vintage("59.9", 2), vintage("59.9", 3)]

    assert [one.revision for one in replaced(versions)] == [1]
    assert corrections({"183": versions}) == {2}


def test_a_day_in_the_past_knows_nothing_of_what_came_after(
    revenue: Callable[..., IndicatorView],
) -> None:
    view = revenue({})
    known = next(one.known for one in view.shown if one.org_unit == "183")
    assert known is not None and known.source is not None
    in_force = known.source.submission
    frame = pd.DataFrame(
        [
            {
                "org_unit": "183", "value": Decimal(number), "status": "A", "submission": number,
                "revision": number, "reporter": "183", "received_at": known.source.received_at,
            }
            for number in (in_force, in_force + 1)
        ],
        dtype=object,
    )  # fmt: skip

    found = vintages_of(frame, view.shown)

    assert [one.submission for one in found["183"]] == [in_force]
    assert vintages_of(frame.iloc[:0], view.shown) == {}


def test_the_newest_of_every_kind_in_the_order_of_settling() -> None:
    versions = [
        vintage("3", 1, ObsStatus.NORMAL),
        vintage("1", 2, ObsStatus.ESTIMATE),
        vintage("2", 3, ObsStatus.ESTIMATE),
        vintage(None, 4, ObsStatus.MISSING),
    ]

    found = by_kind(versions)

    assert [(kind, one.value) for kind, one in found.items()] == [
        (ObsStatus.ESTIMATE, 2),
        (ObsStatus.NORMAL, 3),
    ]


# --- notes -------------------------------------------------------------------------------


def test_the_same_words_of_many_are_one_note(
    revenue: Callable[..., IndicatorView], words: Words
) -> None:
    view = revenue(dict.fromkeys(("183", "184", "185"), "Số liệu minh họa"))

    html = notes_card.notes_card(view, {}, {}, words)

    assert html.count("Số liệu minh họa") == 1
    assert "3 đơn vị · 28/09/2018" in html


def test_one_sender_is_named_and_what_they_wrote_is_escaped(
    revenue: Callable[..., IndicatorView], words: Words
) -> None:
    html = notes_card.notes_card(revenue({"183": "<b>đã đối chiếu</b>"}), {}, {}, words)

    assert "&lt;b&gt;đã đối chiếu" in html
    assert "Cao Lộc · 28/09/2018" in html


def test_why_a_figure_was_corrected_stands_first(
    revenue: Callable[..., IndicatorView], words: Words
) -> None:
    versions = {"183": [vintage("21.8", 1), vintage("59.9", 8)]}

    html = notes_card.notes_card(
        revenue({"184": "ghi chú của ô"}), {8: "chỉ ghi số quý III"}, versions, words
    )

    assert '<li class="corrects">chỉ ghi số quý III<small>Cao Lộc · 09/10/2018' in html
    assert html.index("chỉ ghi số quý III") < html.index("ghi chú của ô")
    assert html.index("ghi chú của ô") < html.index("Số của huyện là thu do huyện quản lý")


# --- kinds -------------------------------------------------------------------------------


def test_estimated_provisional_and_final_stand_side_by_side(
    revenue: Callable[..., IndicatorView], words: Words
) -> None:
    versions = {
        "183": [vintage("59.84", 1, ObsStatus.ESTIMATE), vintage("60.06", 4, ObsStatus.NORMAL)],
        "184": [vintage("10", 2, ObsStatus.ESTIMATE)],
    }

    html = notes_card.kinds_card(revenue({}), versions, words)

    assert html.index("ước tính</th>") < html.index("chính thức</th>")
    assert "sơ bộ</th>" not in html
    assert "59,8<small>02/10/2018" in html and "60,1<small>05/10/2018" in html
    assert html.count("<tr>") == 2  # the head and Cao Lộc


def test_one_kind_alone_needs_no_table(revenue: Callable[..., IndicatorView], words: Words) -> None:
    versions = {"183": [vintage("59", 1), vintage("60", 4)]}

    assert notes_card.kinds_card(revenue({}), versions, words) == ""
