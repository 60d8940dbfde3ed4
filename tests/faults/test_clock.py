"""The clock is set back, the year turns in the province first: order and days stay right."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

import bootstrap
from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import Answers
from kpi.local_time import ZONE
from loaders.samples import Sample
from store import lookups, submissions
from store.engine import SessionFactory
from tests.faults.worker import content, digest_of
from workflow.actors import LOCAL_USER
from workflow.submissions import Receipt, submit

NEW_YEAR = datetime(2018, 12, 31, 17, 30, tzinfo=UTC)  # 00:30 in the province


@pytest.fixture
def send(
    factory: SessionFactory, definitions: Definitions, org_units: OrgUnits
) -> Callable[[Sample, datetime], Receipt]:
    def make(sample: Sample, at: datetime) -> Receipt:
        return submit(
            factory,
            LOCAL_USER,
            content(sample),
            sample.file,
            at=at,
            definitions=definitions,
            org_units=org_units,
            answers=Answers("đã rà soát"),
        )

    return make


def corrections(samples: tuple[Sample, ...]) -> list[Sample]:
    """The form that was sent three times."""
    return [one for one in samples if (one.reporter, one.period) == ("182", "2018-Q3")]


# At New Year the hour before is last year's.
@pytest.mark.parametrize("start", [None, NEW_YEAR], ids=["in October", "at New Year"])
def test_a_clock_set_back_an_hour_does_not_turn_a_correction_round(
    send: Callable[[Sample, datetime], Receipt],
    factory: SessionFactory,
    samples: tuple[Sample, ...],
    sound: Callable[[], None],
    start: datetime | None,
) -> None:
    first, second, third = corrections(samples)
    at = start or first.received_at

    for sample, moment in ((first, at), (second, at - timedelta(hours=1)), (third, at)):
        send(sample, moment)

    with factory() as session:
        newest = submissions.latest(session, "182", "2018-Q3")
        known = lookups.known(session)
    assert newest is not None and newest.revision == 3
    assert newest.file_digest == digest_of(content(third))
    assert {one.source.submission for one in known.values() if one.source} == {newest.id}
    sound()


def test_the_year_turns_in_the_province_while_the_server_is_in_utc(
    send: Callable[[Sample, datetime], Receipt],
    factory: SessionFactory,
    samples: tuple[Sample, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr(bootstrap, "now", lambda: NEW_YEAR)

    receipt = send(corrections(samples)[0], bootstrap.now())

    assert bootstrap.today() == date(2019, 1, 1)
    with factory() as session:
        stored = submissions.get(session, receipt.submission)
    assert stored is not None
    assert stored.submitted_at == NEW_YEAR
    assert stored.submitted_at.astimezone(ZONE).year == 2019
