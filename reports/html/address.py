"""Addresses that hold a screen's whole state, so that any view can be shared (UI 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpi.periods import Period
from reports.html import escape

DEFAULT_LANGUAGE = "vi"


@dataclass(frozen=True)
class View:
    """What a screen shows; what equals the default stays out of the address."""

    period: Period
    sector: str | None = None
    status: str | None = None
    lang: str = DEFAULT_LANGUAGE
    org_unit: str | None = None  # None is the whole province
    chosen: str | None = None  # the indicator a reader has picked for the figure

    @property
    def _lang(self) -> str | None:
        return None if self.lang == DEFAULT_LANGUAGE else self.lang

    def toggled(self, status: str) -> View:
        """The same view with this status filter on, or off where it is on."""
        return replace(self, status=None if self.status == status else status)

    def overview(self) -> str:
        return escape.link(
            "/",
            ky=self.period.code,
            linh_vuc=self.sector,
            tinh_trang=self.status,
            lang=self._lang,
        )

    def district(self) -> str:
        return escape.link(
            "/huyen-tp",
            don_vi=self.org_unit,
            ky=self.period.code,
            ma=self.chosen,
            tinh_trang=self.status,
            lang=self._lang,
        )

    def sector_page(self, sector: str) -> str:
        return escape.link("/linh-vuc", linh_vuc=sector, ky=self.period.code, lang=self._lang)

    def indicator(self, indicator: str) -> str:
        return escape.link(
            "/chi-tieu",
            ma=indicator,
            ky=self.period.code,
            don_vi=self.org_unit,
            lang=self._lang,
        )
