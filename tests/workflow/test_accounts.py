"""People: accounts, passwords, signing in, and rights that hold at the very next act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from kpi.findings import NotAllowed
from kpi.permissions import ActorRole
from store import accounts, api_tokens, logins
from store.accounts import NewAccount
from store.engine import Session, SessionFactory
from store.people_schema import account, api_token, login, one_time_link
from store.schema import audit_event
from workflow import accounts as acts
from workflow import passwords
from workflow import sign_in as door
from workflow.actors import LOCAL_USER
from workflow.logins import ABSOLUTE, IDLE, digest_of, of_cookie

NOON = datetime(2018, 10, 5, 12, tzinfo=UTC)
PASSWORD = "mưa rừng tháng bảy"
HOA = NewAccount("hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
CHIEF = NewAccount("quan-tri", "Trần Văn Quân", frozenset({ActorRole.ADMINISTRATOR}))

Join = Callable[[NewAccount], int]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at a cost that a test can afford."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


@pytest.fixture
def join(factory: SessionFactory) -> Join:
    """Make an account and let its owner choose the password."""

    def make(new: NewAccount) -> int:
        number = acts.make(factory, LOCAL_USER, new, at=NOON)
        link = acts.invite(factory, LOCAL_USER, number, at=NOON)
        assert acts.choose_password(factory, link, PASSWORD, at=NOON) == new.name
        return number

    return make


def come_in(factory: SessionFactory, name: str = "hoa", at: datetime = NOON) -> door.SignedIn:
    return door.sign_in(factory, name, PASSWORD, at=at, address="10.0.0.7", client="Firefox")


def refused(reason: str) -> object:
    return pytest.raises(NotAllowed, match=f"^{reason}$")


# --- coming in


def test_the_right_password_opens(factory: SessionFactory, join: Join, session: Session) -> None:
    join(HOA)
    there = come_in(factory, " HOA ")
    assert (there.actor.id, there.actor.reporters) == ("hoa", {"183"})
    known = of_cookie(session, there.secret, NOON)
    assert known == there.actor


@pytest.mark.parametrize(("name", "password"), [("hoa", "không phải"), ("ai đó", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    factory: SessionFactory, join: Join, name: str, password: str
) -> None:
    join(HOA)
    with refused("wrong_sign_in"):
        door.sign_in(factory, name, password, at=NOON)


def test_no_secret_is_kept_as_it_is(factory: SessionFactory, join: Join, session: Session) -> None:
    join(HOA)
    there = come_in(factory)
    token = acts.make_token(factory, LOCAL_USER, "kho dữ liệu", at=NOON)
    tables = (account, login, one_time_link, api_token, audit_event)
    kept = "\n".join(str(row) for table in tables for row in session.execute(select(table)))
    for secret in (PASSWORD, there.secret, token):
        assert secret not in kept
    assert digest_of(there.secret) in kept


def test_failures_slow_down_and_never_lock_out(factory: SessionFactory, join: Join) -> None:
    join(HOA)
    at = NOON
    for _ in range(3):
        with refused("wrong_sign_in"):
            door.sign_in(factory, "hoa", "không phải", at=at)
    with pytest.raises(NotAllowed) as slow:
        come_in(factory, at=at)
    assert (slow.value.reason, slow.value.facts["seconds"]) == ("slow_down", "2")
    later = come_in(factory, at=at + timedelta(seconds=2))
    assert later.actor.id == "hoa"
    assert come_in(factory, at=at + timedelta(seconds=3)).actor.id == "hoa"  # forgotten


def test_the_wait_grows_and_has_an_end(factory: SessionFactory, join: Join) -> None:
    join(HOA)
    at, waits = NOON, []
    for _ in range(14):
        try:
            door.sign_in(factory, "hoa", "không phải", at=at)
        except NotAllowed as no:
            wait = int(no.facts.get("seconds", 0))
            if wait:
                waits.append(wait)
                at += timedelta(seconds=wait)
    assert waits == sorted(waits)
    for _ in range(12):
        with pytest.raises(NotAllowed):
            door.sign_in(factory, "hoa", "không phải", at=at)
        at += timedelta(minutes=15)
    assert come_in(factory, at=at).actor.id == "hoa"


def test_an_address_that_tries_many_names_waits_too(factory: SessionFactory) -> None:
    for name in ("an", "bình", "chi"):
        with refused("wrong_sign_in"):
            door.sign_in(factory, name, "đoán thử xem", at=NOON, address="10.0.0.9")
    with refused("slow_down"):
        door.sign_in(factory, "dung", "đoán thử xem", at=NOON, address="10.0.0.9")


def test_single_sign_on_knows_people_by_their_email(factory: SessionFactory, join: Join) -> None:
    join(replace(HOA, email="Hoa@langson.gov.vn"))
    assert door.sign_in_by_email(factory, "hoa@LANGSON.gov.vn", at=NOON).actor.id == "hoa"
    with refused("no_account"):
        door.sign_in_by_email(factory, "ai@langson.gov.vn", at=NOON)


# --- staying in, and going out


@pytest.mark.parametrize(
    ("after", "inside"),
    [(IDLE - timedelta(seconds=1), True), (IDLE, False), (ABSOLUTE, False)],
)
def test_a_login_ends_by_itself(
    factory: SessionFactory, join: Join, session: Session, after: timedelta, inside: bool
) -> None:
    join(HOA)
    there = come_in(factory)
    assert (of_cookie(session, there.secret, NOON + after) is not None) is inside


def test_visits_keep_a_login_but_not_for_ever(
    factory: SessionFactory, join: Join, session: Session
) -> None:
    join(HOA)
    there = come_in(factory)
    at = NOON
    while at < NOON + ABSOLUTE - timedelta(hours=7):
        at += timedelta(hours=6)
        door.seen(factory, there.actor.login or 0, at=at)
    assert of_cookie(session, there.secret, at) is not None
    assert of_cookie(session, there.secret, NOON + ABSOLUTE) is None


def test_going_out_ends_it(factory: SessionFactory, join: Join, session: Session) -> None:
    join(HOA)
    there = come_in(factory)
    door.sign_out(factory, there.actor, at=NOON)
    assert of_cookie(session, there.secret, NOON) is None
    door.sign_out(factory, there.actor, at=NOON)  # twice is no error


# --- rights hold at the very next act


def test_a_role_that_was_taken_away_is_gone_at_the_next_act(
    factory: SessionFactory, join: Join, session: Session
) -> None:
    join(CHIEF)
    second = join(replace(CHIEF, name="pho"))
    before = come_in(factory, "pho").actor
    acts.make_token(factory, before, "còn quyền", at=NOON)

    reader = replace(CHIEF, name="pho", roles=frozenset({ActorRole.READER}))
    acts.change(factory, LOCAL_USER, second, reader, at=NOON)

    with refused("signed_out"):
        acts.make_token(factory, before, "hết quyền", at=NOON)
    after = come_in(factory, "pho").actor
    forged = replace(before, login=after.login)  # claims what it no longer has
    with refused("not_your_role"):
        acts.make_token(factory, forged, "hết quyền", at=NOON)
    assert [one.name for one in api_tokens.listed(session)] == ["còn quyền"]
    refusals = session.scalars(
        select(audit_event.c.actor).where(audit_event.c.outcome == "refused")
    )
    assert list(refusals) == ["pho", "pho"]


def test_a_closed_account_is_out(factory: SessionFactory, join: Join, session: Session) -> None:
    number = join(HOA)
    there = come_in(factory)
    acts.change(factory, LOCAL_USER, number, HOA, active=False, at=NOON)
    assert of_cookie(session, there.secret, NOON) is None
    with refused("wrong_sign_in"):
        come_in(factory)


def test_a_new_password_signs_out_every_browser(
    factory: SessionFactory, join: Join, session: Session
) -> None:
    join(HOA)
    first, second = come_in(factory), come_in(factory)
    acts.change_password(factory, first.actor, PASSWORD, "ghế gỗ xanh cũ kỹ", at=NOON)
    assert of_cookie(session, first.secret, NOON) is None
    assert of_cookie(session, second.secret, NOON) is None
    with refused("wrong_sign_in"):
        come_in(factory)


def test_guessing_the_old_password_at_an_open_browser_grows_slow(
    factory: SessionFactory, join: Join
) -> None:
    join(HOA)
    actor = come_in(factory).actor
    for _ in range(3):
        with refused("wrong_old_password"):
            acts.change_password(factory, actor, "không phải", "ghế gỗ xanh cũ kỹ", at=NOON)
    with refused("slow_down"):
        acts.change_password(factory, actor, PASSWORD, "ghế gỗ xanh cũ kỹ", at=NOON)
    later = NOON + timedelta(seconds=2)
    acts.change_password(factory, actor, PASSWORD, "ghế gỗ xanh cũ kỹ", at=later)


def test_nobody_signs_somebody_else_out(factory: SessionFactory, join: Join) -> None:
    join(HOA)
    join(replace(HOA, name="lan"))
    lan = come_in(factory, "lan").actor
    with refused("not_your_account"):
        acts.revoke_logins(factory, lan, "hoa", at=NOON)
    acts.revoke_logins(factory, lan, "lan", at=NOON)


# --- accounts


def test_a_link_works_once_and_in_time(factory: SessionFactory) -> None:
    number = acts.make(factory, LOCAL_USER, HOA, at=NOON)
    older = acts.invite(factory, LOCAL_USER, number, at=NOON)
    link = acts.invite(factory, LOCAL_USER, number, at=NOON)
    with refused("link_over"):
        acts.choose_password(factory, link, PASSWORD, at=NOON + acts.LINK_LASTS)
    acts.choose_password(factory, link, PASSWORD, at=NOON)
    for used in (link, older, "bịa ra"):
        with refused("link_over"):
            acts.choose_password(factory, used, PASSWORD, at=NOON)


def test_a_weak_password_leaves_the_link_as_it_was(factory: SessionFactory) -> None:
    number = acts.make(factory, LOCAL_USER, HOA, at=NOON)
    link = acts.invite(factory, LOCAL_USER, number, at=NOON)
    with refused("password_too_short"):
        acts.choose_password(factory, link, "ngắn", at=NOON)
    acts.choose_password(factory, link, PASSWORD, at=NOON)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (HOA, "name_taken"),
        (replace(HOA, name="Hoa Nguyễn"), "unusable_name"),
        (replace(HOA, name="x", email="a@b.vn"), "unusable_name"),
        (replace(HOA, name="lan", roles=frozenset()), "no_role"),
        (replace(HOA, name="lan", roles=frozenset({ActorRole.SYSTEM})), "no_role"),
        (replace(HOA, name="lan", email="HOA@langson.gov.vn"), "email_taken"),
    ],
)
def test_an_account_must_be_sound(factory: SessionFactory, new: NewAccount, reason: str) -> None:
    acts.make(factory, LOCAL_USER, replace(HOA, email="hoa@langson.gov.vn"), at=NOON)
    with refused(reason):
        acts.make(factory, LOCAL_USER, new, at=NOON)


def test_somebody_always_administers(factory: SessionFactory, join: Join) -> None:
    number = join(CHIEF)
    reader = replace(CHIEF, roles=frozenset({ActorRole.READER}))
    with refused("last_administrator"):
        acts.change(factory, LOCAL_USER, number, CHIEF, active=False, at=NOON)
    with refused("last_administrator"):
        acts.change(factory, LOCAL_USER, number, reader, at=NOON)
    join(replace(CHIEF, name="pho"))
    acts.change(factory, LOCAL_USER, number, CHIEF, active=False, at=NOON)


def test_only_an_administrator_makes_accounts(
    factory: SessionFactory, join: Join, session: Session
) -> None:
    join(HOA)
    hoa = come_in(factory).actor
    with refused("not_your_role"):
        acts.make(factory, hoa, replace(HOA, name="ban"), at=NOON)
    assert accounts.named(session, "ban") is None


# --- tokens of programs


def test_a_token_reads_within_its_scope_until_it_ends(
    factory: SessionFactory, session: Session
) -> None:
    secret = acts.make_token(factory, LOCAL_USER, "kho", ["183"], at=NOON)
    token = api_tokens.valid(session, digest_of(secret), NOON)
    assert token is not None
    assert (token.reads("183"), token.reads("184")) == (True, False)
    assert api_tokens.valid(session, digest_of(secret), NOON + acts.TOKEN_LASTS) is None
    acts.revoke_token(factory, LOCAL_USER, token.id, at=NOON)
    with refused("no_token"):
        acts.revoke_token(factory, LOCAL_USER, token.id, at=NOON)
    session.rollback()
    assert api_tokens.valid(session, digest_of(secret), NOON) is None


def test_an_old_hash_is_made_anew_at_the_next_sign_in(
    factory: SessionFactory, join: Join, session: Session
) -> None:
    number = join(HOA)
    cheap = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    accounts.set_password(session, number, cheap)
    session.commit()
    come_in(factory)
    session.rollback()
    kept = accounts.get(session, number)
    assert kept is not None
    assert kept.password is not None
    assert kept.password != cheap
    assert logins.of(session, number)
