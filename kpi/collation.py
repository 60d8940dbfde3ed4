"""The order of names in a list: the Vietnamese alphabet, tones after letters.

``a ă â b c d đ e ê … o ô ơ p … u ư v x y``: sorted by code points, Đình Lập would come
after Văn Quan. Letters of other languages stand where their plain letter stands. Lists
that the decree or an office has put in order keep that order; this is for the rest.
"""

from __future__ import annotations

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: they make another letter
_TONES = {mark: n for n, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}  # huyền …

Key = tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]


def collation_key(name: str) -> Key:
    """The key to sort a name by: its letters, among equals its tones, then its spelling."""
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", name.casefold()):
        base, shapes, tone = _taken_apart(character)
        letter = unicodedata.normalize("NFC", base + shapes)
        place = _PLACES.get(letter, _PLACES.get(base))
        # signs before digits before letters; a space before all, so that short words lead
        letters.append((0, character) if place is None else (1 + place, ""))
        tones.append(tone)
    return tuple(letters), tuple(tones), name


def _taken_apart(character: str) -> tuple[str, str, int]:
    """Plain letter, the marks that make it another letter, and the place of its tone."""
    base, *marks = list(unicodedata.normalize("NFD", character))
    shapes = "".join(mark for mark in marks if mark in _SHAPES)
    return base, shapes, max((_TONES.get(mark, 0) for mark in marks), default=0)
