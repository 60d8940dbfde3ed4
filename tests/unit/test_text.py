"""Vietnamese words typed in different ways are the same words."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.text import bare, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Đình Lập", unicodedata.normalize("NFD", "Đình Lập"), id="decomposed"),
        pytest.param("Ðình Lập", "Đình Lập", id="Icelandic eth"),
        pytest.param("hoà bình", "hòa bình", id="tone on the second vowel"),
        pytest.param("khoẻ", "khỏe", id="oe"),
        pytest.param("thuỷ lợi", "thủy lợi", id="uy"),
        pytest.param("qúy", "quý", id="after q the tone is on y"),
        pytest.param("THU NGÂN SÁCH", "thu ngân sách", id="capitals"),
        pytest.param("  tỷ \u00a0 đồng\n", "tỷ đồng", id="spaces"),
        pytest.param("tỷ\u200b đồng", "tỷ đồng", id="invisible character"),
    ],
)
def test_spellings_of_one_word_are_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("tỷ", "tỉ", id="letters"),
        pytest.param("hòa", "hóa", id="tones"),
        pytest.param("toàn", "toan", id="a missing tone"),
        pytest.param("triệu đồng", "tỷ đồng", id="units"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_closed_syllable_keeps_its_tone() -> None:
    assert fold("Hoàng Toàn Huỳnh") == "hoàng toàn huỳnh"


def test_bare_text_has_no_diacritics() -> None:
    assert bare("Huyện Đình Lập, Hữu Lũng") == "huyen dinh lap, huu lung"


vietnamese = st.text(alphabet="aàáâăđÐĐoòóôơuùúưqhHyýeẻnt \u00a0\u0300\u0301", max_size=30)


@given(vietnamese)
@example("oa\u0300\u0300")  # two tones on one vowel
@settings(max_examples=200)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)
