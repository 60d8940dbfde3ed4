"""The way from a figure to its cell: a link wherever a cell's address is written.

The address of the source page names the submission and the cell; it carries the view the
reader came from, so that there is a way back.
"""

from __future__ import annotations

from kpi.observations import Source
from kpi.periods import Period
from reports.html import escape
from reports.html.address import DEFAULT_LANGUAGE
from texts import say

PATH = "/nguon"


def cell_link(
    source: Source, lang: str, *, indicator: str, period: Period, org_unit: str | None
) -> str:
    """``Biểu 02!F14``, leading to the row as it was sent."""
    href = escape.link(
        PATH,
        ban=str(source.submission),
        o=str(source.at),
        ma=indicator,
        ky=period.code,
        don_vi=org_unit,
        lang=None if lang == DEFAULT_LANGUAGE else lang,
    )
    label = escape.text(say("source.open_cell", lang, cell=source.at, file=source.file_name))
    return (
        f'<a class="to-cell" href="{href}" target="_self" aria-label="{label}" title="{label}">'
        f'<code class="cell">{escape.text(source.at)}</code></a>'
    )
