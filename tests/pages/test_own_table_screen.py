"""A district's own table on the submission screen: proposed, confirmed, read, remembered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.loaders import own_tables
from tests.pages.test_several_files import XLSX, drop, html, press

OpenPage = Callable[..., AppTest]


@pytest.fixture
def proposed(open_page: OpenPage) -> AppTest:
    """Cao Lộc's own table of nine months, as it is proposed."""
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")
    return drop(app, ("biểu 02.xlsx", own_tables.district(), XLSX))


def choose(app: AppTest, text: str, choice: str) -> AppTest:
    next(one for one in app.selectbox if text in one.label).select(choice)
    return app.run()


def confirm_button(app: AppTest) -> bool:
    """Can the reading be confirmed?"""
    return not next(one for one in app.button if one.label == "Xác nhận cách đọc").disabled


def answered(app: AppTest) -> AppTest:
    """Every question of the table answered."""
    app = press(app, "Chọn gợi ý cho mọi chỗ gần giống")
    for text in ("Trong đó: Thu nội địa", "Thu từ hoạt động xuất nhập khẩu"):
        app = choose(app, text, "-")
    return choose(app, "sản phẩm chũ lực", "i:communes_product_count")


def test_what_each_row_is_taken_for_is_shown_and_nothing_is_read(proposed: AppTest) -> None:
    shown = html(proposed)

    assert not proposed.exception
    assert "Cần xác nhận cách đọc" in shown
    assert "190.250,5 triệu đồng → 190,2505 tỷ đồng" in shown
    assert all(word in shown for word in ("đúng tên", "tên khác", "gần giống", "không rõ"))
    assert "Sẽ thay đổi" not in shown
    assert not confirm_button(proposed)


def test_once_confirmed_the_figures_are_read_converted_and_checked(proposed: AppTest) -> None:
    app = answered(proposed)
    assert confirm_button(app)

    app = press(app, "Xác nhận cách đọc")

    assert not app.exception
    assert "Sẽ thay đổi" in html(app)
    assert "190,3" in html(app)  # tỷ đồng, one decimal
    assert "Đã nhớ cách đọc bảng này, do Người dùng tại máy này xác nhận" in html(app)


def test_the_next_table_with_the_same_headings_is_read_at_once(
    proposed: AppTest, open_page: OpenPage
) -> None:
    press(answered(proposed), "Xác nhận cách đọc")
    rows = [list(row) for row in own_tables.DISTRICT_ROWS]
    rows[9][5] = 201_000.5  # thu ngân sách
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")

    app = drop(app, ("biểu 02 mới.xlsx", own_tables.book_of(rows, "Biểu 02"), XLSX))

    assert "201,0" in html(app)
    app = press(app, "Xem và sửa cách đọc")
    assert "Cách đọc đã nhớ, do Người dùng tại máy này xác nhận" in html(app)
    app = press(app, "Giữ cách đọc cũ")
    assert "Sẽ thay đổi" in html(app)


def test_a_title_that_says_otherwise_turns_the_screen(open_page: OpenPage) -> None:
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")
    app = drop(app, ("biên chế.xlsx", own_tables.in_the_title(), XLSX))
    assert "Tiêu đề bảng ghi Sở Nội vụ tỉnh Lạng Sơn, quý II/2018" in html(app)

    app = press(app, "Nộp cho Sở Nội vụ")

    assert not app.exception
    assert "Nộp báo cáo quý II/2018" in html(app)
    assert "Được hiểu là" in html(app)


def test_each_table_of_a_workbook_is_asked_about_in_turn(open_page: OpenPage) -> None:
    app = open_page("pages/submit.py", don_vi="183", ky="2018-Q3")
    app = drop(app, ("hai bảng.xlsx", own_tables.two_tables(), XLSX))
    assert "Bảng 1 trong 2 của tệp này (trang NTM, từ ô A2)" in html(app)

    app = press(app, "Xác nhận cách đọc")
    assert "Bảng 2 trong 2 của tệp này (trang Thu, từ ô A2)" in html(app)
    app = press(app, "Không đọc bảng này")

    shown = html(app)
    assert not app.exception
    assert "Bảng ở Thu!A2 không được đọc, theo lời" in shown
    # the rows that are missing are one line, and one sentence answers them
    assert "10 chỉ tiêu của biểu không có dòng trong tệp" in shown
    assert [one.label for one in app.text_input if "thiếu dòng" in one.label] == [
        "Giải thích: thiếu dòng (10)"
    ]

    app = press(app, "Xem và sửa cách đọc bảng ở Thu!A2")
    app = press(app, "Xác nhận cách đọc")
    assert "9 chỉ tiêu của biểu không có dòng trong tệp" in html(app)
