"""The formats of the figures, read back: JSON, CSV for spreadsheets, SDMX-CSV 2.0."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

import bootstrap
from api import documents, formats
from api.negotiation import MediaType, chosen

Get = Callable[..., Any]
SDMX = "application/vnd.sdmx.data+csv;version=2.0.0"
ASKED: dict[str, Any] = {"period": "2018-Q3", "limit": 1000}


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_sdmx_csv_says_the_same_as_json(get: Get) -> None:
    rows = read(get("observations", accept=SDMX, **ASKED).text)
    json = get("observations", **ASKED).json()["data"]

    def told(one: dict[str, str]) -> tuple[str, ...]:
        names = ("INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "BASIS")
        return tuple(one[name] for name in names)

    assert [told(row) for row in rows] == [
        (
            one["indicator"],
            one["org_unit"],
            one["period"],
            one["value"] or "",
            one["status"],
            one["basis"],
        )
        for one in json
    ]
    assert len(rows) > 200


def test_sdmx_csv_is_laid_out_as_the_standard_says(get: Get) -> None:
    """Structure, its id and the action first; dimensions, measure, attributes, own columns."""
    response = get("observations", accept=SDMX, **ASKED)
    header, *lines = response.text.split("\r\n")
    rows = read(response.text)

    assert header == (
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,"
        "OBS_STATUS,UNIT_MEASURE,DECIMALS,BASIS,SUBMISSION,RECEIVED_AT"
    )
    assert lines[-1] == ""
    assert response.headers["content-type"].startswith(SDMX)
    assert {(row["STRUCTURE"], row["ACTION"]) for row in rows} == {("dataflow", "I")}
    assert all(re.fullmatch(r"[A-Z]+:[A-Z]+\(\d+\.\d+\.\d+\)", r["STRUCTURE_ID"]) for r in rows)
    for row in rows:
        number = re.fullmatch(r"-?\d+(\.\d+)?", row["OBS_VALUE"])
        assert (number is None) == (row["OBS_STATUS"] in ("M", "O")), row
    assert all(row["FREQ"] == "Q" for row in rows)


def test_a_key_of_sdmx_csv_is_there_once(get: Get) -> None:
    rows = read(get("observations", accept=SDMX, org_unit="182", limit=1000).text)
    keys = [(row["INDICATOR"], row["REF_AREA"], row["TIME_PERIOD"]) for row in rows]

    assert len(set(keys)) == len(keys)
    # with its versions it would not be
    assert get("observations", accept=SDMX, vintages="true").status_code == 406
    assert get("observations", accept="text/csv", vintages="true").status_code == 200


def test_units_of_measure_are_those_of_the_definitions(get: Get) -> None:
    indicators = bootstrap.definitions().indicators
    rows = read(get("observations", accept=SDMX, **ASKED).text)

    assert {(row["INDICATOR"], row["UNIT_MEASURE"]) for row in rows} == {
        (row["INDICATOR"], indicators[row["INDICATOR"]].unit_of_measure.id) for row in rows
    }


def test_csv_has_the_source_of_every_figure(get: Get) -> None:
    response = get("observations", accept="text/csv", **ASKED)
    json = get("observations", **ASKED).json()["data"]

    assert response.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert [
        (row["indicator"], row["value"], row["submission"], row["cell"], row["file_digest"])
        for row in read(response.text)
    ] == [
        (
            one["indicator"],
            one["value"] or "",
            str(one["source"]["submission"]),
            one["source"]["cell"],
            one["source"]["file_digest"],
        )
        for one in json
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula_in_a_spreadsheet_and_numbers_stay(start: str) -> None:
    text = f'{start}HYPERLINK("https://x.example", "a\nb")'
    row = SimpleNamespace(
        indicator="grdp_growth", org_unit="20", period="2018-Q3", value=Decimal("-0.5"),
        status="A", basis="", note=text, superseded=False, submission=1, revision=1,
        reporter="183", file_name=text,
        file_digest="0" * 64, sheet=text, cell="E14", raw=text, received_at=bootstrap.now(),
    )  # fmt: skip
    envelope = {"data": [documents.observation(row)]}

    (plain,) = read(formats.body(formats.CSV, envelope, bootstrap.plan_years()))
    (sdmx,) = read(formats.body(formats.SDMX_CSV, envelope, bootstrap.plan_years()))

    assert [plain[name] for name in ("note", "file_name", "sheet", "raw")] == [f"'{text}"] * 4
    assert (plain["value"], sdmx["OBS_VALUE"]) == ("-0.5", "-0.5")
    assert envelope["data"][0]["note"] == text
    assert text not in sdmx.values()


def test_a_figure_that_is_missing_has_no_value_and_says_why(get: Get) -> None:
    row = SimpleNamespace(
        indicator="grdp_growth", org_unit="20", period="2018", value=None, status="O", basis="",
        note="", superseded=False, submission=1, revision=1, reporter="x", file_name="x",
        file_digest="0" * 64, sheet="x", cell="E14", raw="…", received_at=bootstrap.now(),
    )  # fmt: skip
    envelope = {"data": [documents.observation(row)]}
    (sdmx,) = read(formats.body(formats.SDMX_CSV, envelope, bootstrap.plan_years()))

    assert (sdmx["OBS_VALUE"], sdmx["OBS_STATUS"], sdmx["FREQ"]) == ("", "O", "A")


# --- negotiation

JSON, CSV = formats.JSON, formats.CSV
OFFERED = (JSON, CSV, formats.SDMX_CSV)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        ("text/csv", CSV),
        ("TEXT/CSV; charset=utf-8", CSV),
        ("application/json;q=0.5, text/csv", CSV),
        ("application/json, text/csv", JSON),
        ("text/csv;q=0, */*;q=0.1", JSON),
        ("application/vnd.sdmx.data+csv", formats.SDMX_CSV),
        ("application/vnd.sdmx.data+csv; version=2.0.0", formats.SDMX_CSV),
        ("application/vnd.sdmx.data+csv;version=2.0.0;labels=id;keys=none", formats.SDMX_CSV),
        ("application/vnd.sdmx.data+csv; version=1.0.0", None),
        ("application/vnd.sdmx.data+csv; version=2.0.0; labels=both", None),
        ("application/xml", None),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=viel", None),
        (";;,,/", None),
    ],
)
def test_the_format_is_what_the_program_accepts(
    accept: str | None, expected: MediaType | None
) -> None:
    assert chosen(accept, OFFERED) == expected


@pytest.mark.parametrize("path", ["definitions", "targets", "org-units"])
def test_a_format_that_is_not_there_is_said_to_be_so(get: Get, path: str) -> None:
    response = get(path, accept="text/csv")

    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert "application/json" in response.json()["detail"]
