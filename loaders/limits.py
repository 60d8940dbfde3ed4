"""How much of a file is read before it is refused.

Every limit is far above what a form needs and far below what makes a server slow. An
upload comes from anybody; the command line reads the files of the person who sits at it,
who may well have a workbook of a hundred thousand rows.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024

ROWS, COLUMNS = 1_048_576, 16_384  # Excel's own
TEXT_LENGTH = 32_767  # of one cell, Excel's own
FORMULA_LENGTH = 8_192  # Excel's own
FORMAT_LENGTH = 255  # of a number format, Excel's own
STYLES = 65_490  # Excel's own
DEPTH = 64  # of XML; Excel itself writes fewer than a dozen


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, time in seconds of the processor."""

    file: int
    inflated: int  # all parts together
    part: int  # one XML part
    parts: int
    sheets: int
    cells: int  # blank ones included, of all sheets
    texts: int  # the shared ones
    memory: int  # above that of an idle process
    seconds: int


UPLOAD = Limits(
    file=5 * MIB,
    inflated=100 * MIB,
    part=20 * MIB,
    parts=500,
    sheets=200,
    cells=250_000,
    texts=100_000,
    memory=300 * MIB,
    seconds=4,
)
LOCAL = Limits(
    file=64 * MIB,
    inflated=1024 * MIB,
    part=512 * MIB,
    parts=2_000,
    sheets=1_000,
    cells=5_000_000,
    texts=2_000_000,
    memory=2048 * MIB,
    seconds=60,
)
