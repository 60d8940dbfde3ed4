"""Tài khoản của tôi: another password, and the browsers one is signed in with.

Whoever changes the password is signed out everywhere, here as well: what a thief took is
worth nothing afterwards.
"""

from __future__ import annotations

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.permissions import GRANTED, Actor
from pages import people, shell
from pages.labels import literal
from reports.html import page
from reports.html.account_table import BrowserLine, browser_table, client_name
from reports.html.sign_in import address
from store import accounts, logins
from store.accounts import Account
from store.logins import Login
from texts import say
from texts.errors import error_sentence
from texts.numbers import moment_text
from workflow.accounts import change_password, revoke_logins
from workflow.logins import is_over
from workflow.sign_in import sign_out_browser

_DONE = "account-done"


def main() -> None:
    lang, person = shell.language(), people.actor()
    if person is None or person.login is None:
        st.html(page.title(say("account.title", lang), "", lang))
        st.html(page.message("partial", say("account.nobody", lang), lang))
        return
    with bootstrap.session_factory()() as session:
        account = accounts.named(session, person.id)
        known = logins.of(session, account.id) if account else []
    roles = ", ".join(say(f"admin.roles.{one}", lang) for one in GRANTED if one in person.roles)
    caption = say("account.caption", lang, name=person.name, roles=roles)
    st.html(page.title(say("account.title", lang), caption, lang))
    if done := st.session_state.pop(_DONE, None):
        kind, said = done
        st.html(page.message(kind, said, lang))
    _browsers(person, [one for one in known if not is_over(one, bootstrap.now())], lang)
    _password(person, account, lang)


def _browsers(person: Actor, known: list[Login], lang: str) -> None:
    lines = [
        BrowserLine(one.client, one.began_at, one.seen_at, one.id == person.login) for one in known
    ]
    st.html(browser_table(lines, lang))
    with st.container(key="account-acts", horizontal=True):
        for one in known:
            if one.id != person.login:
                at = moment_text(one.began_at, lang)
                label = say("account.end", lang, client=client_name(one.client, lang), at=at)
                st.button(
                    literal(label), key=f"account-end-{one.id}",
                    on_click=_end, args=(one.id, lang),
                )  # fmt: skip
        st.button(
            say("account.end_all", lang), key="account-end-all", on_click=_end_all, args=(lang,)
        )


def _end(number: int, lang: str) -> None:
    try:
        sign_out_browser(bootstrap.session_factory(), people.acting(), number, at=bootstrap.now())
    except KpiError as refused:
        st.session_state[_DONE] = "error", error_sentence(refused, lang)
        return
    st.session_state[_DONE] = "success", say("account.ended", lang)


def _end_all(lang: str) -> None:
    try:
        person = people.acting()
        revoke_logins(bootstrap.session_factory(), person, person.id, at=bootstrap.now())
    except KpiError as refused:
        st.session_state[_DONE] = "error", error_sentence(refused, lang)


def _password(person: Actor, account: Account | None, lang: str) -> None:
    """The form; afterwards only the way to the sign-in."""
    if account is None or account.password is None:
        st.html(page.message("partial", say("account.no_password", lang), lang))
        return
    place = st.empty()
    with place.form("account-password", width=420):
        st.html(f'<h2 class="form-title">{say("account.password", lang)}</h2>')
        old = st.text_input(say("account.old", lang), type="password", key="account-old")
        new = st.text_input(say("sign_in.new_password", lang), type="password", key="account-new")
        again = st.text_input(say("sign_in.repeat", lang), type="password", key="account-again")
        pressed = st.form_submit_button(say("account.keep", lang))
    if not pressed:
        return
    if new != again:
        st.html(page.message("error", say("sign_in.not_the_same", lang), lang))
        return
    try:
        change_password(bootstrap.session_factory(), person, old, new, at=bootstrap.now())
    except KpiError as refused:
        st.html(page.message("error", error_sentence(refused, lang), lang))
        return
    place.html(page.message("success", say("account.kept", lang), lang))
    st.html(page.way_in(address("/"), lang))


main()
