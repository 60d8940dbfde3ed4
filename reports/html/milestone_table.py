"""The decree's commitments: one row each, with state, progress and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kpi.definitions import Commitment
from kpi.local_time import local_date
from kpi.milestones import State, Word, days_late, late
from kpi.periods import Period
from reports.actors import actor_name
from reports.export import Table
from reports.html import escape
from reports.html.evidence_list import evidence_list
from reports.html.glyphs import glyph
from reports.html.strip import in_sentence
from reports.overdue import overdue
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text

PATH = "/nhiem-vu"
_HEADS = ("name", "owner", "due", "state", "progress", "evidence", "said")
_TOLD = _HEADS[2:]  # what was said of a commitment, by whom
# state: (shape, colour token)
_LOOK: Mapping[State | None, tuple[str, str]] = {
    None: ("nd", "nd"),
    State.NOT_STARTED: ("nyd", "nd"),
    State.IN_PROGRESS: ("on", "on"),
    State.DONE: ("met", "met"),
    State.CANCELLED: ("na", "nd"),
}


def milestone_lead(said: Mapping[str, Word], words: Words, today: date) -> str:
    """The conclusion in one sentence."""
    every, lang = words.definitions.commitments, words.lang
    behind = late(said, today)
    if behind:
        name = in_sentence(every[behind[0]].name.get(lang))
        over = lateness(said[behind[0]], today, lang)
        return say(
            "milestones.lead.late", lang, late=len(behind), count=len(every), name=name,
            overdue=over,
        )  # fmt: skip
    if not said:
        return say("milestones.lead.nothing", lang)
    done = sum(word.state is State.DONE for word in said.values())
    return say("milestones.lead.fine", lang, done=done, count=len(every))


def milestone_table(
    said: Mapping[str, Word], words: Words, today: date, *, files_open: bool
) -> str:
    """The table; ``files_open``: the reader may take the files of evidence away."""
    lang, every = words.lang, words.definitions.commitments
    rows = {id_: _cells(said.get(id_), words, today, files_open) for id_ in every}
    # a column in which nothing is said of any commitment would only take room
    silent = ("", MISSING)
    told = [name for name in _TOLD if any(one[name] not in silent for one in rows.values())]
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"milestones.head.{name}", lang))}</th>'
        for name in (*_HEADS[:2], *told)
    )
    body = "".join(_row(every[id_], cells, told, words) for id_, cells in rows.items())
    title = escape.text(say("milestones.table", lang))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2></div>'
        f'<div class="scroll"><table class="tbl tasks"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def late_line(said: Mapping[str, Word], words: Words, period: Period, today: date) -> str:
    """On the overview: which commitments are late; nothing where none is."""
    behind, lang = late(said, today), words.lang
    if not behind:
        return ""
    href = escape.link(PATH, ky=period.code, lang=None if lang == "vi" else lang)
    names = "; ".join(
        f"{in_sentence(words.definitions.commitments[id_].name.get(lang))} "
        f"({lateness(said[id_], today, lang)})"
        for id_ in behind
    )
    head = escape.text(say("milestones.overview", lang, late=len(behind)))
    return (
        f'<section class="card say r-risk" lang="{lang}"><p><span class="t-risk">'
        f'{glyph("late")}</span><span><a href="{href}">{head}</a> {escape.text(names)}</span></p>'
        "</section>"
    )


def lateness(word: Word | None, today: date, lang: str) -> str:
    """How late a commitment is; nothing while it is not."""
    days = days_late(word, today)
    return overdue(word.due, days, lang) if word is not None and word.due and days else ""


def owner(one: Commitment, words: Words) -> str:
    agency = words.definitions.agencies.get(one.owner)
    named = agency.name if agency is not None else one.owner_name
    return MISSING if named is None else named.get(words.lang)


def state_name(word: Word | None, lang: str) -> str:
    key = "unsaid" if word is None else word.state.value
    return say(f"milestones.state.{key}", lang)


def _cells(word: Word | None, words: Words, today: date, files_open: bool) -> dict[str, str]:
    """What was said of a commitment, by column."""
    lang, over = words.lang, lateness(word, today, words.lang)
    due = MISSING if word is None else date_text(word.due, lang)
    if over:
        chip = f'<span class="chip s-risk">{glyph("late")}{escape.text(over)}</span>'
        due = chip if due in over else f"{due} {chip}"  # the day itself once that is long ago
    shape, token = _LOOK[None if word is None else word.state]
    state = (
        f'<span class="chip s-{token}">{glyph(shape)}{escape.text(state_name(word, lang))}</span>'
    )
    said = ""
    if word is not None and word.said_at is not None:
        said = f"{actor_name(word.said_by, lang)} · {date_text(local_date(word.said_at), lang)}"
    return {
        "due": due,
        "state": state,
        "progress": MISSING if word is None else f"{word.progress}%",
        "evidence": "" if word is None else _evidence(word, lang, files_open),
        "said": escape.text(said),
    }


def _row(one: Commitment, cells: Mapping[str, str], told: Sequence[str], words: Words) -> str:
    lang = words.lang
    clause = say("milestones.clause", lang, clause=one.decree.clause)
    if not one.decree.clause[:1].isdigit():
        clause = say("milestones.closing", lang)
    said = "".join(f'<td class="t-{name}">{cells[name]}</td>' for name in told)
    return (
        f'<tr data-commitment="{one.id}"><th scope="row">{escape.text(one.name.get(lang))}'
        f' <span class="cap">{escape.text(clause)}</span></th>'
        f'<td class="t-owner">{escape.text(owner(one, words))}</td>{said}</tr>'
    )


def _evidence(word: Word, lang: str, files_open: bool) -> str:
    files = evidence_list(word.files, lang, open_to_reader=files_open)
    return f"{escape.text(word.evidence)}{files}"


def export_table(said: Mapping[str, Word], words: Words, today: date) -> Table:
    """The same to take away."""
    lang = words.lang
    names = [say(f"milestones.head.{name}", lang) for name in _HEADS[:-1]]
    names += [say(f"milestones.export.{name}", lang) for name in ("late", "by")]
    rows = [
        (
            one.name.get(lang),
            owner(one, words),
            date_text(word.due, lang) if word is not None and word.due is not None else "",
            state_name(word, lang),
            None if word is None else word.progress,
            "" if word is None else word.evidence,
            days_late(word, today),
            "" if word is None else actor_name(word.said_by, lang),
        )
        for one in words.definitions.commitments.values()
        for word in (said.get(one.id),)
    ]
    return Table(
        title=say("milestones.export.title", lang),
        head=[(say("milestones.export.as_of", lang), date_text(today, lang))],
        columns=names,
        rows=rows,
        sheet=say("milestones.export.sheet", lang),
        decimals=None,
    )
