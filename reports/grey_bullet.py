"""A bullet as a picture for paper: black, white and grey, so that it survives any printer.

The geometry is the screen's (``reports.html.bullet.drawing``): the bar is the value, the
outlined zone the plan, the triangle what is expected by now, the hatching the forecast.
A grey PNG is small enough to be written here; no drawing library is needed.
"""

from __future__ import annotations

import struct
import zlib

from reports.html.bullet import Drawing

WIDTH, HEIGHT = 480, 60  # pixels
_WHITE, _TRACK, _ZONE, _INK = 255, 232, 205, 20
_TOP, _BOTTOM = 14, 54  # of the track
_BAR = (26, 42)
_HATCH = 8
_DASH = 10
_EDGE = 3

Grid = list[bytearray]


def picture(drawn: Drawing) -> bytes:
    """The bullet as a PNG."""
    grid = [bytearray([_WHITE]) * WIDTH for _ in range(HEIGHT)]
    if drawn.missing:
        _dashed(grid)
    else:
        _fill(grid, 0, WIDTH, _TOP, _BOTTOM, _TRACK)
    _zone(grid, drawn)
    if drawn.forecast is not None and drawn.origin is not None:
        _bar(grid, drawn.origin, drawn.forecast, hatched=True)
    if drawn.value is not None:
        if drawn.origin is None:
            _dot(grid, drawn.value)
        else:
            _bar(grid, drawn.origin, drawn.value)
    if drawn.pace is not None:
        _triangle(grid, drawn.pace)
    return _png(grid)


def _x(part: float) -> int:
    return round(min(max(part, 0.0), 1.0) * (WIDTH - 1))


def _fill(grid: Grid, left: int, right: int, top: int, bottom: int, shade: int) -> None:
    left, right = max(0, left), min(WIDTH, right)
    if left < right:
        for y in range(top, bottom):
            grid[y][left:right] = bytes([shade]) * (right - left)


def _dashed(grid: Grid) -> None:
    for left in range(0, WIDTH, 2 * _DASH):
        _fill(grid, left, left + _DASH, _TOP, _TOP + 2, _INK)
        _fill(grid, left, left + _DASH, _BOTTOM - 2, _BOTTOM, _INK)


def _zone(grid: Grid, drawn: Drawing) -> None:
    near, far = drawn.zone
    left, right = sorted((_x(near), _x(1.0 if far is None else far)))
    if not drawn.missing:
        _fill(grid, left, right, _TOP, _BOTTOM, _ZONE)
    for edge in (near, far):
        if edge is not None:
            x = _x(edge)
            _fill(grid, x - 1, x - 1 + _EDGE, _TOP - 4, _BOTTOM + 4, _INK)


def _bar(grid: Grid, origin: float, end: float, *, hatched: bool = False) -> None:
    left, right = sorted((_x(origin), _x(end)))
    right = max(right, left + 2)  # nought is drawn, too
    if not hatched:
        _fill(grid, left, right, *_BAR, _INK)
        return
    for y in range(*_BAR):
        for x in range(left, min(right, WIDTH)):
            if (x + y) % _HATCH < 2 or y in (_BAR[0], _BAR[1] - 1):
                grid[y][x] = _INK


def _dot(grid: Grid, at: float) -> None:
    centre, radius, middle = _x(at), 9, sum(_BAR) // 2
    for y in range(middle - radius, middle + radius + 1):
        half = round((radius**2 - (y - middle) ** 2) ** 0.5)
        _fill(grid, centre - half, centre + half + 1, y, y + 1, _INK)


def _triangle(grid: Grid, at: float) -> None:
    centre = _x(at)
    for y in range(_TOP):
        half = (_TOP - y) // 2
        _fill(grid, centre - half, centre + half + 1, y, y + 1, _INK)


def _png(grid: Grid) -> bytes:
    rows = b"".join(b"\0" + bytes(row) for row in grid)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
