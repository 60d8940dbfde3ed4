"""The registers of exemplars and awards in words, and as tables to take away.

Whoever may not see the names of people reads what kind of recipient it was, and no name stands
in what it is for either. The names of collectives are public.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.honours import Entry, Honour, Recipient, Register, Shares, without
from kpi.rounding import half_away
from reports.export import Cell, Table
from reports.wording import Words
from texts import say
from texts.numbers import date_text, percent

COLUMNS = ("number", "unit", "kind", "recipient", "reason", "decision", "day", "by")


def kind_name(one: Honour, lang: str) -> str:
    return say(f"honours.kind.{one.kind}", lang)


def recipient_of(one: Honour, lang: str, *, names: bool) -> str:
    """Who was honoured, with what the decree asks about: ``Cá nhân (người lao động trực tiếp)``."""
    kind = say(f"honours.recipient_kind.{one.recipient_kind.value}", lang)
    named = one.recipient if names or not _is_person(one) else kind
    if one.erased:
        named = say("honours.erased", lang, kind=kind)
    marks = [
        say(f"honours.{name}", lang)
        for name, holds in (
            ("direct_worker", one.direct_worker),
            ("border_commune", one.border_commune),
        )
        if holds
    ]
    if one.recipient_kind is Recipient.SMALL_COLLECTIVE:
        marks.insert(0, kind[0].lower() + kind[1:])
    return f"{named} ({', '.join(marks)})" if marks else named


def reason_of(one: Honour, *, names: bool) -> str:
    """What it is for, without the person's name where that may not be seen."""
    if names or one.erased or not _is_person(one):
        return one.reason
    return without([one.recipient], one.reason)


def _is_person(one: Honour) -> bool:
    return one.recipient_kind is Recipient.PERSON


def share_text(counted: Shares, part: int, lang: str) -> str:
    """``5/12 lượt (41,7%)``."""
    said = say("honours.count.of", lang, part=part, count=counted.count)
    exact = counted.percent(part)
    return said if exact is None else f"{said} ({share_percent(exact, lang)})"


def share_percent(exact: Decimal | None, lang: str) -> str:
    return percent(None if exact is None else half_away(exact, 1), 1, lang)


def register_table(
    register: Register,
    entries: Sequence[Entry],
    year: int,
    words: Words,
    *,
    names: bool,
    marks: bool = True,
) -> Table:
    """The entries that stand, to take away; names only for whoever may see them.

    Args:
        marks: with a column for each of the decree's three, to count them.
    """
    lang = words.lang
    columns = [say(f"honours.table.{name}", lang) for name in COLUMNS]
    counted = ("direct_workers", "small_collectives", "border_communes") if marks else ()
    columns += [say(f"honours.count.{name}", lang) for name in counted]
    return Table(
        title=say(f"honours.{register.value}", lang),
        head=[(say("honours.export.year", lang), str(year))],
        columns=columns,
        rows=[(_row if marks else cells)(one, words, names=names) for one in entries],
        sheet=say(f"honours.export.sheet_{register.value}", lang),
        decimals=None,
    )


def cells(one: Entry, words: Words, *, names: bool) -> tuple[str, ...]:
    """One entry as ``COLUMNS`` shows it."""
    honour, lang = one.honour, words.lang
    return (
        str(one.number),
        words.org_units.units[honour.org_unit].short.get(lang),
        kind_name(honour, lang),
        recipient_of(honour, lang, names=names),
        reason_of(honour, names=names),
        honour.decision,
        date_text(honour.decided_on, lang),
        honour.decided_by,
    )


def _row(one: Entry, words: Words, *, names: bool) -> tuple[Cell, ...]:
    honour, yes = one.honour, say("honours.export.yes", words.lang)
    marks = (
        honour.direct_worker,
        honour.recipient_kind is Recipient.SMALL_COLLECTIVE,
        honour.border_commune,
    )
    return (*cells(one, words, names=names), *(yes if holds else "" for holds in marks))
