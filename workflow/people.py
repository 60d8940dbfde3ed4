"""The first people of an installation: the demonstration's, or one administrator.

The demonstration has an account for each role, with a password everybody is told: its
data are made up. In real use there is nobody at first; ``first_administrator`` makes one
and gives the one-time link that the console prints.
"""

from __future__ import annotations

from datetime import datetime

from kpi.permissions import EVERY_FORM, ActorRole
from store import accounts
from store.accounts import NewAccount
from store.engine import SessionFactory
from workflow import accounts as acts
from workflow.actors import START_UP

DEMO_PASSWORD = "đào mẫu sơn nở sớm"
ADMINISTRATOR = "quan-tri"

_DEMO = (
    NewAccount(ADMINISTRATOR, "Quản trị (dùng thử)", frozenset({ActorRole.ADMINISTRATOR})),
    NewAccount(
        "cao-loc", "Thống kê Cao Lộc (dùng thử)", frozenset({ActorRole.REPORTER}),
        frozenset({"183"}),
    ),
    NewAccount(
        "cuc-thong-ke", "Cục Thống kê (dùng thử)", frozenset({ActorRole.REPORTER}),
        frozenset({"statistics_office"}),
    ),
    NewAccount(
        "duyet", "Người duyệt (dùng thử)", frozenset({ActorRole.APPROVER}), forms=EVERY_FORM
    ),
    NewAccount("thi-dua", "Thư ký thi đua (dùng thử)", frozenset({ActorRole.SECRETARY})),
    NewAccount(
        "lanh-dao", "Lãnh đạo (dùng thử)", frozenset({ActorRole.READER, ActorRole.LEADER})
    ),
)  # fmt: skip
DEMO_NAMES = tuple(one.name for one in _DEMO)


def demo_accounts(factory: SessionFactory, *, at: datetime) -> None:
    """Make the demonstration's accounts, those that are missing."""
    for one in _DEMO:
        with factory() as session:
            if accounts.named(session, one.name) is not None:
                continue
        number = acts.make(factory, START_UP, one, at=at)
        link = acts.invite(factory, START_UP, number, at=at)
        acts.choose_password(factory, link, DEMO_PASSWORD, at=at)


def first_administrator(factory: SessionFactory, *, at: datetime) -> str | None:
    """The secret of the link by which the first administrator chooses a password.

    None as soon as an account has a password; until then every start gives a new link,
    since the last one may have scrolled away.
    """
    with factory() as session:
        known = accounts.listed(session)
    if any(one.password for one in known):
        return None
    mine = next((one.id for one in known if one.name == ADMINISTRATOR), None)
    if mine is None:
        new = NewAccount(ADMINISTRATOR, "Quản trị", frozenset({ActorRole.ADMINISTRATOR}))
        mine = acts.make(factory, START_UP, new, at=at)
    return acts.invite(factory, START_UP, mine, at=at)
