"""``exemplar`` and ``award``: the two registers, their entries and whom the awards reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import DAY
from commands.output import decimal_text, print_document, refusals, show_progress
from kpi.honours import KINDS, Entry, Recipient, Register, decided_by_then, in_force, shares
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.honours import Honour


def _family(register: Register, help_text: str) -> click.Group:
    """The same five commands on either register."""
    group = click.Group(register.value, help=help_text)
    for make in (_add, _correct, _take_back, _erase_name, _list):
        group.add_command(make(register))
    return group


def _fields(register: Register) -> list[click.Parameter]:
    return [
        click.Argument(["org_unit"]),
        click.Option(["--kind"], required=True, type=click.Choice(KINDS[register])),
        click.Option(
            ["--recipient-kind"], required=True, type=click.Choice([one.value for one in Recipient])
        ),
        click.Option(["--recipient"], required=True, help="Name of the collective or person."),
        click.Option(["--direct-worker"], is_flag=True, help="A person who works directly."),
        click.Option(["--border-commune"], is_flag=True, help="In a border commune."),
        click.Option(["--decision"], required=True, help="Number of the decision."),
        click.Option(["--on", "decided_on"], required=True, type=DAY, metavar="2018-06-05"),
        click.Option(["--by", "decided_by"], required=True, help="Who decided."),
        click.Option(["--reason"], required=True, help="What it is for."),
        click.Option(["--year"], type=int, help="Plan year; otherwise the decision's."),
    ]


def _honour(register: Register, given: dict[str, Any]) -> Honour:
    from kpi.honours import Honour

    day = given.pop("decided_on").date()
    year = given.pop("year") or day.year
    given["recipient_kind"] = Recipient(given["recipient_kind"])
    return Honour(register=register, year=year, decided_on=day, **given)


def _add(register: Register) -> click.Command:
    def add(**given: Any) -> None:
        from texts import say
        from workflow.actors import LOCAL_USER
        from workflow.honours import register as enter

        with refusals():
            bootstrap.ready(show_progress)
            number = enter(
                bootstrap.session_factory(), LOCAL_USER, bootstrap.org_units(),
                _honour(register, given), at=bootstrap.now(),
            )  # fmt: skip
            click.echo(say("honours.done_add", bootstrap.settings().language, number=number))

    help_text = "Add an entry to the register; it rests on a decision."
    return click.Command("add", callback=add, params=_fields(register), help=help_text)


def _correct(register: Register) -> click.Command:
    def correct(number: int, why: str, **given: Any) -> None:
        from texts import say
        from workflow.actors import LOCAL_USER
        from workflow.honours import correct as replace

        with refusals():
            bootstrap.ready(show_progress)
            new = replace(
                bootstrap.session_factory(), LOCAL_USER, bootstrap.org_units(), number,
                _honour(register, given), why=why, at=bootstrap.now(),
            )  # fmt: skip
            lang = bootstrap.settings().language
            click.echo(say("honours.done_correct", lang, number=new, old=number))

    number = click.Argument(["number"], type=int)
    why = click.Option(["--why"], required=True, help="Kept with the correction.")
    help_text = "Let another entry take the place of NUMBER, which stays readable."
    params = [number, *_fields(register), why]
    return click.Command("correct", callback=correct, params=params, help=help_text)


def _take_back(register: Register) -> click.Command:
    def take_back(number: int, why: str) -> None:
        from texts import say
        from workflow.actors import LOCAL_USER
        from workflow.honours import take_back as take

        with refusals():
            bootstrap.ready(show_progress)
            factory, at = bootstrap.session_factory(), bootstrap.now()
            take(factory, LOCAL_USER, register, number, why=why, at=at)
            click.echo(say("honours.done_take_back", bootstrap.settings().language, number=number))

    params: list[click.Parameter] = [
        click.Argument(["number"], type=int),
        click.Option(["--why"], required=True, help="Kept with the entry."),
    ]
    help_text = "Say that an entry should not stand; it stays readable."
    return click.Command("take-back", callback=take_back, params=params, help=help_text)


def _erase_name(register: Register) -> click.Command:
    def erase(number: int, why: str) -> None:
        from texts import say
        from workflow.actors import LOCAL_USER
        from workflow.erasure import erase_name

        with refusals():
            bootstrap.ready(show_progress)
            factory, at = bootstrap.session_factory(), bootstrap.now()
            erased = erase_name(factory, LOCAL_USER, register, number, why=why, at=at)
            lang = bootstrap.settings().language
            numbers = ", ".join(str(one) for one in erased.entries)
            click.echo(say("honours.done_erase", lang, numbers=numbers))
            if erased.logged:
                click.echo(say("honours.erase_logged", lang, count=erased.logged))

    params: list[click.Parameter] = [
        click.Argument(["number"], type=int),
        click.Option(["--why"], required=True, help="Kept in the log for good: without the name."),
    ]
    help_text = "Take a person's name out of an entry and its history, for good."
    return click.Command("erase-name", callback=erase, params=params, help=help_text)


def _list(register: Register) -> click.Command:
    def list_(year: int | None, org_unit: str | None, names: bool, as_json: bool) -> None:
        with refusals(as_json):
            bootstrap.ready(show_progress)
            plan_year = bootstrap.plan_years().of(str(year) if year else "").plan_year
            found = [one for one in _of_year(register, plan_year)
                     if org_unit in (None, one.honour.org_unit)]  # fmt: skip
            if as_json:
                print_document(_document(found, names))
            else:
                _tell(found, names)

    params: list[click.Parameter] = [
        click.Option(["--year"], type=int, help="Plan year; otherwise the newest."),
        click.Option(["--org-unit"], help="Of one unit only."),
        click.Option(["--names"], is_flag=True, help="With the names of people."),
        click.Option(["--json", "as_json"], is_flag=True, help="One document."),
    ]
    help_text = "The entries that stand, and the shares the decree asks about."
    return click.Command("list", callback=list_, params=params, help=help_text)


def _of_year(register: Register, year: int) -> list[Entry]:
    from store import honours

    with bootstrap.session_factory()() as session:
        every = in_force(honours.every(session))
    return [o for o in decided_by_then(every, Period(year)) if o.honour.register is register]


def _document(found: list[Entry], names: bool) -> dict[str, Any]:
    from reports.honour_words import recipient_of

    lang, counted = bootstrap.settings().language, shares(found)
    parts = ("direct_workers", "small_collectives", "border_communes")
    return {
        "count": counted.count,
        "shares": {
            name: {
                "count": getattr(counted, name),
                "percent": decimal_text(counted.percent(getattr(counted, name))),
            }
            for name in parts
        },
        "entries": [
            {
                "number": one.number,
                "org_unit": one.honour.org_unit,
                "kind": one.honour.kind,
                "recipient_kind": one.honour.recipient_kind.value,
                "recipient": recipient_of(one.honour, lang, names=names),
                "direct_worker": one.honour.direct_worker,
                "border_commune": one.honour.border_commune,
                "decision": one.honour.decision,
                "decided_on": one.honour.decided_on.isoformat(),
                "decided_by": one.honour.decided_by,
                "replaces": one.replaces,
            }
            for one in found
        ],
    }


def _tell(found: list[Entry], names: bool) -> None:
    from reports.honour_words import kind_name, recipient_of, share_text
    from texts import say
    from texts.numbers import date_text

    lang, units = bootstrap.settings().language, bootstrap.org_units().units
    for one in found:
        honour = one.honour
        click.echo(
            say(
                "honours.line", lang, number=one.number,
                unit=units[honour.org_unit].short.get(lang), kind=kind_name(honour, lang),
                recipient=recipient_of(honour, lang, names=names), decision=honour.decision,
                day=date_text(honour.decided_on, lang),
            )
        )  # fmt: skip
    counted = shares(found)
    if found and found[0].honour.register is Register.AWARD:
        parts = ("direct_workers", "small_collectives", "border_communes")
        facts = {name: share_text(counted, getattr(counted, name), lang) for name in parts}
        click.echo(say("honours.stats_line", lang, count=counted.count, **facts))


exemplar = _family(Register.EXEMPLAR, "The register of exemplars.")
award = _family(Register.AWARD, "The register of awards.")
