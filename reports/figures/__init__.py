"""Plotly figures of one indicator: a function takes its course and returns a figure.

``course`` brings the numbers together, ``to_date`` and ``quarters`` draw them, ``titles``
says what they show. Nothing here shows anything; the page does.
"""

from reports.figures.canvas import CONFIG, is_cut
from reports.figures.course import Course, course
from reports.figures.panel import drawn_marks, panel_figure
from reports.figures.quarters import has_quarters, quarters_figure
from reports.figures.titles import finding, quarters_title, single_summary, summary, to_date_title
from reports.figures.to_date import to_date_figure

__all__ = [
    "CONFIG",
    "Course",
    "course",
    "drawn_marks",
    "finding",
    "has_quarters",
    "is_cut",
    "panel_figure",
    "quarters_figure",
    "quarters_title",
    "single_summary",
    "summary",
    "to_date_figure",
    "to_date_title",
]
