"""Names in the order of the Vietnamese alphabet."""

from __future__ import annotations

import random

import pytest

from kpi.collation import collation_key


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param(
            ["Bắc Sơn", "Bình Gia", "Cao Lộc", "Chi Lăng", "Đình Lập", "Hữu Lũng", "Lạng Sơn",
             "Lộc Bình", "Tràng Định", "Văn Lãng", "Văn Quan"], id="the districts",
        ),
        pytest.param(["an", "ăn", "ân", "ba"], id="a ă â"),
        pytest.param(["da", "dư", "đa", "e", "ê"], id="d đ e ê"),
        pytest.param(["on", "ôn", "ơn", "pa"], id="o ô ơ"),
        pytest.param(["tu", "tư", "va"], id="u ư"),
        pytest.param(["ma", "mà", "mả", "mã", "má", "mạ"], id="tones"),
        pytest.param(["mạ", "man"], id="letters before tones"),
        pytest.param(["Xã 1", "Xã 2", "Xã A"], id="digits before letters"),
        pytest.param(["An", "An Bình", "Ana"], id="a word that ends comes first"),
    ],
)  # fmt: skip
def test_names_stand_in_the_order_of_the_alphabet(ordered: list[str]) -> None:
    mixed = random.Random(7).sample(ordered, len(ordered))

    assert sorted(mixed, key=collation_key) == ordered


def test_capitals_and_the_way_a_letter_is_composed_do_not_matter() -> None:
    composed, apart = "Đ\u1ed9c", "\u0111o\u0302\u0323C"

    assert collation_key(composed)[:2] == collation_key(apart)[:2]
