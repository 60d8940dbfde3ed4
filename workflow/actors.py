"""Who acts before there are accounts: the machine itself, and whoever sits at it.

Until people sign in the server listens on localhost only, and its one user may send
the form of every reporter.
"""

from __future__ import annotations

from kpi.permissions import Actor, ActorRole

LOCAL_USER = Actor(
    id="local",
    name="Người dùng tại máy này",
    roles=frozenset({ActorRole.REPORTER, ActorRole.ADMINISTRATOR}),
    every_reporter=True,
)
# The same chair, another hat: with accounts this is always another person.
LOCAL_APPROVER = Actor(
    id="local-approver",
    name="Người duyệt tại máy này",
    roles=frozenset({ActorRole.APPROVER, ActorRole.LEADER}),
)
LOCAL_SECRETARY = Actor(
    id="local-secretary",
    name="Thư ký thi đua tại máy này",
    roles=frozenset({ActorRole.SECRETARY}),
)
SAMPLE_SENDER = Actor(
    id="samples",
    name="Báo cáo mẫu",
    roles=frozenset({ActorRole.REPORTER}),
    every_reporter=True,
)
SAMPLE_SECRETARY = Actor(
    id="sample-secretary", name="Thư ký thi đua (minh họa)", roles=frozenset({ActorRole.SECRETARY})
)
SAMPLE_LEADER = Actor(
    id="sample-leader", name="Lãnh đạo (minh họa)", roles=frozenset({ActorRole.LEADER})
)
AUTOMATIC_APPROVER = Actor(
    id="automatic", name="Duyệt tự động", roles=frozenset({ActorRole.APPROVER})
)
POSTMAN = Actor(id="postman", name="Gửi thư tự động", roles=frozenset({ActorRole.SYSTEM}))
START_UP = Actor(id="start-up", name="Khởi động", roles=frozenset({ActorRole.SYSTEM}))

__all__ = [
    "AUTOMATIC_APPROVER",
    "LOCAL_APPROVER",
    "LOCAL_SECRETARY",
    "LOCAL_USER",
    "POSTMAN",
    "SAMPLE_LEADER",
    "SAMPLE_SECRETARY",
    "SAMPLE_SENDER",
    "START_UP",
    "Actor",
]
