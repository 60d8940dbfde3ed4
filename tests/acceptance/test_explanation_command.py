"""Asking, answering and judging at the machine; the list as people and programs read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from click.testing import Result

ASKED = (
    "explanation", "ask", "--indicator", "budget_revenue", "--org-unit", "183",
    "--period", "2018-Q3", "--question", "Vì sao chậm?",
)  # fmt: skip


def test_a_question_goes_its_way(run: Callable[..., Result], document: Callable[..., Any]) -> None:
    run("init")
    number = len(document("explanation", "list")["explanations"]) + 1
    assert f"Đã gửi yêu cầu số {number} cho Cao Lộc." in run(*ASKED).output
    assert run(*ASKED).exit_code == 1
    assert run("explanation", "accept", number).exit_code == 1  # nothing to accept yet
    assert run("explanation", "answer", number, "--text", "Do mưa").exit_code == 0
    assert run("explanation", "return", number, "--text", "Nêu rõ").exit_code == 0
    assert run("explanation", "answer", number, "--text", "Hai dự án").exit_code == 0
    assert run("explanation", "accept", number).exit_code == 0
    found = document("explanation", "list", "--reporter", "183")
    mine = next(one for one in found["explanations"] if one["id"] == number)
    assert (mine["state"], mine["owner"], mine["status"]) == ("accepted", "183", "on_track")
    assert [one["step"] for one in mine["steps"]] == ["answer", "return", "answer", "accept"]
    assert found["statistics"]["accepted"] == 1
    assert all(
        one["id"] != number for one in document("explanation", "list", "--open")["explanations"]
    )
    assert document("explanation", "list", "--as-of", "2018-01-01")["explanations"] == []
    assert run("verify").exit_code == 0


def test_what_is_not_there_cannot_be_asked_or_answered(run: Callable[..., Result]) -> None:
    run("init")
    assert run("explanation", "answer", 99, "--text", "x").exit_code == 2
    wrong = [("nothing" if one == "budget_revenue" else one) for one in ASKED]
    assert run(*wrong).exit_code == 2
