"""The screens as of a day of the past, and what has changed since."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_overview_as_of_a_day_knows_no_later_report(open_page: OpenPage) -> None:
    then = open_page(ngay="2018-09-30", ky="2018-Q3")
    now = open_page(ky="2018-Q3")

    assert not then.exception and not now.exception
    assert "Số liệu tại ngày 30/09/2018" in html(then)
    assert "Số liệu tại ngày 30/09/2018" not in html(now)
    assert html(then).count("Chưa đến kỳ") > html(now).count("Chưa đến kỳ")


def test_the_way_back_leads_to_the_present(open_page: OpenPage) -> None:
    app = open_page(ngay="nay", ky="2018-Q3")

    assert not app.exception
    assert "Số liệu tại ngày…" in html(app)
    assert "ngay" not in app.query_params


def test_what_changed_since_says_value_who_and_cell(open_page: OpenPage) -> None:
    app = open_page("pages/changes.py", ngay="2018-10-06")

    assert not app.exception
    shown = html(app)
    assert "Duyệt tự động, gửi: Báo cáo mẫu" in shown and 'class="cell"' in shown
    assert "/?ngay=2018-10-06" in shown
