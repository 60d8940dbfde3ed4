"""Asking, answering and judging at the machine; the list as people and programs read it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

ASKED = (
    "explanation", "ask", "--indicator", "budget_revenue", "--org-unit", "183",
    "--period", "2018-Q3", "--question", "Vì sao chậm?",
)  # fmt: skip


LETTER = b"%PDF-1.7 con dau"


def test_a_question_goes_its_way(
    run: Callable[..., Result], document: Callable[..., Any], tmp_path: Path, demo: None
) -> None:
    letter = tmp_path / "cong-van-7.pdf"
    letter.write_bytes(LETTER)
    number = len(document("explanation", "list")["explanations"]) + 1
    assert f"Đã gửi yêu cầu số {number} cho Cao Lộc." in run(*ASKED).output
    assert run(*ASKED).exit_code == 1
    assert run("explanation", "accept", number).exit_code == 1  # nothing to accept yet
    assert run("explanation", "answer", number, "--text", "Do mưa").exit_code == 0
    assert run("explanation", "return", number, "--text", "Nêu rõ").exit_code == 0
    again = ("explanation", "answer", number, "--text", "Hai dự án", "--file", letter)
    assert run(*again).exit_code == 0
    assert run("explanation", "accept", number).exit_code == 0
    found = document("explanation", "list", "--reporter", "183")
    mine = next(one for one in found["explanations"] if one["id"] == number)
    assert (mine["state"], mine["owner"], mine["status"]) == ("accepted", "183", "on_track")
    assert [one["step"] for one in mine["steps"]] == ["answer", "return", "answer", "accept"]
    (file,) = mine["steps"][2]["files"]
    digest = hashlib.sha256(LETTER).hexdigest()
    assert (file["name"], file["kind"], file["sha256"]) == ("cong-van-7.pdf", "pdf", digest)
    assert found["statistics"]["accepted"] == 1
    assert all(
        one["id"] != number for one in document("explanation", "list", "--open")["explanations"]
    )
    assert document("explanation", "list", "--as-of", "2018-01-01")["explanations"] == []
    done = ("milestone", "set", "border_economic_zone", "--state", "done", "--progress", 100)
    assert run(*done).exit_code == 1  # says nothing of what it rests on
    assert run(*done, "--file", letter).exit_code == 0
    (kept,) = next(one["files"] for one in document("milestone", "list") if one["files"])
    assert kept["sha256"] == digest
    assert run("verify").exit_code == 0


def test_what_is_not_there_cannot_be_asked_or_answered(
    run: Callable[..., Result], demo: None
) -> None:
    assert run("explanation", "answer", 99, "--text", "x").exit_code == 2
    wrong = [("nothing" if one == "budget_revenue" else one) for one in ASKED]
    assert run(*wrong).exit_code == 2
