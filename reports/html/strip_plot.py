"""The strip plot: one district among the others, on one line (UI 6.6).

The line runs from 0 to 125 % of each district's own plan, with a dashed mark at 100 %;
falls against last year are drawn on it mirrored, so that right is better in every row.
Figures without a plan have a line of their own, from zero to the greatest. What lies
beyond an end is drawn there with a notch; the sentence of ``aria`` has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.district_view import Standing
from reports.html import escape
from reports.ranking import HUNDRED, By

END = Decimal(125)  # per cent of the plan at the line's end
FULL = HUNDRED / END  # where 100 % stands, and the greatest value of a line without plans


@dataclass(frozen=True)
class Drawing:
    """Where everything stands, 0 to 1 before clipping; None is not drawn."""

    own: Decimal | None
    others: tuple[Decimal, ...]
    median: Decimal | None
    full: Decimal | None  # the mark of 100 % of the plan


def strip_plot(standing: Standing, *, aria: str) -> str:
    """The line of one row; nothing where no district has a figure."""
    found = drawing(standing)
    if found is None:
        return ""
    parts = ['<i class="pk-line"></i>']
    parts += [_mark("full", found.full)] if found.full is not None else []
    parts += [_mark(name, at) for at, name in sorted(_others(found, standing).items())]
    parts += [_mark("med", found.median)] if found.median is not None else []
    own = "own wait" if standing.own.unapproved else "own"
    parts += [_mark(own, found.own)] if found.own is not None else []
    return f'<div class="pk" role="img" aria-label="{escape.text(aria)}">{"".join(parts)}</div>'


def _others(found: Drawing, standing: Standing) -> dict[Decimal, str]:
    """One mark for districts that stand together; it waits if all of them do."""
    named: dict[Decimal, str] = {}
    for number, at in enumerate(found.others):
        if number not in standing.waiting:
            named[at] = "one"
        else:
            named.setdefault(at, "one wait")
    return named


def drawing(standing: Standing) -> Drawing | None:
    """Lay one row out on its line."""
    own, others = standing.level, standing.others
    if own is None and not others:
        return None
    levels = [*others] if own is None else [*others, own]
    if standing.by is By.VALUE:
        low, high = min(Decimal(0), *levels), max(Decimal(0), *levels)

        def place(level: Decimal) -> Decimal:
            part = FULL * (level - low) / (high - low) if high > low else Decimal(0)
            return FULL - part if standing.falls else part
    else:

        def place(level: Decimal) -> Decimal:
            return level / END

    # the median of a single figure is that figure: a mark below the dot would say nothing
    alone = len(levels) < 2
    return Drawing(
        own=None if own is None else place(own),
        others=tuple(place(level) for level in others),
        median=None if alone or standing.median is None else place(standing.median),
        full=None if standing.by is By.VALUE else FULL,
    )


def _mark(name: str, at: Decimal) -> str:
    beyond = " over" if at > 1 else " under" if at < 0 else ""
    left = f"{100 * min(Decimal(1), max(Decimal(0), at)):.2f}".rstrip("0").rstrip(".")
    return f'<i class="pk-{name}{beyond}" style="left:{left}%"></i>'
