"""The command line as other programs use it: exit codes, one document, decimal strings."""

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

import bootstrap
from store import submissions
from tests.acceptance.conftest import Installation

Run = Callable[..., Result]
Document = Callable[..., Any]

SAMPLE = "2018/CaoLoc_Q3_2018.xlsx"


@pytest.fixture
def sample(few_samples: Path) -> Path:
    return few_samples / "samples" / SAMPLE


@pytest.fixture
def blank(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "biểu.xlsx"
    run("template", "--org-unit", "183", "--period", "2018-Q3", "-o", file)
    return file


@pytest.fixture
def wrong_cell(sample: Path, tmp_path: Path) -> Path:
    """Cao Lộc's workbook with a word where its budget revenue should be."""
    book = load_workbook(sample)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(c.value == "budget_revenue" for c in row))
    value = next(cell for cell in row if isinstance(cell.value, int | float) and cell.column == 7)
    value.value = "khoảng 270"
    file = tmp_path / "sai.xlsx"
    book.save(file)
    return file


# --- wrong usage: exit 2 and a sentence -------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["check", "không-có.xlsx", "--json"], "không-có.xlsx", id="no such file"),
        pytest.param(["check", ".", "--json"], "FILE", id="a folder"),
        pytest.param(["template", "--period", "2018-Q3", "-o", "x"], "--agency", id="no reporter"),
        pytest.param(
            ["template", "--org-unit", "183", "--agency", "a", "--period", "2018-Q3", "-o", "x"],
            "--agency",
            id="two reporters",
        ),
        pytest.param(
            ["template", "--org-unit", "183", "--period", "2018-Q5", "-o", "x"],
            "2018-Q5",
            id="no such period",
        ),
        pytest.param(
            ["template", "--org-unit", "183", "--period", "2018", "-o", "x"], "2018", id="a year"
        ),
        pytest.param(
            ["template", "--org-unit", "999", "--period", "2018-Q3", "-o", "x"], "999", id="no unit"
        ),
        pytest.param(
            ["template", "--org-unit", "20", "--period", "2018-Q3", "-o", "x"],
            "20",
            id="the province sends no form",
        ),
        pytest.param(
            ["template", "--agency", "183", "--period", "2018-Q3", "-o", "x"],
            "183",
            id="a unit is no agency",
        ),
        pytest.param(["assess", "--period", "2018-Q9", "--json"], "2018-Q9", id="assess: period"),
        pytest.param(
            ["assess", "--period", "2018-Q3", "--org-unit", "1", "--json"], "1", id="assess: unit"
        ),
        pytest.param(
            ["assess", "--period", "2018-Q3", "--indicator", "gdp", "--json"],
            "gdp",
            id="assess: indicator",
        ),
    ],
)
def test_wrong_usage(run: Run, installation: Installation, arguments: list[str], said: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert not installation.exists()


@pytest.mark.parametrize("command", ["check", "submit"])
def test_an_unknown_sender_is_wrong_usage(run: Run, sample: Path, command: str) -> None:
    result = run(command, sample, "--as", "999", "--json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "999" in result.stderr


# --- check ------------------------------------------------------------------------------


def test_an_empty_template_is_accepted_with_warnings_and_no_observation(
    run: Run, document: Document, blank: Path
) -> None:
    found = document("check", blank)

    assert run("check", blank).exit_code == 0
    assert found["outcome"] == "accepted_with_warnings"
    assert found["observations"] == []
    assert {finding["code"] for finding in found["findings"]} == {"left_blank"}


def test_a_file_that_is_no_workbook_is_rejected(
    run: Run, document: Document, tmp_path: Path
) -> None:
    (tmp_path / "thư.xlsx").write_bytes(b"Kinh gui")

    found = document("check", tmp_path / "thư.xlsx")

    assert run("check", tmp_path / "thư.xlsx", "--json").exit_code == 1
    assert found["outcome"] == "rejected_file"
    assert found["observations"] == []
    assert found["findings"][0]["message"]


def test_the_file_of_another_reporter_is_rejected(document: Document, sample: Path) -> None:
    assert document("check", sample, "--as", "184")["outcome"] == "rejected_file"
    assert document("check", sample, "--as", "183")["outcome"] == "accepted"


def test_a_bad_cell_is_named(run: Run, document: Document, wrong_cell: Path) -> None:
    found = document("check", wrong_cell)

    assert run("check", wrong_cell, "--json").exit_code == 1
    assert found["outcome"] == "rejected_cells"
    (finding,) = found["findings"]
    assert set(finding) == {"code", "severity", "sheet", "cell", "found", "expected", "message"}
    assert finding["severity"] == "error"
    assert finding["found"] == "khoảng 270"
    assert f"{finding['sheet']}!{finding['cell']}" in finding["message"]


def test_a_checked_figure_is_a_decimal_string_with_its_cell(
    document: Document, sample: Path
) -> None:
    found = document("check", sample)

    assert set(found) == {"outcome", "observations", "findings"}
    (one,) = (o for o in found["observations"] if o["indicator"] == "budget_revenue")
    assert set(one) == {"indicator", "org_unit", "period", "value", "status", "sheet", "cell"}
    assert (one["org_unit"], one["period"], one["status"]) == ("183", "2018-Q3", "A")
    assert isinstance(one["value"], str) and Decimal(one["value"]) > 0
    value = load_workbook(sample)[one["sheet"]][one["cell"]].value
    assert Decimal(one["value"]) == Decimal(str(value))


def test_a_check_stores_nothing(run: Run, sample: Path, installation: Installation) -> None:
    run("check", sample, "--json")

    assert not installation.exists()


@pytest.mark.usefixtures("demo")
def test_a_check_knows_what_is_in_force(run: Run, document: Document, blank: Path) -> None:
    finding = next(
        f for f in document("check", blank)["findings"] if "Thu ngân sách" in f["message"]
    )

    assert "giữ" in finding["message"]


# A server has to be asked what is in force; where there is no file there is nothing to ask.
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_check_does_not_wait_for_what_it_does_not_need(
    root: Path, environment: dict[str, str], sample: Path
) -> None:
    code = (
        "import sys, manage\n"
        f"sys.argv = ['manage.py', 'check', {str(sample)!r}, '--json']\n"
        "try: manage.main()\n"
        "except SystemExit: pass\n"
        "wanted = {'pandas', 'plotly', 'streamlit', 'alembic', 'sqlalchemy'}\n"
        "print(sorted(wanted & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout)["outcome"] == "accepted"


# --- submit -----------------------------------------------------------------------------


@pytest.mark.usefixtures("in_use")
def test_a_rejected_workbook_is_not_stored(run: Run, document: Document, wrong_cell: Path) -> None:
    found = document("submit", wrong_cell)

    assert run("submit", wrong_cell, "--json").exit_code == 1
    assert (found["outcome"], found["submission"], found["state"]) == ("rejected_cells", None, None)
    assert found["findings"] == document("check", wrong_cell)["findings"]
    with bootstrap.session_factory()() as session:
        assert submissions.count(session) == 0


def test_quarters_that_cannot_be_added_up_are_refused_with_the_reason(
    run: Run, document: Document, sample: Path
) -> None:
    run("init", "--empty")

    found = document("submit", sample, "--single-quarters")  # the quarter before is missing

    assert found["outcome"] == "rejected_cells"
    assert "no_earlier_quarter" in {one["code"] for one in found["findings"]}


@pytest.mark.usefixtures("in_use")
def test_a_submission_says_what_a_check_says_and_its_number(
    run: Run, document: Document, sample: Path
) -> None:
    checked = document("check", sample)

    sent = document("submit", sample, "--as", "183", "--note", "đã rà soát")

    assert sent == {**checked, "submission": 1, "state": "approved"}
    with bootstrap.session_factory()() as session:
        stored = submissions.get(session, 1)
    assert stored is not None and stored.note == "đã rà soát"


@pytest.mark.usefixtures("in_use")
def test_the_same_file_again_is_the_same_submission(
    run: Run, document: Document, sample: Path
) -> None:
    first = document("submit", sample)

    assert document("submit", sample) == first
    again = run("submit", sample)
    assert again.exit_code == 0
    assert "trùng" in again.stdout


def test_a_first_submission_prepares_the_database(
    run: Run, document: Document, sample: Path, installation: Installation
) -> None:
    sent = document("submit", sample)

    assert installation.exists()
    assert sent["submission"] > 0  # one of the samples, which came in first


@pytest.mark.usefixtures("in_use")
def test_people_get_sentences(run: Run, wrong_cell: Path, sample: Path) -> None:
    refused, sent = run("submit", wrong_cell), run("submit", sample)

    assert refused.exit_code == 1
    assert "Lỗi: " in refused.stdout and "Chưa có gì được lưu" in refused.stdout
    assert sent.exit_code == 0
    assert "biên nhận" in sent.stdout and "Đã duyệt" in sent.stdout


# --- assess -----------------------------------------------------------------------------

KEYS = {
    "indicator",
    "org_unit",
    "period",
    "observation_period",
    "value",
    "target",
    "attainment",
    "status",
    "forecast",
    "explanation",
}


@pytest.mark.usefixtures("demo")
def test_a_unit_is_judged_with_its_explanation(document: Document) -> None:
    (found,) = document(
        "assess", "--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue"
    )

    assert set(found) == KEYS
    assert (found["org_unit"], found["period"], found["observation_period"]) == (
        "183",
        "2018-Q3",
        "2018-Q3",
    )
    assert isinstance(found["value"], str)
    assert set(found["target"]) == {"kind", "value", "low", "high", "basis", "clause"}
    value = found["explanation"]["inputs"]["value"]
    assert (value["file"], value["cell"]) == (Path(SAMPLE).name, "G19")


@pytest.mark.usefixtures("demo")
def test_without_a_unit_the_province_and_every_district_are_judged(document: Document) -> None:
    found = document("assess", "--period", "2018-Q3", "--indicator", "budget_revenue")

    assert len(found) == 12
    assert {one["org_unit"] for one in found} == set(bootstrap.org_units().units)


@pytest.mark.usefixtures("demo")
def test_an_indicator_of_the_province_alone_is_not_judged_for_districts(
    document: Document,
) -> None:
    found = document("assess", "--period", "2018-Q3", "--indicator", "grdp_growth")

    assert [one["org_unit"] for one in found] == ["20"]


@pytest.mark.usefixtures("demo")
def test_an_annual_figure_comes_with_the_fourth_quarter(document: Document) -> None:
    (found,) = document(
        "assess", "--period", "2018-Q4", "--org-unit", "20", "--indicator", "income_per_capita"
    )

    assert (found["period"], found["observation_period"]) == ("2018-Q4", "2018")


@pytest.mark.usefixtures("demo")
def test_a_judgement_is_readable_by_people(run: Run) -> None:
    result = run("assess", "--period", "2018-Q3", "--org-unit", "183")

    assert result.exit_code == 0
    assert "Cao Lộc · Thu ngân sách nhà nước: " in result.stdout


# --- init, demo, template ---------------------------------------------------------------


def test_an_empty_installation_stays_empty_until_the_demo_is_asked_for(run: Run) -> None:
    assert "chưa có báo cáo nào" in run("init", "--empty").stdout
    assert "chưa có báo cáo nào" in run("init").stdout

    result = run("demo")

    assert result.exit_code == 0
    assert "báo cáo mẫu" in result.stdout
    assert run("demo").stdout == result.stdout


@pytest.mark.usefixtures("in_use")
def test_the_demo_does_not_come_into_a_database_with_real_reports(run: Run, sample: Path) -> None:
    run("submit", sample)

    result = run("demo")

    assert result.exit_code == 1
    assert "KPI_DATABASE_URL" in result.stderr


def test_a_template_needs_no_database(run: Run, blank: Path, installation: Installation) -> None:
    assert blank.exists()
    assert not installation.exists()


@pytest.mark.usefixtures("demo")
def test_a_template_shows_plan_and_last_figures_of_the_database(
    run: Run, document: Document, tmp_path: Path
) -> None:
    file = tmp_path / "q4.xlsx"

    run("template", "--org-unit", "183", "--period", "2018-Q4", "-o", file)

    sheet = load_workbook(file).worksheets[0]
    (row,) = (r for r in sheet.iter_rows(values_only=True) if "budget_revenue" in r)
    (known,) = document(
        "assess", "--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue"
    )
    assert Decimal(known["value"]) in [Decimal(str(c)) for c in row if isinstance(c, int | float)]


def test_the_form_of_an_agency_is_read_back(run: Run, document: Document, tmp_path: Path) -> None:
    file = tmp_path / "b.xlsx"
    written = run("template", "--agency", "home_affairs", "--period", "2018-Q4", "-o", file)

    assert written.exit_code == 0
    assert document("check", file, "--as", "home_affairs")["outcome"] == "accepted_with_warnings"


def test_a_place_that_cannot_be_written_to_is_said(run: Run, tmp_path: Path) -> None:
    result = run(
        "template", "--org-unit", "183", "--period", "2018-Q3", "-o", tmp_path / "no" / "x.xlsx"
    )

    assert result.exit_code == 2
    assert "x.xlsx" in result.stderr


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_file_that_is_no_database_is_a_sentence(run: Run, installation: Installation) -> None:
    installation.file.parent.mkdir()
    installation.file.write_text("Đây không phải cơ sở dữ liệu. " * 100, encoding="utf-8")

    result = run("assess", "--period", "2018-Q3", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "store_unavailable"


def test_every_mistake_in_the_definitions_is_listed(
    run: Run, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, sample: Path
) -> None:
    text = (root / "kpi_definitions.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("approval:", "aproval:", 1), encoding="utf-8")
    monkeypatch.setenv("KPI_DEFINITIONS", str(wrong))
    bootstrap.forget()

    result = run("check", sample)

    assert result.exit_code == 1
    assert "aproval" in result.stderr and "wrong.yaml" in result.stderr
