"""``manage.py account``: people are made known, changed and closed by the machine's own user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from argon2 import PasswordHasher
from click.testing import Result
from sqlalchemy import select

import bootstrap
from store.schema import audit_event
from workflow import accounts as acts
from workflow import passwords
from workflow.actors import LOCAL_USER

Run = Callable[..., Result]
PASSWORD = "mưa rừng tháng bảy"

pytestmark = pytest.mark.usefixtures("demo")
MAKE = ("account", "make", "hoa", "--full-name", "Nguyễn Thị Hoa", "--role", "reporter")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


def choose(link: str) -> str:
    (secret,) = parse_qs(urlsplit(link.strip()).query)["ma"]
    factory, at = bootstrap.session_factory(), bootstrap.now()
    return acts.choose_password(factory, secret, PASSWORD, at=at)


def test_an_account_is_made_with_a_link_changed_and_closed(
    run: Run, document: Callable[..., Any]
) -> None:
    made = run(*MAKE, "--reporter", "183", "--email", "Hoa@LangSon.vn")
    assert choose(made.stdout) == "hoa"
    (listed,) = document("account", "list")
    assert listed == {
        "name": "hoa", "full_name": "Nguyễn Thị Hoa", "roles": ["reporter"],
        "reporters": ["183"], "forms": [], "email": "hoa@langson.vn",
        "active": True, "has_password": True,
    }  # fmt: skip

    assert run("account", "change", "hoa", "--role", "approver", "--form", "A").exit_code == 0
    (listed,) = document("account", "list")
    assert (listed["roles"], listed["forms"], listed["reporters"]) == (["approver"], ["A"], ["183"])

    assert run("account", "close", "hoa").exit_code == 0
    assert (
        "hoa · Nguyễn Thị Hoa · Duyệt báo cáo · 183, A · đã đóng" in run("account", "list").stdout
    )


def test_a_new_link_and_the_old_password_still_holds(run: Run) -> None:
    choose(run(*MAKE).stdout)
    link = run("account", "link", "hoa")
    assert "/mat-khau?ma=" in link.stdout
    assert "hoa" in link.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("account", "close", "ai-do"), 2, "ai-do"),
        (("account", "make", "hoa", "--role", "king"), 2, "king"),
        (("account", "make", "hoa"), 2, "--role"),
        (("account", "make", "Hoa Hoa", "--role", "reader"), 1, "Hoa Hoa"),
        (("account", "make", "hoa", "--role", "reporter", "--reporter", "999"), 2, "999"),
    ],
)
def test_what_cannot_be_is_said(
    run: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    refused = run(*arguments)
    assert refused.exit_code == status
    assert said in refused.stderr


def test_the_last_administrator_stays(run: Run) -> None:
    choose(run("account", "make", "quan", "--role", "administrator").stdout)
    refused = run("account", "close", "quan")
    assert refused.exit_code == 1
    assert "người quản trị duy nhất" in refused.stderr


def test_the_log_says_that_it_was_the_machines_user(run: Run) -> None:
    secret = run(*MAKE).stdout.strip().partition("ma=")[2]
    with bootstrap.session_factory()() as session:
        events = session.execute(select(audit_event).where(audit_event.c.subject == "hoa")).all()
    assert [(one.actor, one.act) for one in events] == [
        (LOCAL_USER.id, "account.make"),
        (LOCAL_USER.id, "account.invite"),
    ]
    assert secret not in str(events)
