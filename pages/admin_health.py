"""How the installation is, on the administrator's screen; what is stored is checked on request."""

from __future__ import annotations

import platform
from decimal import Decimal

import streamlit as st

import bootstrap
from pages import shell
from reports.html import page
from reports.html.admin_facts import facts_table
from store import health, submissions
from store.schema import REVISION
from texts import say
from texts.numbers import MISSING, moment_text, number
from workflow.verification import verify

_MEGABYTE = 1_000_000
_LISTED = 20


def show(screen: shell.Screen) -> None:
    """The facts, and the button that reads everything once more."""
    lang = screen.lang
    st.html(facts_table(say("admin.health.title", lang), _facts(lang), lang))
    if st.button(say("admin.health.verify", lang), key="admin-verify"):
        with st.spinner(say("admin.health.verifying", lang)):
            _verify(lang)


def _facts(lang: str) -> list[tuple[str, str]]:
    with bootstrap.session_factory()() as session:
        size, backup = health.size(session), health.last_backup(session)
        version = bootstrap.data_version(session)
        waiting = submissions.count(session, submissions.SUBMITTED)
    definitions = bootstrap.definitions()
    digest = bootstrap.definitions_digest()[:12]
    at = moment_text(backup, lang) if backup else ""
    values = {
        "database": health.address(bootstrap.engine()),
        "size": f"{number(Decimal(size) / _MEGABYTE, 1, lang)} MB",
        "backup": at or say("admin.health.no_backup", lang),
        "data_version": str(version),
        "waiting": str(waiting) if waiting else MISSING,
        "definitions": f"{definitions.version} · {digest}",
        "program": f"{bootstrap.program_version()} · {REVISION}",
        "runs_on": f"Python {platform.python_version()}, Streamlit {st.__version__}",
    }
    return [(say(f"admin.health.{name}", lang), value) for name, value in values.items()]


def _verify(lang: str) -> None:
    with bootstrap.session_factory()() as session:
        faults = verify(session, bootstrap.plan_years(session), bootstrap.org_units())
    if not faults:
        st.html(page.message("success", say("admin.health.sound", lang), lang))
        return
    said = [say(f"verify.{fault.code}", lang, **fault.facts) for fault in faults[:_LISTED]]
    heading = say("admin.health.faults", lang, count=len(faults))
    st.html(page.message("error", "\n".join(said), lang, heading=heading))
