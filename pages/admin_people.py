"""The people on the administrator's screen: who they are, what they may, new and changed ones."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

import bootstrap
from kpi.permissions import EVERY_FORM, GRANTED, ActorRole
from pages import admin_forms, people, shell
from pages.admin_forms import keep_secret, perform
from pages.startup import here
from reports.html.account_table import AccountLine, account_table
from reports.html.sign_in import PASSWORD
from store import accounts, logins
from store.accounts import Account, NewAccount
from texts import say
from workflow import accounts as acts

_PLACE = "administered-people"
_FORMS = tuple(sorted(EVERY_FORM))


def show(screen: shell.Screen) -> None:
    """The table, the acts, and what has become of the last one."""
    lang = screen.lang
    with bootstrap.session_factory()() as session:
        known, seen = accounts.listed(session), logins.last_seen(session)
    lines = [_line(one, seen.get(one.id), screen) for one in known]
    by_provider = bootstrap.settings().single_sign_on is not None
    st.html(account_table(lines, bootstrap.now(), lang, by_provider=by_provider))
    with st.container(key="admin-account-acts", horizontal=True):
        with st.popover(say("admin.accounts.make", lang)):
            _form(screen, None)
        if known:
            _choose(screen, {one.id: one for one in known})
    admin_forms.show(_PLACE, lang)


def _choose(screen: shell.Screen, known: dict[int, Account]) -> None:
    """One of the accounts, to be changed, closed, invited or signed out."""
    lang = screen.lang
    with st.popover(say("admin.accounts.change", lang)):
        number = st.selectbox(
            say("admin.accounts.which", lang), list(known), key="admin-account-which",
            format_func=lambda one: f"{known[one].name} · {known[one].full_name}",
        )  # fmt: skip
        chosen = known[number]
        _form(screen, chosen)
        with st.container(horizontal=True):
            st.button(
                say("admin.accounts.link", lang), key="admin-account-link",
                on_click=_invite, args=(chosen, lang), disabled=not chosen.active,
            )  # fmt: skip
            st.button(
                say("admin.accounts.sign_out", lang), key="admin-account-sign-out",
                on_click=_sign_out, args=(chosen, lang),
            )  # fmt: skip


def _form(screen: shell.Screen, known: Account | None) -> None:
    """What an account says; ``known`` None: of a new one."""
    lang, key = screen.lang, _key(known)
    with st.form(key, border=False):
        if known is None:
            st.text_input(say("admin.accounts.name", lang), max_chars=40, key=f"{key}-name")
        st.text_input(
            say("admin.accounts.full_name", lang), known.full_name if known else "",
            max_chars=255, key=f"{key}-full-name",
        )  # fmt: skip
        st.text_input(
            say("admin.accounts.email_help", lang), (known.email or "") if known else "",
            max_chars=255, key=f"{key}-email",
        )  # fmt: skip
        _rights(screen, key, known)
        if known is not None:
            st.checkbox(say("admin.accounts.may_sign_in", lang), known.active, key=f"{key}-active")
        st.form_submit_button(
            say("admin.accounts.make_send" if known is None else "admin.accounts.keep", lang),
            on_click=_make if known is None else _change,
            args=(lang,) if known is None else (known, lang),
        )


def _rights(screen: shell.Screen, key: str, known: Account | None) -> None:
    lang = screen.lang
    st.multiselect(
        say("admin.accounts.roles", lang), GRANTED, sorted(known.roles) if known else [],
        format_func=lambda role: say(f"admin.roles.{role}", lang), key=f"{key}-roles",
    )  # fmt: skip
    reporters = [unit.code for unit in screen.org_units.districts(screen.period.end)]
    reporters += [one for one in screen.definitions.agencies if one not in reporters]
    had = sorted(known.reporters) if known else []
    st.multiselect(
        say("admin.accounts.reporters", lang), [*reporters, *(set(had) - set(reporters))], had,
        format_func=lambda code: _reporter(code, screen), key=f"{key}-reporters",
    )  # fmt: skip
    st.multiselect(
        say("admin.accounts.forms", lang), _FORMS, sorted(known.forms) if known else [],
        format_func=lambda form: say(f"admin.forms.{form}", lang), key=f"{key}-forms",
    )  # fmt: skip


def _make(lang: str) -> None:
    new = _stated(_key(None), str(st.session_state[f"{_key(None)}-name"]).strip())
    factory, at = bootstrap.session_factory(), bootstrap.now()

    def doing() -> None:
        number = acts.make(factory, people.acting(), new, at=at)
        _keep_link(acts.invite(factory, people.acting(), number, at=at), new.name, lang)

    if perform(doing, say("admin.accounts.made", lang, name=new.name), lang, _PLACE):
        for name in ("name", "full-name", "email", "roles", "reporters", "forms"):
            st.session_state.pop(f"{_key(None)}-{name}", None)


def _change(known: Account, lang: str) -> None:
    key = _key(known)
    new, active = _stated(key, known.name), bool(st.session_state[f"{key}-active"])

    def doing() -> None:
        acts.change(
            bootstrap.session_factory(), people.acting(), known.id, new,
            active=active, at=bootstrap.now(),
        )  # fmt: skip

    perform(doing, say("admin.accounts.changed", lang, name=known.name), lang, _PLACE)


def _invite(known: Account, lang: str) -> None:
    def doing() -> None:
        secret = acts.invite(
            bootstrap.session_factory(), people.acting(), known.id, at=bootstrap.now()
        )
        _keep_link(secret, known.name, lang)

    perform(doing, say("admin.accounts.invited_done", lang, name=known.name), lang, _PLACE)


def _sign_out(known: Account, lang: str) -> None:
    def doing() -> None:
        acts.revoke_logins(
            bootstrap.session_factory(), people.acting(), known.name, at=bootstrap.now()
        )

    perform(doing, say("admin.accounts.signed_out", lang, name=known.name), lang, _PLACE)


def _keep_link(secret: str, name: str, lang: str) -> None:
    days = acts.LINK_LASTS.days
    said = say("admin.accounts.link_once", lang, name=name, days=days)
    keep_secret(said, f"{here()}{PASSWORD}?ma={secret}", _PLACE)


def _key(known: Account | None) -> str:
    return "admin-account" if known is None else f"admin-account-{known.id}"


def _stated(key: str, name: str) -> NewAccount:
    kept = st.session_state
    return NewAccount(
        name,
        str(kept[f"{key}-full-name"]).strip() or name,
        frozenset(ActorRole(role) for role in kept[f"{key}-roles"]),
        frozenset(kept[f"{key}-reporters"]),
        frozenset(kept[f"{key}-forms"]),
        str(kept[f"{key}-email"]).strip() or None,
    )


def _line(one: Account, seen_at: datetime | None, screen: shell.Screen) -> AccountLine:
    lang = screen.lang
    return AccountLine(
        name=one.name,
        full_name=one.full_name,
        roles=tuple(role for role in GRANTED if role in one.roles),
        reporters=tuple(_reporter(code, screen) for code in sorted(one.reporters)),
        forms=tuple(say(f"admin.forms.{form}", lang) for form in sorted(one.forms)),
        email=one.email or "",
        seen_at=seen_at,
        active=one.active,
        has_password=one.password is not None,
    )


def _reporter(code: str, screen: shell.Screen) -> str:
    """Its name; of another year's agency the code."""
    known = code in screen.org_units.units or code in screen.definitions.agencies
    return shell.reporter_name(screen, code) if known else code
