"""Files kept as evidence: each a link that downloads it, with its kind, size, sender and digest.

Who may not take them away is told how many there are: a file's name may name a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.evidence import Evidence
from kpi.local_time import local_date
from reports.actors import actor_name
from reports.html import escape
from texts import say
from texts.numbers import date_text, number

PATH = "/minh-chung"
_SHOWN = 12  # of the digest; the dossier and the command line have all of it
_KIB = 1024


def evidence_list(files: Sequence[Evidence], lang: str, *, open_to_reader: bool = True) -> str:
    """Nothing where there is none."""
    if not files:
        return ""
    if not open_to_reader:
        said = say("evidence.closed", lang, count=len(files))
        return f'<p class="cap">{escape.text(said)}</p>'
    label = escape.text(say("evidence.files", lang))
    rows = "".join(_row(one, lang) for one in files)
    return f'<ul class="files" aria-label="{label}">{rows}</ul>'


def size_text(size: int, lang: str) -> str:
    """``12 KB``, ``3,4 MB``."""
    if size < _KIB * _KIB:
        return say("evidence.kilobytes", lang, size=-(-size // _KIB))
    return say("evidence.megabytes", lang, size=number(Decimal(size) / (_KIB * _KIB), 1, lang))


def _row(one: Evidence, lang: str) -> str:
    about = say(
        "evidence.about", lang,
        kind=one.kind.value.upper(), size=size_text(one.size, lang),
        by=actor_name(one.kept_by, lang), day=date_text(local_date(one.kept_at), lang),
        digest=one.digest[:_SHOWN],
    )  # fmt: skip
    label = escape.text(say("evidence.download", lang, name=one.name))
    return (
        f'<li data-file="{one.id}"><a href="{PATH}/{one.id}" download aria-label="{label}">'
        f'{escape.text(one.name)}</a> <span class="cap">{escape.text(about)}</span></li>'
    )
