"""The structure card: three parts and four parts never share a bar, and parts add up."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.observations import Known
from kpi.periods import Period
from reports.html.structure_card import structure_card, structure_table
from reports.sector_view import Shares, Structure, sector_view
from reports.sector_words import mix_sentence, structure_title, why_converted
from reports.wording import Words

Q3 = Period(2018, 3)
PUBLISHED = {
    2016: ("22.3", "15.9", "51.6", "10.2"),
    2017: ("20.8", "16.2", "52.8", "10.2"),
    2018: ("19.1", "17.6", "53.1", "10.2"),
}


@pytest.fixture(scope="module")
def structure(frame: pd.DataFrame, targets, definitions: Definitions, org_units: OrgUnits):
    """The shipped structure with figures of its own."""
    view = sector_view(
        frame, targets, definitions, org_units,
        sector=definitions.sectors["structure"], period=Q3, today=Q3.end,
    )  # fmt: skip
    assert view.structure is not None
    return replace(view.structure, years=tuple(shares(*PUBLISHED[y], year=y) for y in PUBLISHED))


def shares(*values: str | None, year: int = 2018) -> Shares:
    period = Period(year, 3)
    numbers = [None if value is None else Decimal(value) for value in values]
    published = tuple(
        None if n is None else Known("share", "20", period, n, basis="grdp_four_part")
        for n in numbers
    )
    taxes = numbers[-1]
    converted = tuple(
        None if n is None or taxes is None
        else Known("share", "20", period, 100 * n / (100 - taxes), basis="three_part")
        for n in numbers[:-1]
    )  # fmt: skip
    return Shares(period, published, converted)


def with_years(structure: Structure, *years: Shares) -> Structure:
    return replace(structure, years=years)


def printed(html: str) -> list[list[Decimal]]:
    """The figures on each bar, as they are read."""
    bars = re.findall(r'<div class="stack" role="img".*?</div>', html)
    return [
        [Decimal(text.replace(",", ".")) for text in re.findall(r">([\d,]+)</i>", bar)]
        for bar in bars
    ]


def test_the_view_converts_every_year_on_its_own_taxes(frame, targets, definitions, org_units):
    view = sector_view(
        frame, targets, definitions, org_units,
        sector=definitions.sectors["structure"], period=Q3, today=Q3.end,
    )  # fmt: skip
    years = view.structure.years

    assert [year.period for year in years] == [Period(y, 3) for y in (2016, 2017, 2018)]
    for year in years:
        assert [s.basis for s in year.converted] == ["three_part"] * 3
        assert [s.basis for s in year.published] == ["grdp_four_part"] * 4
        assert sum(s.value for s in year.converted).quantize(Decimal("1E-20")) == 100
    assert view.structure.mix.low == 99 and view.structure.mix.high == 103


def test_parts_print_to_one_hundred_in_every_bar(structure, words: Words):
    bars = printed(structure_card(structure, words))

    assert [len(bar) for bar in bars] == [3, 3, 3, 4, 4, 4]
    assert {sum(bar) for bar in bars} == {Decimal(100)}


def test_a_rounding_that_differs_from_the_judged_figure_is_said(structure, words: Words):
    even = "làm tròn để cộng đúng"
    assert even not in structure_card(structure, words)
    # 20,25 + 20,25 + 59,50: each would print half a tenth more
    odd = shares("20.25", "20.25", "59.5", "0")
    html = structure_card(with_years(structure, *structure.years[:2], odd), words)

    assert even in html
    assert sum(printed(html)[2]) == 100


def test_three_and_four_parts_are_never_in_one_picture(structure, words: Words):
    html = structure_card(structure, words)
    above, below = html.split('<details class="four">')

    assert "Thuế sản phẩm" not in above
    assert "Thuế sản phẩm" in below
    assert "tỷ trọng ÷ (100 − 10,2) × 100" in above


def test_a_year_without_taxes_has_no_bar_among_the_converted(structure, words: Words):
    html = structure_card(
        with_years(structure, shares("22", "16", "52", None, year=2016), *structure.years[1:]),
        words,
    )

    assert "thiếu tỷ trọng thuế sản phẩm" in html
    assert [len(bar) for bar in printed(html)] == [3, 3, 4, 4]


def test_a_year_without_figures_says_so(structure, words: Words):
    none = shares(None, None, None, None, year=2016)
    html = structure_card(with_years(structure, none, *structure.years[1:]), words)

    assert "chưa có số liệu" in html


def test_published_parts_that_do_not_add_up_are_not_forced_to(structure, words: Words):
    odd = shares("19.1", "17.6", "53.1", "9.7")
    html = structure_card(with_years(structure, *structure.years[:2], odd), words)

    assert "cộng lại 99,5%, không phải 100%" in html
    assert sum(printed(html)[-1]) == Decimal("99.5")


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (("19.1", "17.6", "53.1", "10.2"), "Cơ cấu GRDP chuyển dịch đúng hướng"),
        (("21.9", "15.0", "52.9", "10.2"), "Cơ cấu GRDP chưa chuyển dịch đúng hướng"),
        (
            ("19.1", "15.0", "55.7", "10.2"),
            "Cơ cấu GRDP chuyển dịch chưa đều: nông, lâm nghiệp đúng hướng, "
            "công nghiệp – xây dựng thì chưa",
        ),
        (("19.1", "17.6", None, "10.2"), "Chưa có đủ số liệu cơ cấu 9 tháng 2018"),
    ],
)
def test_the_title_says_which_way_it_moves(structure, words: Words, now, title):
    changed = with_years(structure, *structure.years[:2], shares(*now))

    assert structure_title(changed, words) == title


def test_without_last_year_no_way_is_claimed(structure, words: Words):
    before = shares(None, None, None, None, year=2017)
    changed = with_years(structure, structure.years[0], before, structure.years[2])

    assert structure_title(changed, words) == "Cơ cấu GRDP theo ba khu vực"


def test_the_plans_edges_add_up_to_99_and_103(structure, words: Words):
    assert "99 – 103%" in mix_sentence(structure, words)
    impossible = replace(structure, mix=replace(structure.mix, low=Decimal(101)))
    assert "không có cơ cấu nào" in mix_sentence(impossible, words)
    assert mix_sentence(replace(structure, mix=None), words) == ""


def test_the_plans_row_has_the_ranges_in_words_and_ends_with_the_bar(structure, words: Words):
    html = structure_card(structure, words)
    row = re.search(r'<div class="stack plan".*?</div>', html)
    assert row is not None

    texts = re.findall(r">([^<>]+)</i>", row[0].replace("\N{NO-BREAK SPACE}", " "))
    assert texts == ["21 – 22", "20 – 21", "58 – 60"]
    assert abs(sum(map(Decimal, re.findall(r"width:([\d.]+)%", row[0]))) - 100) < Decimal("0.01")


def test_without_a_figure_of_taxes_nothing_is_explained_wrongly(structure, words: Words):
    assert why_converted(replace(structure, taxes=None), words) == ""
    less = with_years(structure, *structure.years[:2], shares("19", "17", "53", None))
    assert why_converted(less, words) == ""


def test_the_table_keeps_the_two_structures_apart(structure, words: Words):
    html = structure_table(structure, words)

    assert html.count("<table") == 2
    assert "Ba khu vực (quy đổi)" in html and "Bốn phần (thống kê công bố)" in html


def test_every_bar_is_a_sentence_for_those_who_do_not_see_it(structure, words: Words):
    html = structure_card(structure, words)

    label = "9 tháng 2018: Nông, lâm nghiệp 21,3%; Công nghiệp – xây dựng 19,6%; Dịch vụ 59,1%"
    assert f'aria-label="{label}"' in html
