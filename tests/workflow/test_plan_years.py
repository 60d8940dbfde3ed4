"""Opening plan year 2019: new definitions beside the old, which stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import Answers
from kpi.findings import NotAllowed, SubmissionRejected
from kpi.periods import Period
from kpi.plan_years import PlanYear, PlanYears
from loaders.template import write_form
from store import settings, targets
from store.engine import Session, SessionFactory
from store.plan_years import versions
from tests import plan_year_2019
from workflow.actors import LOCAL_APPROVER, LOCAL_USER, START_UP
from workflow.definitions import kept_years, parsed
from workflow.plan_years import adopt_definitions, adopted_from, open_plan_year
from workflow.submissions import submit
from workflow.verification import verify

NOON = datetime(2018, 12, 20, 5, 0, tzinfo=UTC)
SPRING = datetime(2019, 4, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def text_2018(root: Path) -> str:
    return (root / "kpi_definitions.yaml").read_text(encoding="utf-8")


@pytest.fixture
def text_2019(root: Path) -> str:
    return plan_year_2019.text_of(root)


@pytest.fixture
def adopted(factory: SessionFactory, definitions: Definitions, text_2018: str) -> None:
    at = NOON - timedelta(days=300)
    adopt_definitions(factory, START_UP, definitions, text_2018, at=at)


def open_2019(factory: SessionFactory, text: str, at: datetime = NOON) -> None:
    new = parsed(text, "2019.yaml")
    open_plan_year(factory, LOCAL_USER, new, text, at=at, on=at.date())


def years(session: Session, as_of: datetime | None = None) -> PlanYears:
    found = kept_years(session, {}, as_of)
    assert found is not None
    return found


@pytest.mark.usefixtures("adopted")
def test_a_period_goes_by_the_definitions_of_its_own_year(
    factory: SessionFactory, session: Session, text_2019: str
) -> None:
    open_2019(factory, text_2019)

    found = years(session)
    assert [one.year for one in found.opened] == [2018, 2019]
    assert (found.of("2018-Q4").version, found.of("2019-Q1").version) == ("2018.1", "2019.1")
    assert found.of("2017-Q3").version == "2018.1"  # history comes on the first year's forms
    assert "forest_cover" in found.of("2019-Q1").indicators
    assert "forest_cover" not in found.of("2018-Q4").indicators


@pytest.mark.usefixtures("adopted")
def test_before_the_act_nobody_knew_of_it(
    factory: SessionFactory, session: Session, text_2019: str
) -> None:
    open_2019(factory, text_2019)

    then = years(session, NOON - timedelta(days=1))
    assert [one.year for one in then.opened] == [2018]


@pytest.mark.usefixtures("adopted")
def test_its_targets_lie_beside_last_years(
    factory: SessionFactory, session: Session, text_2019: str
) -> None:
    open_2019(factory, text_2019)

    revenue = [
        one.target.value
        for one in targets.not_replaced(session, 2019)
        if one.target.indicator == "budget_revenue"
    ]
    assert revenue == [Decimal(plan_year_2019.REVENUE_2019)]
    assert targets.not_replaced(session, 2018) == []  # the act is about its own year only


@pytest.mark.usefixtures("adopted")
def test_doing_it_again_changes_nothing_and_a_taken_version_is_refused(
    factory: SessionFactory, session: Session, text_2019: str
) -> None:
    open_2019(factory, text_2019)
    version = settings.data_version(session)
    session.rollback()
    open_2019(factory, text_2019)
    assert settings.data_version(session) == version

    with pytest.raises(NotAllowed) as refused:
        open_2019(factory, text_2019 + "\n# another text\n")
    assert refused.value.reason == "version_is_taken"
    amended = text_2019.replace('version: "2019.1"', 'version: "2019.2"')
    session.rollback()
    open_2019(factory, amended, NOON + timedelta(days=40))
    assert years(session).of("2019-Q1").version == "2019.2"
    assert years(session, NOON + timedelta(days=39)).of("2019-Q1").version == "2019.1"


@pytest.mark.usefixtures("adopted")
def test_only_an_administrator_opens_and_not_the_year_of_the_file(
    factory: SessionFactory, text_2018: str, text_2019: str
) -> None:
    new = parsed(text_2019, "2019.yaml")
    with pytest.raises(NotAllowed) as refused:
        open_plan_year(factory, LOCAL_APPROVER, new, text_2019, at=NOON, on=NOON.date())
    assert refused.value.reason == "not_your_role"

    other = text_2018.replace('version: "2018.1"', 'version: "2018.9"')
    with pytest.raises(NotAllowed) as refused:
        open_2019(factory, other)
    assert refused.value.reason == "plan_year_of_the_file"


@pytest.mark.usefixtures("adopted")
def test_targets_of_another_year_are_refused(
    factory: SessionFactory, definitions: Definitions, text_2019: str
) -> None:
    new = parsed(text_2019, "2019.yaml")
    with pytest.raises(NotAllowed) as refused:
        open_plan_year(
            factory, LOCAL_USER, new, text_2019,
            targets=definitions.targets, at=NOON, on=NOON.date(),
        )  # fmt: skip
    assert refused.value.reason == "targets_of_another_year"


def test_the_file_is_kept_once_and_again_when_it_changes(
    factory: SessionFactory, session: Session, definitions: Definitions, text_2018: str
) -> None:
    for text, version in ((text_2018, "2018.1"), (text_2018, "2018.1"), ("new", "2018.2")):
        told = replace(definitions, version=version)
        adopt_definitions(factory, START_UP, told, text, at=NOON)

    assert [one.version for one in versions(session)] == ["2018.1", "2018.2"]
    assert adopted_from(settings.read_all(session)) == versions(session)[-1].digest


@pytest.mark.usefixtures("adopted")
def test_a_form_of_2019_is_made_and_taken_in_by_2019s_definitions(
    factory: SessionFactory, session: Session, org_units: OrgUnits, text_2019: str
) -> None:
    open_2019(factory, text_2019)
    every, period = years(session), Period(2019, 1)
    session.rollback()

    def sent_by(definitions: Definitions) -> bytes:
        values = {("budget_revenue", "183"): 90.5}
        return write_form(
            definitions, org_units, "183", period, targets={}, previous={}, values=values
        )

    def send(data: bytes) -> str:
        receipt = submit(
            factory, LOCAL_USER, data, "Cao Lộc.xlsx", at=SPRING, definitions=every,
            org_units=org_units, answers=Answers("đã đối chiếu"),
        )  # fmt: skip
        return receipt.state

    with pytest.raises(SubmissionRejected) as rejected:
        send(sent_by(every.of("2018-Q4")))  # last year's form for this year's period
    assert "wrong_version" in {finding.code for finding in rejected.value.findings}
    assert send(sent_by(every.of(period))) == "approved"
    with factory() as later:
        assert verify(later, every, org_units) == ()


def test_history_is_fixed_no_sooner_than_last_years_reports_are_due(text_2019: str) -> None:
    new = parsed(text_2019, "2019.yaml")

    assert PlanYear(new).history_fixed_on == date(2019, 1, 5)
