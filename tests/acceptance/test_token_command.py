"""``manage.py token``: a secret is shown once, and opens what it was made for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

import api
import bootstrap
from kpi.permissions import Act
from store.schema import audit_event

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")


def status(secret: str, path: str = "org-units") -> int:
    client = TestClient(Starlette(routes=api.routes()))
    headers = {"Authorization": f"Bearer {secret}"}
    return client.get(f"/api/v1/{path}", headers=headers).status_code


def test_a_token_is_made_listed_and_revoked(run: Run, document: Callable[..., Any]) -> None:
    made = run("token", "make", "kho dữ liệu", "--unit", "183", "--days", "30")
    secret = made.stdout.strip()

    (listed,) = document("token", "list")
    assert (listed["name"], listed["org_units"]) == ("kho dữ liệu", ["183"])
    assert listed["ended_at"] is None
    assert secret not in str(listed) + made.stderr + run("token", "list").stdout
    assert [status(secret), status(secret, "targets?org_unit=184")] == [200, 403]

    assert run("token", "revoke", listed["id"]).exit_code == 0
    assert status(secret) == 401
    assert document("token", "list")[0]["ended_at"] is not None


def test_a_token_ends_by_itself(run: Run, monkeypatch: Any) -> None:
    secret = run("token", "make", "ngắn", "--days", "1").stdout.strip()
    later = bootstrap.now() + timedelta(days=1, minutes=1)
    assert status(secret) == 200
    monkeypatch.setattr(bootstrap, "now", lambda: later)
    assert status(secret) == 401


def test_making_and_revoking_are_in_the_log(run: Run, document: Callable[..., Any]) -> None:
    secret = run("token", "make", "kho", "--unit", "20").stdout.strip()
    run("token", "revoke", document("token", "list")[0]["id"])
    with bootstrap.session_factory()() as session:
        events = session.execute(select(audit_event.c.act, audit_event.c.details)).all()

    acts = [one.act for one in events]
    assert (acts.count(Act.MAKE_TOKEN), acts.count(Act.REVOKE_TOKEN)) == (1, 1)
    assert secret not in str(events)


def test_what_is_wrong_is_said(run: Run) -> None:
    assert run("token", "make", "kho", "--unit", "179").exit_code == 2
    assert run("token", "make", "kho", "--days", "0").exit_code == 2
    assert run("token", "revoke", 7).exit_code == 2
