"""The organisation units of 2018: the official counts, the tile map, and mistakes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kpi.definitions import Level
from kpi.findings import DefinitionsError
from loaders.definitions import load_definitions
from loaders.org_units import load_org_units

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "org_units.yaml"
UNITS = load_org_units(FILE)

# GSO code, short name, xã, phường, thị trấn, cluster
OFFICIAL = [
    ("178", "TP Lạng Sơn", 3, 5, 0, "inland"),
    ("180", "Tràng Định", 22, 0, 1, "border"),
    ("181", "Bình Gia", 19, 0, 1, "inland"),
    ("182", "Văn Lãng", 19, 0, 1, "border"),
    ("183", "Cao Lộc", 21, 0, 2, "border"),
    ("184", "Văn Quan", 23, 0, 1, "inland"),
    ("185", "Bắc Sơn", 19, 0, 1, "inland"),
    ("186", "Hữu Lũng", 25, 0, 1, "inland"),
    ("187", "Chi Lăng", 19, 0, 2, "inland"),
    ("188", "Lộc Bình", 27, 0, 2, "border"),
    ("189", "Đình Lập", 10, 0, 2, "border"),
]


def test_the_districts_are_the_official_list_of_2018() -> None:
    found = [
        (u.code, u.short.vi, u.communes, u.wards, u.townlets, u.cluster)
        for u in UNITS.districts(date(2018, 9, 30))
    ]
    assert found == OFFICIAL


def test_communes_wards_and_townlets_add_up_to_the_province() -> None:
    province = UNITS.province
    assert (province.code, province.communes, province.wards, province.townlets) == (
        "20",
        207,
        5,
        14,
    )
    districts = UNITS.districts(date(2018, 9, 30))
    assert sum(u.communes for u in districts) == 207
    assert sum(u.wards for u in districts) == 5
    assert sum(u.townlets for u in districts) == 14


def test_the_border_cluster_is_the_five_border_districts() -> None:
    for unit in UNITS.districts(date(2018, 9, 30)):
        assert unit.border == (unit.cluster == "border")
    assert set(UNITS.clusters) == {"border", "inland"}


def test_the_tile_map_is_the_four_by_four_grid() -> None:
    grid = [["·"] * 4 for _ in range(4)]
    for unit in UNITS.districts(date(2018, 9, 30)):
        assert unit.tile is not None
        column, row = unit.tile
        grid[row][column] = unit.code
    assert grid == [
        ["180", "·", "·", "·"],
        ["181", "182", "·", "·"],
        ["185", "184", "178", "183"],
        ["186", "187", "188", "189"],
    ]


def test_the_districts_end_with_the_two_tier_government() -> None:
    assert len(UNITS.districts(date(2025, 6, 30))) == 11
    assert UNITS.districts(date(2025, 7, 1)) == ()
    assert UNITS.province.valid_to is None


def test_agencies_are_those_of_the_definitions() -> None:
    definitions = load_definitions(ROOT / "kpi_definitions.yaml")
    assert list(UNITS.agencies) == list(definitions.agencies)


def test_only_the_province_has_level_province() -> None:
    assert [u.code for u in UNITS.units.values() if u.level is Level.PROVINCE] == ["20"]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('code: "183"', "code: 183", 'units "183", code', "quote a code"),
        ('code: "183"', 'code: "182"', 'units "182", code', "is already used in line"),
        ("kind: city", "kind: town", 'units "178", kind', "should be"),
        ("kind: city", "kind: province", 'units "178", kind', "does not go with level district"),
        ('parent: "20"', 'parent: "21"', 'units "178", parent', '"21" is not in units'),
        ("cluster: inland", "cluster: inlnd", 'units "178", cluster', "is not in clusters"),
        ("tile: [2, 2]", "tile: [2, 4]", 'units "178", tile.1', "less than or equal to 3"),
        ("tile: [0, 0]", "tile: [2, 2]", 'units "180", tile', 'already the place of unit "178"'),
        ("    tile: [2, 2]\n", "", 'units "178", tile', "is missing"),
        ("communes: 3\n", "communes: 4\n", 'units "20", communes', "add up to 208, not 207"),
        (
            "wards: 5\n    townlets: 0",
            "wards: -5\n    townlets: 0",
            'units "178", wards',
            "greater",
        ),
        ("valid_to: 2025-06-30", "valid_to: 2015-06-30", 'units "178", valid_to', "is before"),
        ("valid_to: 2025-06-30", "valid_to: 30/06/2025", 'units "178", valid_to', "a day such as"),
        ("level: province", "level: district", "units", "exactly one unit must have level"),
        ("en: Border districts", "fr: x", 'clusters "border", name.en', "is missing"),
        ("kind: board", "kind: bord", 'agencies "traffic_safety_board", kind', "should be"),
        ("\nagencies:", "\nagencys:", "agencies", "is missing or empty"),
        ("\nagencies:", "\nagencys:", "agencys", "this field is not known"),
    ],
)
def test_a_mistake_is_named_with_line_entry_and_field(
    tmp_path: Path, old: str, new: str, place: str, message: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "org_units.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionsError) as error:
        load_org_units(path)
    found = error.value.mistakes
    assert [m for m in found if f", {place}: " in m and message in m], found
    assert all(re.match(r"org_units\.yaml:\d+, ", m) for m in found)
