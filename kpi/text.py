"""Comparing Vietnamese words that were typed in different ways.

The same name arrives composed or decomposed, with Ð (U+00D0, Icelandic) for Đ, with
the tone on either vowel ("hoà", "hòa"), in capitals or with stray no-break spaces.
``fold`` makes one key of all of these and ``bare`` also drops the diacritics. Both are
keys for comparison, never text to show; legacy encodings (TCVN3, VNI) are recognised
where fonts are known, in ``loaders``.
"""

from __future__ import annotations

import re
import unicodedata

# Look-alikes of Đ: eth and the African D, as old keyboards and fonts produce them.
_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def fold(text: str) -> str:
    """The text as a key: NFC, Đ, one tone placement, case-folded, single spaces.

    >>> fold("  Thành phố\\u00a0HOÀ ") == fold("thành phố hòa")
    True
    """
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_LOOK_ALIKES)
    lower = unicodedata.normalize("NFC", composed.casefold())
    return " ".join(_with_one_tone_placement(lower).split())


def bare(text: str) -> str:
    """``fold`` without any diacritics: for sheet names and hurried typing.

    >>> bare("Đình Lập")
    'dinh lap'
    """
    decomposed = unicodedata.normalize("NFD", fold(text))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", letters).replace("đ", "d").split())


def _toned(vowel: str) -> list[str]:
    return [unicodedata.normalize("NFC", vowel + tone) for tone in _TONES]


def _placements() -> dict[str, str]:
    """Open syllables: only "oa", "oe" and "uy" without a final consonant vary."""
    return {
        first + there: here + second
        for first, second in ("oa", "oe", "uy")
        for there, here in zip(_toned(second), _toned(first), strict=True)
    }


def _placements_after_q() -> dict[str, str]:
    """After q the u belongs to the consonant, so the tone is on the other vowel."""
    return {
        "q" + there + second: "qu" + here
        for second in "aey"
        for there, here in zip(_toned("u"), _toned(second), strict=True)
    }


_KEPT = _placements() | _placements_after_q()
_MISPLACED = re.compile(
    # a further combining mark belongs to the vowel: moving its tone would make another letter
    rf"(?<!q)(?:{'|'.join(_placements())})(?![\w\u0300-\u036f])"
    rf"|(?:{'|'.join(_placements_after_q())})"
)


def _with_one_tone_placement(text: str) -> str:
    return _MISPLACED.sub(lambda match: _KEPT[match[0]], text)
