"""Workbooks the way offices write them themselves, built cell by cell (no template).

One function per manner of writing a "biểu": a district's plan beside results, districts
side by side under two rows of headings, districts below one another, indicators grouped
with districts under them, one indicator in the title, quarters side by side, a plan
handed down. ``book_of`` gives the bytes of any rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]

DISTRICT_ROWS: Rows = (
    ["UBND HUYỆN CAO LỘC", None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["Biểu số 02/BC-KTXH"],
    ["KẾT QUẢ THỰC HIỆN MỘT SỐ CHỈ TIÊU KINH TẾ - XÃ HỘI 9 THÁNG ĐẦU NĂM 2018"],
    [],
    ["STT", "Chỉ tiêu", "ĐVT", "Cùng kỳ năm 2017", "Kế hoạch năm 2018",
     "Thực hiện 9 tháng năm 2018", "% so với KH", "% so với cùng kỳ", "Ghi chú"],
    ["A", "B", "C", 1, 2, 3, "4=3/2", "5=3/1", 6],
    ["I", "Về kinh tế"],
    [1, "Tốc độ tăng trưởng nông, lâm nghiệp", "%", 2.4, "2 - 3", 2.61, None, None, "Ước"],
    [2, "Tốc độ tăng trưởng dịch vụ", "%", 8.9, "9 - 10", 9.15],
    [3, "Thu NSNN", "triệu đồng", 181200, 269000, 190250.5, 70.7, 105],
    [None, "Trong đó: Thu nội địa", "triệu đồng", 90000, 130000, 99000],
    [None, "- Thu từ hoạt động xuất nhập khẩu", "triệu đồng", 91200, 139000, 91250.5],
    ["II", "Về xây dựng nông thôn mới"],
    [1, "Tổng số xã (không kể phường, thị trấn)", "xã", 21, None, 21],
    [2, "Số xã có đường được cứng hóa", "xã", 14, None, 15],
    [3, "So xa co it nhat 01 mo hinh", "xã", 10, None, 12],
    [4, "Số xã có ít nhất 01 sản phẩm chũ lực", "xã", 9, None, 11],
    ["III", "Về an toàn giao thông"],
    [1, "Số vụ tai nạn giao thông", "vụ", 12, None, 9],
    [None, "Ghi chú: số liệu 9 tháng là số ước thực hiện."],
    [None, None, None, None, None, "Cao Lộc, ngày 05 tháng 10 năm 2018"],
    [None, "NGƯỜI LẬP BIỂU", None, None, None, "CHỦ TỊCH"],
)  # fmt: skip


def district() -> bytes:
    """One row of headings, plan, last year and percentages beside the figure, roman and
    arabic numbers, "Trong đó", another size of money, a name without diacritics and a
    misspelt one, a remark and signatures."""
    return book_of(DISTRICT_ROWS, "Biểu 02")


SIDE_BY_SIDE: Rows = (
    ["BAN AN TOÀN GIAO THÔNG TỈNH LẠNG SƠN"],
    ["TÌNH HÌNH TAI NẠN GIAO THÔNG QUÝ III/2018"],
    ["TT", "Nội dung", "Đơn vị", "TP Lạng Sơn", None, "H. Cao Lộc", None, "Văn Quan", None,
     "Toàn tỉnh"],
    [None, None, None, "Năm 2017", "Lũy kế 9 tháng", "Năm 2017", "Lũy kế 9 tháng", "Năm 2017",
     "Lũy kế 9 tháng", None],
    [1, "Số vụ tai nạn giao thông", "vụ", 20, 17, 12, 9, 8, 7, 33],
    [2, "Số người chết", "người", 4, 3, 2, 1, 3, 2, 7],
    [3, "Số người bị thương", "người", 15, 11, 9, 8, 6, 5, 24],
)  # fmt: skip
SIDE_BY_SIDE_MERGES = ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:I3", "J3:J4")


def side_by_side() -> bytes:
    """Districts as columns, two rows of headings, merged; one total does not add up."""
    return book_of(SIDE_BY_SIDE, "TNGT", SIDE_BY_SIDE_MERGES)


def one_below_the_other() -> bytes:
    """Districts as rows, indicators as columns, quarters and totals, two doubtful names."""
    return book_of(
        [
            ["VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI TỈNH LẠNG SƠN"],
            ["Kết quả xây dựng nông thôn mới 9 tháng năm 2018"],
            ["STT", "Huyện, thành phố", "Xã đạt chuẩn nông thôn mới (tăng thêm)",
             "Xã dưới 5 tiêu chí nông thôn mới (xã)"],
            [1, "Thành phố Lạng Sơn", 1, 0],
            [2, "Huyện Tràng Định", 1, 2],
            [3, "Bình gia", 0, 5],
            [4, "Văn Lảng", 1, 3],
            [5, "Lạng Sơn", 2, 1],
            [None, "Tổng số", 5, 11],
        ],
        "Sheet1",
    )  # fmt: skip


def grouped() -> bytes:
    """Indicators as headings, districts under each, their total last."""
    return book_of(
        [
            ["Báo cáo của Ban An toàn giao thông, 9 tháng năm 2018"],
            ["STT", "Nội dung", "Đơn vị tính", "Thực hiện lũy kế"],
            ["I", "Số vụ tai nạn giao thông", "vụ"],
            [1, "Huyện Cao Lộc", None, 9],
            [2, "Huyện Văn Quan", None, 7],
            [None, "Cộng", None, 16],
            ["II", "Số người chết do tai nạn giao thông", "người"],
            [1, "Huyện Cao Lộc", None, 1],
            [2, "Huyện Văn Quan", None, 2],
            [None, "Cộng", None, 4],
        ],
        "Tổng hợp",
    )


def in_the_title() -> bytes:
    """The one indicator and its unit of measure stand above the table only."""
    return book_of(
        [
            ["SỞ NỘI VỤ"],
            ["SỐ BIÊN CHẾ ĐƯỢC TINH GIẢN THEO HUYỆN, 6 THÁNG ĐẦU NĂM 2018"],
            ["Đơn vị tính: biên chế"],
            ["STT", "Đơn vị", "Kế hoạch năm", "Thực hiện 6 tháng", "Tỷ lệ TH/KH"],
            [1, "Cao Lộc", 20, 8, 40],
            [2, "Văn Quan", 16, 6, 37.5],
        ],
        "Biểu 1",
    )


def quarters() -> bytes:
    """Quarters side by side: the last one may be meant alone or to date."""
    return book_of(
        [
            ["UBND huyện Cao Lộc", None, "Báo cáo 9 tháng năm 2018"],
            ["STT", "Chỉ tiêu", "Quý I", "Quý II", "Quý III", "6 tháng", "Ước cả năm"],
            [1, "Thu ngân sách nhà nước (tỷ đồng)", 60, 62, 68, 122, 269],
        ],
        "Thu",
    )


def handed_down(*, decision: bool = True) -> bytes:
    """A plan: districts as columns, ranges, "giảm so với cùng kỳ", a total, a decision."""
    by = "Kèm theo Quyết định số 2345/QĐ-UBND ngày 12 tháng 12 năm 2017 của UBND tỉnh"
    return book_of(
        [
            ["UBND TỈNH LẠNG SƠN"],
            ["GIAO CHỈ TIÊU KẾ HOẠCH NĂM 2018 CHO CÁC HUYỆN, THÀNH PHỐ"],
            [by if decision else None],
            ["STT", "Chỉ tiêu", "ĐVT", "TP Lạng Sơn", "Cao Lộc", "Văn Quan", "Tổng số"],
            [1, "Thu ngân sách nhà nước", "tỷ đồng", 640.5, 269, 45, 954.5],
            [2, "Tốc độ tăng trưởng dịch vụ", "%", "9 - 10", "9 – 10,5", "7 đến 8"],
            [3, "Xã đạt chuẩn nông thôn mới (tăng thêm)", "xã", 1, 2, None, 3],
            [4, "Số vụ tai nạn giao thông", "vụ", "giảm so với cùng kỳ", "giảm", "Giảm"],
        ],
        "Giao KH",
    )


def two_tables() -> bytes:
    """Communes on the one sheet, the budget on the other; nothing of either is in doubt."""
    book = Workbook()
    fill(
        book.worksheets[0],
        [["Nông thôn mới 9 tháng năm 2018"], ["STT", "Chỉ tiêu", "ĐVT", "Lũy kế"],
         [1, "Tổng số xã", "xã", 21]], "NTM",
    )  # fmt: skip
    fill(
        book.create_sheet(),
        [["Thu ngân sách"], ["STT", "Nội dung", "Đơn vị tính", "Thực hiện 9 tháng năm 2018"],
         [1, "Thu ngân sách nhà nước", "tỷ đồng", 190.2]], "Thu",
    )  # fmt: skip
    return saved(book)


def book_of(rows: Rows, title: str = "Sheet1", merges: Sequence[str] = ()) -> bytes:
    """A workbook with these rows from A1 on."""
    book = Workbook()
    fill(book.worksheets[0], rows, title, merges)
    return saved(book)


def fill(sheet: Worksheet, rows: Rows, title: str, merges: Sequence[str] = ()) -> None:
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column).value = value  # type: ignore[assignment]
    for merged in merges:
        sheet.merge_cells(merged)


def saved(book: Workbook) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()
