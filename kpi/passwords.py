"""Which passwords are refused: short ones, and those everybody tries first.

Length is what counts (NIST SP 800-63B): no rule about digits and signs, which people
answer with "Matkhau1!". The list is short because the rule about the length has already
refused most of the common ones; it holds what is left of them in Viet Nam and elsewhere.
How a password is kept is ``workflow.passwords``' business.
"""

from __future__ import annotations

from enum import StrEnum

from kpi.text import bare

SHORTEST, LONGEST = 10, 128

_COMMON_WORDS = """
password passwd matkhau motkhau admin administrator quantri quanly user nguoidung welcome
letmein iloveyou anhyeuem emyeuanh langson vietnam hanoi qwerty qwertyuiop asdfghjkl
zxcvbnm abcdef abcdefgh abc default changeme doimatkhau secret bimat root test demo kpi
thongke sonoivu ubnd chicucthongke huyen
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RUNS = ("01234567890123456789", "98765432109876543210", "qwertyuiopasdfghjklzxcvbnm")


class Weakness(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    NAMES_YOU = "names_you"


def weakness(password: str, *names: str) -> Weakness | None:
    """Why this password is refused; None if it is good enough.

    Args:
        names: what others know of the person: account, full name, e-mail.
    """
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    plain = "".join(c for c in bare(password) if c.isalnum())
    letters = plain.strip("0123456789")
    if len(set(plain)) < 4 or letters in _COMMON or any(plain in run for run in _RUNS):
        return Weakness.COMMON
    if _halves_are_common(letters):
        return Weakness.COMMON
    known = ("".join(c for c in bare(name) if c.isalnum()) for name in names)
    if any(len(name) >= 4 and name in plain for name in known):
        return Weakness.NAMES_YOU
    return None


def _halves_are_common(letters: str) -> bool:
    """ "matkhaulangson": two common words make no secret."""
    return any(letters[:i] in _COMMON and letters[i:] in _COMMON for i in range(1, len(letters)))
