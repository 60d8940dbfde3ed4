"""Which passwords are refused."""

import pytest

from kpi.passwords import Weakness, weakness


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ngắn quá", Weakness.TOO_SHORT),
        ("x" * 129, Weakness.TOO_LONG),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("abababababab", Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("9876543210", Weakness.COMMON),
        ("qwertyuiop", Weakness.COMMON),
        ("Password123", Weakness.COMMON),
        ("Mật khẩu 2018", Weakness.COMMON),
        ("matkhau@langson1", Weakness.COMMON),
        ("langson2018!", Weakness.COMMON),
        ("hoa.nguyen là tôi", Weakness.NAMES_YOU),
        ("Tôi: Nguyễn Thị Hoa", Weakness.NAMES_YOU),
    ],
)
def test_what_everybody_tries_first_is_refused(password: str, reason: Weakness) -> None:
    assert weakness(password, "hoa.nguyen", "Nguyễn Thị Hoa") is reason


@pytest.mark.parametrize(
    "password", ["mưa rừng tháng bảy", "ghế-gỗ-xanh-cũ", "k7Vq2mX9pLz4", "con mèo ăn 3 quả na"]
)
def test_a_sentence_needs_no_digits_and_signs(password: str) -> None:
    assert weakness(password, "hoa.nguyen", "Nguyễn Thị Hoa") is None
