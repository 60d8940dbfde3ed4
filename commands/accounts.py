"""``account``: make people known, change what they may, close, give a link for a password.

Whoever may run this command sits at the machine and has its database: it acts as the
machine's own user, whom the audit log calls ``local``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

import bootstrap
from commands.options import JSON
from commands.output import (
    known_reporter,
    print_document,
    refusals,
    sentence,
    show_progress,
    wrong_usage,
)
from kpi.permissions import EVERY_FORM, GRANTED, ActorRole
from reports.html.sign_in import PASSWORD
from texts import say

if TYPE_CHECKING:
    from store.accounts import Account

Command = TypeVar("Command", bound=Callable[..., None])
_ROLES = click.Choice([role.value for role in GRANTED])
_FORMS = click.Choice(sorted(EVERY_FORM))


@click.group()
def account() -> None:
    """People who sign in, and what they may."""


@account.command(name="list")
@JSON
def list_(as_json: bool) -> None:
    """Every account, by name."""
    from store import accounts

    with refusals(as_json):
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            rows = [_document(one) for one in accounts.listed(session)]
        if as_json:
            print_document(rows)
            return
        for row in rows:
            click.echo(_line(row))


class _Said(TypedDict):
    """What the options say of an account."""

    full_name: str | None
    roles: tuple[str, ...]
    reporters: tuple[str, ...]
    forms: tuple[str, ...]
    email: str | None


def _options(*, new: bool) -> Callable[[Command], Command]:
    """The options that say what an account is; only a new one cannot do without a role."""
    many = "Repeatable." if new else "Repeatable; instead of those there were."
    options = (
        click.option("--full-name", help="As others call the person."),
        click.option("--role", "roles", multiple=True, required=new, type=_ROLES, help=many),
        click.option(
            "--reporter", "reporters", multiple=True, metavar="CODE", help=f"Sends for it. {many}"
        ),
        click.option("--form", "forms", multiple=True, type=_FORMS, help=f"Decides on it. {many}"),
        click.option("--email", help="As the province's single sign-on calls the person."),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@account.command()
@click.argument("name")
@_options(new=True)
def make(name: str, **said: Unpack[_Said]) -> None:
    """Make the account NAME and print the link by which its owner chooses a password."""
    from store.accounts import NewAccount
    from workflow import accounts as acts
    from workflow.actors import LOCAL_USER

    with refusals():
        chosen = frozenset(known_reporter(one) for one in said["reporters"])
        bootstrap.ready(show_progress)
        new = NewAccount(
            name, said["full_name"] or name, frozenset(map(ActorRole, said["roles"])), chosen,
            frozenset(said["forms"]), said["email"] or None,
        )  # fmt: skip
        number = acts.make(bootstrap.session_factory(), LOCAL_USER, new, at=bootstrap.now())
        click.echo(sentence("account_made", name=name), err=True)
        _print_link(number, name)


@account.command()
@click.argument("name")
@_options(new=False)
def change(name: str, **said: Unpack[_Said]) -> None:
    """Change or reopen the account NAME; what is not given stays as it is."""
    with refusals():
        chosen = frozenset(known_reporter(one) for one in said["reporters"])
        known = _known(name)
        new = replace(
            known,
            full_name=said["full_name"] or known.full_name,
            roles=frozenset(map(ActorRole, said["roles"])) or known.roles,
            reporters=chosen or known.reporters,
            forms=frozenset(said["forms"]) or known.forms,
            email=known.email if said["email"] is None else said["email"] or None,
        )
        _change(known, new, active=True)
        click.echo(sentence("account_changed", name=known.name))


@account.command()
@click.argument("name")
def close(name: str) -> None:
    """Let NAME sign in no more, and sign it out everywhere."""
    with refusals():
        known = _known(name)
        _change(known, known, active=False)
        click.echo(sentence("account_closed", name=known.name))


@account.command()
@click.argument("name")
def link(name: str) -> None:
    """Print a new one-time link by which NAME's owner chooses a password."""
    with refusals():
        known = _known(name)
        _print_link(known.id, known.name)


def _known(name: str) -> Account:
    from store import accounts

    bootstrap.ready(show_progress)
    with bootstrap.session_factory()() as session:
        found = accounts.named(session, name)
    return found if found is not None else wrong_usage("unknown_account", found=name)


def _change(known: Account, new: Account, *, active: bool) -> None:
    from workflow import accounts as acts
    from workflow.actors import LOCAL_USER

    acts.change(
        bootstrap.session_factory(), LOCAL_USER, known.id, new, active=active, at=bootstrap.now()
    )


def _print_link(number: int, name: str) -> None:
    from workflow.accounts import LINK_LASTS, invite
    from workflow.actors import LOCAL_USER

    secret = invite(bootstrap.session_factory(), LOCAL_USER, number, at=bootstrap.now())
    click.echo(sentence("account_link", name=name, days=LINK_LASTS.days), err=True)
    click.echo(f"{bootstrap.settings().public_url}{PASSWORD}?ma={secret}")


def _document(one: Account) -> dict[str, Any]:
    return {
        "name": one.name,
        "full_name": one.full_name,
        "roles": sorted(one.roles),
        "reporters": sorted(one.reporters),
        "forms": sorted(one.forms),
        "email": one.email,
        "active": one.active,
        "has_password": one.password is not None,
    }


def _line(row: dict[str, Any]) -> str:
    lang = bootstrap.settings().language
    state = "account_active" if row["active"] else "account_closed_state"
    if row["active"] and not row["has_password"]:
        state = "account_no_password"
    roles = ", ".join(say(f"admin.roles.{role}", lang) for role in row["roles"])
    scope = ", ".join([*row["reporters"], *row["forms"]]) or "–"
    return sentence(
        "account_line", **{**row, "roles": roles, "scope": scope, "state": sentence(state)}
    )
