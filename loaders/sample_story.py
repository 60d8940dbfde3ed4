"""What the sample reports tell: the province's figures, the districts' levels, the mishaps.

The province's published figures are used as they were published and name their source in
the note column; every other figure was made up and says so ("Số liệu minh họa"). Made-up
figures stay near the published ones: revenue and growth follow the year that is known,
counts of new-rural communes add up to the published total.

How levels become a figure for each district and quarter is ``loaders.sample_figures``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

ILLUSTRATIVE = "Số liệu minh họa"
YEARS = (2016, 2017, 2018)

Quarters = tuple[str, str, str, str]  # to-date figures of one year

# --- the province: Cục Thống kê, Sở Tài chính

PROVINCE: Mapping[str, Mapping[int, Quarters]] = {
    "grdp_growth": {
        2016: ("3.12", "3.64", "4.55", "5.36"),
        2017: ("6.85", "7.21", "7.64", "8.02"),
        2018: ("7.42", "7.86", "8.12", "8.36"),
    },
    "growth_agriculture": {
        2016: ("1.42", "1.60", "1.85", "2.04"),
        2017: ("1.75", "1.98", "2.20", "2.31"),
        2018: ("2.18", "2.42", "2.61", "2.68"),
    },
    "growth_industry": {
        2016: ("8.10", "9.35", "10.20", "10.84"),
        2017: ("20.60", "22.40", "24.10", "25.56"),
        2018: ("15.30", "16.55", "17.42", "18.20"),
    },
    "growth_services": {
        2016: ("4.20", "4.60", "5.30", "5.90"),
        2017: ("5.90", "6.10", "6.40", "6.60"),
        2018: ("7.90", "8.10", "8.31", "8.44"),
    },
    "share_agriculture": {
        2016: ("23.4", "22.9", "22.3", "21.9"),
        2017: ("21.6", "21.2", "20.8", "20.54"),
        2018: ("19.9", "19.5", "19.1", "20.30"),
    },
    "share_industry": {
        2016: ("15.1", "15.6", "15.9", "16.0"),
        2017: ("15.8", "16.0", "16.2", "16.43"),
        2018: ("16.7", "17.2", "17.6", "19.68"),
    },
    "share_services": {
        2016: ("51.2", "51.3", "51.6", "51.9"),
        2017: ("52.4", "52.6", "52.8", "52.92"),
        2018: ("53.2", "53.1", "53.1", "49.78"),
    },
    "share_product_taxes": {
        2016: ("10.3", "10.2", "10.2", "10.2"),
        2017: ("10.2", "10.2", "10.2", "10.10"),
        2018: ("10.2", "10.2", "10.2", "10.24"),
    },
    "budget_revenue": {
        2016: ("1190", "2445", "3790", "5930"),
        2017: ("1262", "2540", "3880", "6120"),
        2018: ("1248", "2410", "3690", "5724"),
    },
}
INCOME: Mapping[int, str] = {2016: "33.8", 2017: "36.1", 2018: "38.4"}

_OUTCOME = "Nguồn: kết quả năm 2018 của tỉnh (doisongphapluat.com.vn, đầu năm 2019)"
_TEN_TARGETS = "Nguồn: Báo Lạng Sơn, 10 chỉ tiêu nổi bật năm 2017 (baolangson.vn)"
_SPLIT = (
    "Quy đổi từ cơ cấu ba khu vực đã công bố ({published}%, Báo Lạng Sơn) với tỷ trọng thuế minh "
    "họa 10,1%"
)
# By indicator and period: the note beside a figure that is published or leans on one.
SOURCES: Mapping[tuple[str, str], str] = {
    ("grdp_growth", "2016-Q2"): "Nguồn: 6 tháng 2016, tài liệu mời gọi đầu tư của tỉnh "
    "(camcom-italiavietnam.it)",
    ("grdp_growth", "2017-Q4"): _TEN_TARGETS,
    ("growth_industry", "2017-Q4"): _TEN_TARGETS,
    ("share_agriculture", "2017-Q4"): _SPLIT.format(published="22,85"),
    ("share_industry", "2017-Q4"): _SPLIT.format(published="18,28"),
    ("share_services", "2017-Q4"): _SPLIT.format(published="58,86"),
    ("grdp_growth", "2018-Q4"): f"{_OUTCOME}; nguồn khác nêu 7,17%",
    ("growth_agriculture", "2018-Q4"): f"{ILLUSTRATIVE}; chưa tìm thấy số đi cùng mức tăng 8,36%",
    ("growth_industry", "2018-Q4"): f"{ILLUSTRATIVE}; chưa tìm thấy số đi cùng mức tăng 8,36%",
    ("growth_services", "2018-Q4"): f"{ILLUSTRATIVE}; chưa tìm thấy số đi cùng mức tăng 8,36%",
    ("share_agriculture", "2018-Q4"): _OUTCOME,
    ("share_industry", "2018-Q4"): _OUTCOME,
    ("share_services", "2018-Q4"): _OUTCOME,
    ("share_product_taxes", "2018-Q4"): "Nguồn: luận văn trên 123docz.net, phần còn lại đến 100%",
    ("income_per_capita", "2018"): f"{_OUTCOME}; nguồn đó gọi là GRDP bình quân đầu người, nguồn "
    "khác gọi là thu nhập",
    ("budget_revenue", "2018-Q2"): f"{ILLUSTRATIVE}; đã công bố lũy kế 5 tháng: 1.993,8 tỷ đồng "
    "(vanphong.langson.gov.vn)",
    ("budget_revenue", "2018-Q3"): "Suy ra từ công bố 9 tháng 2019: 5.056 tỷ đồng, tăng khoảng 37% "
    "(vanphong.langson.gov.vn)",
    ("budget_revenue", "2018-Q4"): f"{ILLUSTRATIVE}; chưa tìm thấy số thu cả năm 2018",
}
# Where the province's total is not what its districts add up to; a total should rarely be.
COUNTED_TWICE: Mapping[tuple[str, int, int], int] = {("initiatives", 2018, 3): 4}
# Recognition decisions that were found, by district, for the year's figure.
DECISIONS: Mapping[str, str] = {
    "184": f"{ILLUSTRATIVE}; có xã Văn An: QĐ 2166/QĐ-UBND ngày 31/10/2018",
    "189": f"{ILLUSTRATIVE}; có xã Bính Xá: QĐ 2165/QĐ-UBND ngày 31/10/2018",
}

# --- the districts: Văn phòng điều phối nông thôn mới, Ban An toàn giao thông

# To date, quarter by quarter; 2018 adds up to the 12 communes that took the province from
# 36 to the published 48. A district that is left out has none.
NEW_RURAL: Mapping[int, Mapping[str, str]] = {
    2016: {
        "178": "0001", "180": "0001", "182": "0011", "183": "0001", "184": "0001",
        "185": "0001", "186": "0112", "187": "0011", "188": "0001",
    },
    2017: {
        "178": "0001", "180": "0011", "181": "0001", "182": "0001", "183": "0112",
        "184": "0001", "185": "0011", "186": "0112", "187": "0001", "188": "0011",
    },
    2018: {
        "180": "0001", "181": "0001", "182": "0011", "183": "0112", "184": "0001",
        "185": "0011", "186": "0112", "187": "0011", "188": "0001", "189": "0001",
    },
}  # fmt: skip
BELOW_5_CRITERIA: Mapping[int, Mapping[str, str]] = {
    2016: {"180": "5543", "181": "8766", "184": "6654", "188": "1110", "189": "4333"},
    2017: {"180": "3322", "181": "5443", "184": "4432", "189": "3221"},
    2018: {"180": "1100", "181": "3210", "184": "2110", "189": "1100"},
}
# The province's totals to date; they are dealt out to the districts by weight.
TRAFFIC: Mapping[str, Mapping[int, tuple[int, int, int, int]]] = {
    "traffic_accidents": {2016: (22, 43, 66, 91), 2017: (19, 39, 60, 82), 2018: (17, 36, 55, 76)},
    "traffic_deaths": {2016: (15, 31, 47, 63), 2017: (14, 28, 44, 58), 2018: (15, 30, 46, 57)},
    "traffic_injuries": {2016: (14, 27, 40, 55), 2017: (11, 22, 33, 46), 2018: (10, 19, 29, 41)},
}
TRAFFIC_WEIGHT: Mapping[str, int] = {
    "178": 13, "180": 6, "181": 3, "182": 7, "183": 15, "184": 4, "185": 6, "186": 17,
    "187": 16, "188": 11, "189": 2,
}  # fmt: skip

# --- the districts about themselves

# How far the district gets in 2018, as a part of its plan.
PERFORMANCE: Mapping[str, Decimal] = {
    "178": Decimal("1.06"), "180": Decimal("0.97"), "181": Decimal("0.84"),
    "182": Decimal("0.99"), "183": Decimal("1.09"), "184": Decimal("0.88"),
    "185": Decimal("0.94"), "186": Decimal("1.07"), "187": Decimal("1.02"),
    "188": Decimal("1.03"), "189": Decimal("0.90"),
}  # fmt: skip
REVENUE_BEFORE: Mapping[int, Decimal] = {2016: Decimal("0.84"), 2017: Decimal("0.92")}
REVENUE_PACE = (Decimal("0.215"), Decimal("0.450"), Decimal("0.715"), Decimal(1))
# Communes with a hardened road at the end of 2016, of 2017 and of each quarter of 2018.
HARDENED: Mapping[str, tuple[int, int, int, int, int, int]] = {
    "178": (3, 3, 3, 3, 3, 3), "180": (13, 14, 15, 15, 15, 15), "181": (9, 10, 10, 11, 11, 12),
    "182": (12, 13, 13, 13, 14, 14), "183": (14, 15, 16, 16, 17, 17),
    "184": (14, 15, 15, 16, 16, 17), "185": (14, 15, 15, 15, 16, 16),
    "186": (19, 20, 21, 21, 22, 22), "187": (14, 15, 15, 15, 16, 16),
    "188": (18, 19, 19, 20, 20, 20), "189": (5, 6, 6, 6, 7, 7),
}  # fmt: skip
# Part of the communes that have one, to date.
WITH_MODEL: Mapping[int, Quarters] = {
    2016: ("0.08", "0.14", "0.20", "0.26"),
    2017: ("0.28", "0.32", "0.36", "0.40"),
    2018: ("0.54", "0.69", "0.81", "1"),
}
WITH_PRODUCT: Mapping[int, Quarters] = {
    2016: ("0.05", "0.09", "0.13", "0.18"),
    2017: ("0.20", "0.23", "0.26", "0.30"),
    2018: ("0.42", "0.54", "0.66", "0.93"),
}
POOR_2016: Mapping[str, str] = {
    "178": "2.1", "180": "27.5", "181": "37.8", "182": "24.6", "183": "20.3", "184": "33.5",
    "185": "28.0", "186": "19.8", "187": "23.4", "188": "26.7", "189": "30.2",
}  # fmt: skip
POOR_LEFT: Mapping[int, Decimal] = {2016: Decimal(1), 2017: Decimal("0.87"), 2018: Decimal("0.74")}

# --- mishaps: a report never sent, one late, one sent three times, one figure not available

MISSING = ("189", "2018-Q3")
LATE = ("181", "2018-Q3")
NOT_AVAILABLE = ("communes_product_count", "181", "2018-Q3")
CORRECTED = ("182", "2018-Q3")


@dataclass(frozen=True)
class Version:
    """One sending of the report that was corrected: what differs from the right figures."""

    received_at: str
    note: str
    suffix: str = ""
    single_quarter: tuple[str, ...] = ()  # flows given for the quarter instead of to date
    wrong: Mapping[str, Decimal] | None = None


VERSIONS = (
    Version(
        "2018-10-04T10:05:00+07:00",
        "",
        single_quarter=("budget_revenue",),
        wrong={"growth_industry": Decimal("12.90")},
    ),
    Version(
        "2018-10-05T16:20:00+07:00",
        "Sửa thu ngân sách: bản trước chỉ ghi số quý III, không phải lũy kế 9 tháng.",
        suffix="_sua1",
        wrong={"growth_industry": Decimal("12.90")},
    ),
    Version(
        "2018-10-09T08:31:00+07:00",
        "Sửa tốc độ tăng công nghiệp – xây dựng: bản trước gõ nhầm chữ số.",
        suffix="_sua2",
    ),
)
LATE_AT = "2018-10-09T16:45:00+07:00"
