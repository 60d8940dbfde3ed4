"""The stylesheet: contrast of every token pair, and nothing the browser's cleaner drops."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from kpi.judgement import Status
from reports.html import page, selectors
from reports.html.audit_table import audit_table
from reports.html.chip import LOOK
from reports.html.tokens import COLOURS, palette
from store.audit import DONE, Event

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink2", "ink3") for ground in ("surface", "sunk", "bg")],
    *[(tone, f"{tone}s") for tone in ("met", "on", "risk", "off", "nd")],
    *[(tone, "surface") for tone in ("met", "on", "risk", "off", "nd", "brand", "pace")],
    ("ink", "brands"),
    ("ink", "band"),
    *[(f"q{step}t", f"q{step}") for step in range(1, 6)],
]
MARKS = [
    ("ac", "surface"), ("ac", "track"), ("ac", "band"), ("py", "surface"), ("py", "ac"),
    ("bande", "surface"), ("bande", "band"), ("tick", "surface"), ("tick", "band"),
    ("pace", "surface"),
]  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front, back, theme):
    colours = palette(theme)

    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_can_be_told_apart(front, back, theme):
    colours = palette(theme)

    assert contrast(colours[front], colours[back]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_more_is_further_from_the_page(theme):
    colours = palette(theme)

    steps = [contrast(colours[f"q{step}"], colours["surface"]) for step in range(1, 6)]
    assert steps == sorted(steps)


def test_every_token_is_declared_for_both_themes_and_for_old_browsers():
    css = page.stylesheet()

    for name, (light, dark) in COLOURS.items():
        assert f"--{name}:light-dark({light},{dark});" in css
        assert f"--{name}:{light};" in css


def test_every_variable_that_is_used_is_declared():
    css = page.stylesheet()

    used = set(re.findall(r"var\(--([\w-]+)", css))
    declared = set(re.findall(r"--([\w-]+):", css))
    assert used - declared == set()


def test_every_status_has_a_shape_and_a_colour_in_the_style_sheet():
    css = page.stylesheet()

    assert set(LOOK) == set(Status) - {Status.FOLLOWED}
    for shape, token in LOOK.values():
        assert f".g-{shape}{{" in css
        assert f".s-{token}{{" in css


def test_the_pages_names_cannot_break_out_of_the_style_sheet():
    assert page._string('a"b\nc\\') == '"ab c"'


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (".a :is(th, td):first-child{}", ".a th:first-child,.a td:first-child{}"),
        (".a :is(.x, .y)::after,.b{}", ".a .x::after,.a .y::after,.b{}"),
        (":is(.a, .b) :is(p,ul)>i{}", ":is(.a, .b) :is(p,ul)>i{}"),
        (".a :is(h1, .lead){}", ".a :is(h1, .lead){}"),  # one weighs more than the other
        (".a:is(.x, .y){}", ".a:is(.x, .y){}"),
        ("p:not(:is(a, b)) i{}", "p:not(:is(a, b)) i{}"),
        ("@media (x){.a :is(th, td){}}", "@media (x){.a th,.a td{}}"),
        ("/* :is(a, b){ */.a{}", ".a{}"),
    ],
)
def test_a_choice_that_ends_a_selector_is_written_out(short, long):
    assert selectors.spread(short) == long


def test_paper_has_a_bounded_part_of_the_log_and_says_so():
    event = Event(datetime(2018, 10, 9, tzinfo=UTC), "quan-tri", "sign_in", "x", DONE, {})
    assert ".audit tbody tr:nth-child(n+51){display:none}" in page.stylesheet()
    assert "Bản in có 50 việc gần nhất" in audit_table([event] * 51, "vi", count=60)
    assert "Người làm: quan-tri." in audit_table(
        [event], "vi", count=1, only="Người làm: quan-tri."
    )
    assert "print-only" not in audit_table([event] * 50, "vi", count=50)
