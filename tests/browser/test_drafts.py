"""Rows taken from a search into a draft that survives a refresh, and back again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from corpus.records import Level2
from service import drafts
from service.draft_records import KeptDraft, kept_row
from service.home import Home
from tests.browser.conftest import NewPage
from tests.browser.walking import downloaded, settled, turn_to, visit

pytestmark = pytest.mark.browser

QUERY = "公众号粉丝数量"
ROW = 33  # pixels of a line of an editor, below a head of as much
VALUE_FROM_RIGHT = 190  # where the column 指标值 stands


def search(page: Page) -> None:
    page.goto(f"/search?q={QUERY}")
    expect(page.locator(".hits .hit").first).to_be_visible()
    settled(page)


def take(page: Page, place: int, rows: int) -> None:
    """Take a hit and wait until the draft has this many rows and the page stands still."""
    settled(page)
    page.get_by_role("button", name="加入草稿").nth(place).click()
    expect(page.get_by_role("link", name=f"我的草稿（{rows}）")).to_be_visible()
    settled(page)


def open_draft(page: Page, rows: int) -> Locator:
    """Go to the draft by the navigation; gives its editor."""
    page.get_by_role("link", name="我的草稿").click()
    expect(page.get_by_role("heading", name="我的草稿")).to_be_visible()
    settled(page)
    return editor(page, rows)


def editor(page: Page, rows: int) -> Locator:
    """The editor, once it is drawn and the draft has this many rows."""
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid.locator("canvas").first).to_be_visible()
    expect(page.get_by_role("link", name=f"我的草稿（{rows}）")).to_be_visible()
    return grid


def type_value(page: Page, grid: Locator, place: int, text: str) -> Locator:
    """Write a target value as a person does: open the cell and type; gives its field."""
    box = grid.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] - VALUE_FROM_RIGHT, box["y"] + ROW * (place + 1.5))
    field = page.locator("#portal textarea, #portal input").first
    expect(field).to_be_visible()
    field.fill(text)
    return field


@contextmanager
def kept(page: Page) -> Iterator[None]:
    """Wait until what is ended here has been sent (an editor takes a moment) and answered."""
    before = page.evaluate("window.__runs.sent.length")
    yield
    page.wait_for_function("before => window.__runs.sent.length > before", arg=before, polling=30)
    settled(page)


def drafted(page: Page, folder: Path) -> set[str]:
    """All that stands in the draft's table, taken away as a workbook."""
    sheet = load_workbook(downloaded(page, "河北表式 .xlsx", folder))["绩效目标表"]
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


def test_a_draft_survives_a_refresh_and_a_new_browser(
    page: Page, new_page: NewPage, address: str, tmp_path: Path
) -> None:
    search(page)
    take(page, 0, 1)
    take(page, 1, 2)
    grid = open_draft(page, 2)
    field = type_value(page, grid, 0, "≥123456人")
    with kept(page):
        page.keyboard.press("Enter")
        expect(field).to_have_count(0)
    page.get_by_label("项目名称").fill("融媒体运行维护")
    with kept(page):
        page.keyboard.press("Tab")
    page.reload()
    editor(page, 2)
    expect(page.get_by_label("项目名称")).to_have_value("融媒体运行维护")
    page.get_by_role("button", name="私人链接").click()
    link = page.get_by_test_id("stCode").first.inner_text().strip()
    assert re.fullmatch(re.escape(address) + r"/draft\?draft=[\w-]{32}", link)
    assert {"≥123456人", "融媒体运行维护"} <= drafted(page, tmp_path)

    other = new_page(address)  # a colleague's computer, or tomorrow
    other.goto(link)
    expect(other.get_by_label("项目名称")).to_have_value("融媒体运行维护")
    expect(other.get_by_role("link", name="我的草稿（2）")).to_be_visible()


def test_two_clicks_in_quick_succession_both_count(page: Page) -> None:
    for rows, place in ((2, f"/search?q={QUERY}"), (4, "/suggest?name=群众满意度")):
        visit(page, place)
        buttons = page.locator(".hits, table").get_by_role("button", name="加入草稿")
        buttons.evaluate_all("buttons => { buttons[0].click(); buttons[1].click(); }")
        expect(page.get_by_role("link", name=f"我的草稿（{rows}）")).to_be_visible()


def test_values_adopted_in_quick_succession_are_all_kept(page: Page, home: Home) -> None:
    rows = (
        kept_row("服务对象满意度指标", "服务对象满意度指标", level2=Level2.SATISFACTION),
        kept_row("培训覆盖率", "≥≥95%", level2=Level2.QUALITY),
    )
    draft = drafts.create(home, KeptDraft(rows=rows))
    page.goto(f"/draft?draft={draft.token}")
    settled(page)
    buttons = page.get_by_role("button", name="采用")
    expect(buttons).to_have_count(2)
    buttons.evaluate_all("buttons => { buttons[0].click(); buttons[1].click(); }")
    expect(buttons).to_have_count(0)
    assert [row.value for row in drafts.read(home, draft.token).rows] == ["≥90%", "≥95%"]


def test_what_was_typed_last_is_kept_when_one_leaves_at_once(page: Page, tmp_path: Path) -> None:
    search(page)
    take(page, 0, 1)
    grid = open_draft(page, 1)
    type_value(page, grid, 0, "≥654321人")
    turn_to(page, "关于")
    open_draft(page, 1)
    assert "≥654321人" in drafted(page, tmp_path)


def test_two_users_are_apart(page: Page, new_page: NewPage, address: str) -> None:
    other = new_page(address)
    search(page)
    take(page, 0, 1)
    search(other)
    expect(other.get_by_role("link", name="我的草稿", exact=True)).to_be_visible()
    take(other, 1, 1)
    take(page, 2, 2)
    other.get_by_role("link", name="我的草稿").click()
    expect(other.get_by_role("link", name="我的草稿（1）")).to_be_visible()
    expect(other).to_have_url(re.compile("draft="))
    mine, theirs = (re.search(r"draft=([\w-]+)", tab.url) for tab in (page, other))
    assert mine and theirs and mine[1] != theirs[1]


def test_back_leads_where_one_was(page: Page) -> None:
    search(page)
    take(page, 0, 1)
    there = page.url
    page.get_by_role("button", name="看全表").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("table", name="绩效指标表")).to_contain_text("▶")
    expect(drawer).to_contain_text("已在草稿里")
    settled(page)
    drawer.get_by_role("button", name="返回").click()
    expect(drawer).to_have_count(0)
    expect(page).to_have_url(there)
    open_draft(page, 1)
    page.go_back()  # one step, though the draft was put into the address
    expect(page).to_have_url(there)
    expect(page.get_by_role("searchbox")).to_have_value(QUERY)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("open="))
    page.go_back()  # while the page is still at closing it
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_draft_comes_along_into_the_lists_of_the_corpus(page: Page) -> None:
    search(page)
    take(page, 0, 1)
    visit(page, "/corpus?list=units")
    page.get_by_role("table", name="单位").get_by_role("button").first.click()
    expect(page.get_by_role("table", name="项目")).to_be_visible()
    expect(page.get_by_role("link", name="我的草稿（1）")).to_be_visible()


def test_a_copied_link_does_not_give_the_draft_away(page: Page) -> None:
    search(page)
    take(page, 0, 1)
    page.get_by_role("button", name="复制链接").click()
    link = page.get_by_test_id("stCode").first.inner_text().strip()
    assert "draft=" in page.url and "draft=" not in link
    assert "q=" in link


def test_rows_of_a_linked_table_lead_to_their_panel(page: Page) -> None:
    page.goto(f"/suggest?name={QUERY}")
    settled(page)
    page.get_by_role("cell").get_by_role("button", name="看全表").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile(r"open=[0-9a-f]{12}.*-i\d{3}"))
    page.get_by_role("dialog").get_by_role("button", name="加入草稿", exact=True).click()
    expect(page.get_by_text("已加入草稿 1 行")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="返回").click()
    expect(page.get_by_role("link", name="我的草稿（1）")).to_be_visible()
    expect(page).to_have_url(re.compile("name="))
