"""Files kept with answers and milestones: what is taken, what is refused, and what verify finds."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from kpi.definitions import Definitions, OrgUnits
from kpi.evidence import Kind, plain_name
from kpi.findings import NotAllowed
from kpi.inquiries import Inquiry, Question
from kpi.judgement import Status
from kpi.milestones import State, Word
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from loaders.evidence import kind_of
from store import backups, evidence, inquiries, milestones
from store.engine import Session, SessionFactory
from store.schema import audit_event, submission_file
from workflow.actors import LOCAL_USER
from workflow.evidence import Brought, Enclosed
from workflow.inquiries import answer, ask
from workflow.milestones import record
from workflow.settings import Settings
from workflow.verification import verify

NOON = datetime(2018, 10, 10, 5, 0, tzinfo=UTC)
LEADER = Actor("lanh-dao", "Lãnh đạo", frozenset({ActorRole.LEADER}))
UNIT = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
PDF = Brought("Công văn 12.pdf", b"%PDF-1.7\n%...")
ZONE = "border_economic_zone"
DONE = Word(ZONE, State.DONE, 100)


def package(*parts: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part in parts:
            archive.writestr(part, "")
    return written.getvalue()


def enclosed(*files: Brought, megabytes: int = 1) -> Enclosed:
    return Enclosed(files, megabytes)


@pytest.fixture
def asked(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> int:
    question = Question(
        "budget_revenue", "183", Period(2018, 3), "Vì sao?", date(2018, 10, 17), Status.OFF_TRACK
    )
    return ask(
        factory, LEADER, question, definitions=definitions, org_units=org_units, at=NOON
    )  # fmt: skip


@pytest.fixture
def answering(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits, asked: int):
    def make(files: Enclosed, actor: Actor = UNIT) -> Inquiry:
        return answer(
            factory, actor, asked, "Do mưa lũ", definitions=definitions, org_units=org_units,
            at=NOON, enclosed=files,
        )  # fmt: skip

    return make


CONTENTS = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF.data, Kind.PDF),
        (b"\x89PNG\r\n\x1a\n...", Kind.PNG),
        (b"\xff\xd8\xff\xe0...", Kind.JPG),
        (package(CONTENTS, "word/document.xml"), Kind.DOCX),
        (package(CONTENTS, "xl/workbook.xml"), Kind.XLSX),
        (package(CONTENTS, "xl/workbook.xml", "xl/vbaProject.bin"), None),
        (package("word/document.xml"), None),
        (package(CONTENTS, "ppt/presentation.xml"), None),
        (package(CONTENTS, "word/document.xml")[:40], None),
        (b"PK\x03\x04", None),
        (b"MZ\x90\x00", None),
        (b"<html>%PDF-", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"", None),
    ],
)
def test_what_a_file_is_its_bytes_say(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\a\\Công văn.pdf", "Công văn.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe\r\nX: y", "afdp.exeX: y"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        (" .. ", ""),
    ],
)
def test_a_name_is_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("asked", "megabytes"),
    [("", 5), ("2", 2), ("0", 5), ("-1", 5), ("nhiều", 5), ("²", 5), ("999", 100), ("9" * 9, 5)],
)
def test_how_large_a_file_may_be_is_a_setting(asked: str, megabytes: int) -> None:
    settings = Settings.from_environment({"KPI_EVIDENCE_MEGABYTES": asked})
    assert settings.evidence_megabytes == megabytes


def test_files_are_kept_with_the_answer_and_named_in_the_log(
    factory: SessionFactory, session: Session, answering, asked: int
) -> None:
    picture = Brought("bien-ban.exe", b"\xff\xd8\xff\xe0")
    answering(enclosed(PDF, picture, Brought("bản sao.pdf", PDF.data)))
    known = inquiries.get(session, asked)
    assert known is not None
    first, second = known.steps[0].files
    digest = hashlib.sha256(PDF.data).hexdigest()
    assert (first.name, first.kind, first.size) == (PDF.name, Kind.PDF, len(PDF.data))
    assert (first.digest, first.kept_by, first.kept_at) == (digest, "cao-loc", NOON)
    assert evidence.content(session, first) == PDF.data
    assert (second.name, second.download_name) == ("bien-ban.exe", "bien-ban.exe.jpg")
    details = session.scalars(select(audit_event.c.details).order_by(audit_event.c.id)).all()[-1]
    assert json.loads(details)["files"] == f"{digest} {second.digest}"
    assert json.loads(details)["file_names"] == "Công văn 12.pdf; bien-ban.exe"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (enclosed(PDF, Brought("x.pdf", b"MZ")), "evidence_kind"),
        (enclosed(PDF, Brought("x.pdf", b"")), "evidence_kind"),
        (enclosed(Brought("x.pdf", b"%PDF-" + b" " * 1024 * 1024)), "evidence_size"),
        (enclosed(*[PDF] * 11), "evidence_many"),
    ],
)
def test_a_file_that_is_not_kept_leaves_no_answer(
    session: Session, answering, asked: int, files: Enclosed, reason: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        answering(files)
    assert refused.value.reason == reason
    known = inquiries.get(session, asked)
    assert known is not None and known.steps == ()
    assert session.execute(select(submission_file)).all() == []


def test_who_may_not_answer_leaves_no_file(session: Session, answering) -> None:
    other = Actor("b", "B", frozenset({ActorRole.REPORTER}), frozenset({"184"}))
    with pytest.raises(NotAllowed, match="not_your_reporter"):
        answering(enclosed(PDF), other)
    assert session.execute(select(submission_file)).all() == []


def test_a_file_is_ground_enough_for_a_milestone_and_stays_with_later_words(
    factory: SessionFactory, session: Session, definitions: Definitions
) -> None:
    with pytest.raises(NotAllowed, match="milestone_evidence"):
        record(factory, LOCAL_USER, definitions, DONE, at=NOON)
    record(factory, LOCAL_USER, definitions, DONE, at=NOON, enclosed=enclosed(PDF))
    later = Word(ZONE, State.IN_PROGRESS, 50)
    png = Brought("ảnh.png", b"\x89PNG\r\n\x1a\n")
    record(factory, LOCAL_USER, definitions, later, at=NOON, enclosed=enclosed(png))
    kept = milestones.newest(session, 2018)[ZONE]
    assert [one.name for one in kept.files] == ["ảnh.png", PDF.name]
    assert [len(word.files) for word in milestones.every(session, 2018)] == [1, 1]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE submission_file SET content = CAST('other' AS BLOB)", "file_altered"),
        ("DELETE FROM submission_file", "no_evidence"),
        ("DELETE FROM evidence", "evidence_not_logged"),
        (
            "INSERT INTO evidence (inquiry_id, step_number, file_digest, file_name, kind, size,"
            " kept_by, kept_at) SELECT inquiry_id, step_number, 'd', 'x', 'pdf', 1, 'x', kept_at"
            " FROM evidence",
            "evidence_not_logged",
        ),
    ],
)
def test_what_was_altered_from_outside_is_found(
    factory: SessionFactory, session: Session, definitions: Definitions, org_units: OrgUnits,
    answering, statement: str, expected: str,
) -> None:  # fmt: skip
    answering(enclosed(PDF))
    assert verify(session, definitions, org_units) == ()
    engine: Engine = factory.kw["bind"]
    connection = engine.raw_connection()
    lite = engine.dialect.name == "sqlite"
    cursor = connection.cursor()
    cursor.execute(
        "PRAGMA foreign_keys = OFF" if lite else "SET session_replication_role = replica"
    )
    cursor.execute(statement if lite else statement.replace("BLOB", "BYTEA"))
    connection.commit()
    connection.invalidate()
    assert expected in [fault.code for fault in verify(session, definitions, org_units)]


def test_a_backup_carries_them(
    factory: SessionFactory, session: Session, answering, tmp_path: Path
) -> None:
    answering(enclosed(PDF))
    session.rollback()
    backups.write(factory.kw["bind"], tmp_path / "backup")
    with backups.opened(tmp_path / "backup") as connection, Session(connection) as copy:
        (known,) = inquiries.every(copy)
        assert evidence.content(copy, known.steps[0].files[0]) == PDF.data
