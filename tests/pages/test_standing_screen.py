"""Thi đua through the navigation: the command's figures, every ground, both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from kpi.definitions import Definitions, OrgUnits
from kpi.periods import Period

PAGE = "pages/standing.py"


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def published(period: str) -> dict[str, dict[str, object]]:
    import manage

    result = CliRunner().invoke(manage.cli, ["standing", "--period", period, "--json"])
    clusters = json.loads(result.stdout)["clusters"]
    return {one["org_unit"]: one for cluster in clusters for one in cluster["units"]}


def vietnamese(number: str) -> str:
    return number.replace(".", ",")


def test_the_screen_shows_the_commands_points(open_page, database: Path) -> None:
    app = open_page(PAGE, ky="2018-Q4", don_vi="183")
    assert not app.exception
    html = blocks(app)
    found = published("2018-Q4")
    rows = dict(re.findall(r'<tr data-unit="(\d+)"[^>]*>(.*?)</tr>', html))
    assert set(rows) == {"180", "182", "183", "188", "189"}
    for unit, row in rows.items():
        assert f"<b>{vietnamese(str(found[unit]['total']))}</b>" in row
        assert f"<b>{found[unit]['rank']}</b>" in row
    assert html.count("<h1") == 1
    assert "tạm tính, chưa phải kết quả bình xét" in html
    assert "Quy chế chấm điểm minh họa" in html


def test_every_point_of_the_chosen_unit_has_its_ground_and_its_cell(open_page) -> None:
    html = blocks(open_page(PAGE, ky="2018-Q3", don_vi="181"))
    assert "Bình Gia:" in html
    card = html.split('class="card points"')[1]
    assert "Quý III/2018 trễ 4 ngày: −1 điểm mỗi ngày, tối đa −3" in card
    assert "/tinh-hinh-nop?ky=2018-Q3" in card
    assert "/nguon?ban=" in card
    assert "chưa đến kỳ báo cáo" in card
    # a fold per group says its sum; the one in which points were taken away is open
    folds = re.findall(r'data-group="(\w+)"><details( open)?><summary>.*?\((\d+)\)', card)
    assert [(name, bool(opened)) for name, opened, _ in folds] == [
        ("socio_economic", False), ("reporting", True), ("movement", False), ("exemplars", False),
    ]  # fmt: skip
    assert sum(int(count) for *_, count in folds) == len(published("2018-Q3")["181"]["lines"])


def test_in_english_and_in_the_first_quarter(open_page) -> None:
    app = open_page(PAGE, ky="2018-Q1", lang="en")
    assert not app.exception
    html = blocks(app)
    assert "Emulation score" in html
    assert "Since" not in html  # nothing before to compare with


def test_the_table_to_take_away_has_the_screens_totals(
    database: Path, definitions: Definitions, org_units: OrgUnits
) -> None:
    import bootstrap
    from reports.emulation_words import export_tables
    from reports.wording import Words
    from workflow.standings import standing_at

    period = Period(2018, 4)
    with bootstrap.session_factory()() as session:
        ground = bootstrap.standing_ground(2018)
        found = standing_at(session, ground, period, as_of=None, today=bootstrap.today())
    assert found is not None
    words = Words(definitions, org_units, "vi")
    table, lines = export_tables(found, found.clusters[0], words)
    given = published("2018-Q4")
    names = {unit.short.vi: code for code, unit in org_units.units.items()}
    total = table.columns.index("Tổng")
    assert {names[row[1]]: str(row[total]) for row in table.rows} == {
        code: given[code]["total"] for code in ("180", "182", "183", "188", "189")
    }
    for one in table.rows:  # by group, then the whole, as in the table above
        own = [row for row in lines.rows if row[0] == one[1]]
        sums = {row[1]: row[3] for row in own if row[2] == "Cộng nhóm"}
        assert sums == {name: one[table.columns.index(name)] for name in sums}
        assert (own[-1][2], own[-1][3]) == ("Tổng điểm của đơn vị", one[total])
        counted = [row[3] or 0 for row in own[:-1] if row[2] != "Cộng nhóm"]
        assert sum(counted) == sum(sums.values()) == one[total]
    rows = sum(len(one.score.lines) for one in found.clusters[0].placed)
    assert len(lines.rows) - rows >= 5 * (len(found.rules.groups) + 1)
