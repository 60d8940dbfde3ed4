"""What ``styles.xml`` says that a reader of figures must know: number format and font."""

from __future__ import annotations

import re

from loaders.limits import FORMAT_LENGTH, STYLES
from loaders.package_guard import too_many
from loaders.packed_cells import PLAIN, Style
from loaders.xlsx.dates import is_date_format, is_duration_format
from loaders.xlsx.parts import Attributes, Package, whole

# The formats that have a number and no text in the file (ECMA-376, 18.8.30).
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_OLD_FONT = re.compile(r"\.vn|vni\b|vni-|vn(?:i|s)?tcvn|abc\b", re.IGNORECASE)


def old_font(name: str) -> str:
    """The font's name if its letters are those of TCVN3 or VNI, else ""."""
    return name if _OLD_FONT.match(name) else ""


def read_styles(package: Package, part: str) -> list[Style]:
    """The cell styles in the order in which cells name them.

    Raises:
        UnreadableWorkbook: if the part is broken or holds more styles than Excel allows.
    """
    reader = _StyleReader()
    package.parse(
        part,
        {
            "numFmt": reader.number_format, "fonts": reader.begin_fonts, "font": reader.font,
            "name": reader.font_name, "cellXfs": reader.begin_cells, "xf": reader.cell,
        },
        {"fonts": reader.end, "cellXfs": reader.end},
    )  # fmt: skip
    return reader.styles or [PLAIN]


class _StyleReader:
    """Fonts and cell formats share their elements' names with other lists: ``_within``."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._formats: dict[int, str] = {}
        self._fonts: list[str] = []
        self._within = ""
        self._known: dict[tuple[int, str], Style] = {}

    def number_format(self, attributes: Attributes) -> None:
        if not self._within:  # not one of a conditional format
            code = attributes.get("formatCode", "General")[:FORMAT_LENGTH]
            self._formats.setdefault(whole(attributes.get("numFmtId", "0")), code)

    def begin_fonts(self, _: Attributes) -> None:
        self._within = "fonts"

    def begin_cells(self, _: Attributes) -> None:
        self._within = "cells"

    def end(self) -> None:
        self._within = ""

    def font(self, _: Attributes) -> None:
        if self._within == "fonts":
            self._count(self._fonts)
            self._fonts.append("")

    def font_name(self, attributes: Attributes) -> None:
        if self._within == "fonts" and self._fonts:
            self._fonts[-1] = old_font(attributes.get("val", ""))

    def cell(self, attributes: Attributes) -> None:
        if self._within != "cells":
            return
        self._count(self.styles)
        number, font = whole(attributes.get("numFmtId", "0")), whole(attributes.get("fontId", "0"))
        name = self._fonts[font] if font < len(self._fonts) else ""
        if (number, name) not in self._known:
            self._known[number, name] = self._style(number, name)
        self.styles.append(self._known[number, name])

    def _style(self, number: int, font: str) -> Style:
        number_format = self._formats.get(number) or _BUILT_IN.get(number, "General")
        return Style(
            number_format,
            font,
            is_date=is_date_format(number_format),
            is_duration=is_duration_format(number_format),
        )

    def _count(self, so_far: list[str] | list[Style]) -> None:
        if len(so_far) >= STYLES:
            too_many("styles", STYLES)
