"""Who asks, and of which organisation units they may read.

A program shows a bearer token; an unknown one, one that is over and one that was revoked
are answered alike. Where the installation opens its approved figures to everybody, no token
is needed, but a wrong one is still wrong. A token of some organisation units sees those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request

import bootstrap
from api.problems import Problem
from kpi.permissions import View, may_see

if TYPE_CHECKING:
    from store.engine import Session

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="KPI"'}


@dataclass(frozen=True)
class Access:
    """``units`` empty: all of them. ``key`` tells programs apart when they are counted.

    Args:
        by_token: a token was shown; otherwise reading is open.
    """

    key: str
    units: frozenset[str] = frozenset()
    by_token: bool = False

    def sees(self, view: View) -> bool:
        """A token opens what signing in opens to every reader."""
        return self.by_token or view is View.READING

    def reads(self, unit: str) -> bool:
        return not self.units or unit in self.units

    def asked(self, units: Iterable[str] | None) -> list[str] | None:
        """The units to answer for: those asked for, else all that may be read (None: all).

        Raises:
            Problem: if one of them is beyond the token.
        """
        if units is None:
            return sorted(self.units) or None
        beyond = sorted(unit for unit in units if not self.reads(unit))
        if beyond:
            raise Problem(HTTPStatus.FORBIDDEN, "beyond_token", units=", ".join(beyond))
        return list(units)


def of_request(request: Request, session: Session, at: datetime) -> Access | None:
    """Whose question it is; None if it has no answer without a (better) token."""
    if "authorization" in request.headers:
        return _of_token(request.headers["authorization"], session, at)
    return Access(_address(request)) if reading_is_open(session) else None


def counted_as(request: Request, access: Access | None) -> str:
    """Under which name questions are counted: the token, else the address."""
    return _address(request) if access is None else access.key


def refused() -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, "no_token", headers=CHALLENGE)


def reading_is_open(session: Session) -> bool:
    """May approved figures be read by whoever reaches the server?"""
    from store import settings
    from workflow.installation import Demo

    demo = Demo.of(settings.read_all(session)).is_demo
    return may_see(None, View.READING, public=bootstrap.settings().reading_is_open(demo))


def _of_token(header: str, session: Session, at: datetime) -> Access | None:
    from store import api_tokens
    from workflow.logins import digest_of

    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    token = api_tokens.valid(session, digest_of(secret.strip()), at)
    return None if token is None else Access(f"token {token.id}", token.org_units, by_token=True)


def _address(request: Request) -> str:
    return f"address {request.client.host if request.client else '?'}"
