"""The three jobs from end to end, in a real browser: on the samples and on the real documents."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTimeError

from tests.browser.conftest import ROOT, SEEDS, NewPage
from tests.browser.walking import downloaded, hits, search, settled, turn_to

pytestmark = pytest.mark.browser

SAMPLES = ROOT / "corpus" / "samples"


@dataclass(frozen=True)
class Place:
    """Where a walk takes place: a served corpus, a document to review, and a project to lay by."""

    address: str
    document: Path
    beside: str


@pytest.fixture(params=["samples", "seeds"])
def place(request: pytest.FixtureRequest) -> Place:
    """The samples, and the real documents where they are."""
    if request.param == "samples":
        address = request.getfixturevalue("sample_address")
        return Place(address, SAMPLES / "001_A1_jiaoyu.txt", "")
    address = request.getfixturevalue("address")
    return Place(address, SEEDS / "004_448583c3092a5919.txt", "渌口")


def test_the_drafter(place: Place, new_page: NewPage, tmp_path: Path) -> None:
    """A word, examples, a value from peers; rows into a draft; the file holds just these rows."""
    page = new_page(place.address)
    search(page, "粉丝")
    card = hits(page).first
    name = card.locator("strong").inner_text().strip()
    value = card.locator(".value").inner_text().strip()
    card.get_by_role("button", name="加入草稿").click()
    expect(page.get_by_text("我的草稿（1）").first).to_be_visible()
    settled(page)

    turn_to(page, "指标建议")
    page.get_by_label("三级指标", exact=True).fill("群众满意度")
    page.get_by_role("button", name="查建议").click()
    expect(page.get_by_text(re.compile("可信度|没有建议值")).first).to_be_visible()
    settled(page)
    rows = {name: value}
    take = page.get_by_role("button", name="加入草稿")
    if page.get_by_test_id("stMetricValue").count():
        rows["群众满意度"] = page.get_by_test_id("stMetricValue").inner_text().strip()
        take.first.click()
        expect(page.get_by_text("我的草稿（2）").first).to_be_visible()
        settled(page)

    turn_to(page, "我的草稿")
    kept = downloaded(page, re.compile(r"河北表式 \.xlsx"), tmp_path)
    assert rows == drafted(kept)
    assert not any(cell.data_type == "f" for row in first_sheet(kept) for cell in row)

    page.reload()  # the address keeps the draft
    settled(page)
    again = downloaded(page, re.compile(r"河北表式 \.xlsx"), tmp_path / "again")
    assert drafted(again) == rows
    other = new_page(place.address)  # another person, without the private link
    other.goto("/draft")
    settled(other)
    expect(other.get_by_text("还没有草稿")).to_be_visible()


def test_the_reviewer(place: Place, new_page: NewPage, tmp_path: Path) -> None:
    """A document up, its findings, the report, and its project beside another one."""
    page = new_page(place.address)
    page.goto("/")
    settled(page)
    turn_to(page, "审核")
    page.locator("input[type=file]").set_input_files(place.document)
    page.get_by_role("button", name="开始审核（1 份）").click()
    expect(page.get_by_role("table", name="总体情况")).to_be_visible()
    settled(page)
    expect(page.get_by_text("条需要修改").first).to_be_visible()
    book = openpyxl.load_workbook(downloaded(page, re.compile("Excel"), tmp_path))
    report = book["逐条意见"]
    found = [row for row in report.iter_rows(min_row=2, values_only=True) if row[9]]
    assert found, "a draft of a real unit has weak rows"
    assert not any(cell.data_type == "f" for row in report.iter_rows() for cell in row)

    other = new_page(place.address)  # what one uploads nobody else sees
    other.goto("/review")
    settled(other)
    expect(other.get_by_role("table", name="总体情况")).to_have_count(0)

    turn_to(page, "项目对比")
    page.get_by_role("radio", name="上传一份文件").click()
    page.locator("input[type=file]").set_input_files(place.document)
    expect(page.get_by_role("heading", name="指标对齐")).to_be_visible()
    settled(page)
    if place.beside:
        beside(page, place.beside)


def test_the_trainer(place: Place, new_page: NewPage, tmp_path: Path) -> None:
    """Pairs, a quiz answered, and the sheet to print."""
    page = new_page(place.address)
    page.goto("/")
    settled(page)
    turn_to(page, "培训")
    expect(
        page.get_by_text(re.compile(r"共 \d+ 组对照|还没有可以对照的例子")).first
    ).to_be_visible()
    settled(page)
    if page.get_by_text("还没有可以对照的例子").count():
        nothing_to_teach(page)
        return

    page.get_by_role("radio", name="小测").click()
    expect(page.get_by_text("第 1 题").first).to_be_visible()
    settled(page)
    page.locator("[class*='st-key-quiz_1_1_row'] label").nth(1).click()
    settled(page)
    page.locator("[class*='st-key-quiz_1_1_why'] label").nth(1).click()
    expect(page.get_by_text(re.compile("答对了。|不对。")).first).to_be_visible()
    expect(page.get_by_text("依据：").first).to_be_visible()

    page.get_by_role("radio", name="打印").click()
    sheet = downloaded(page, re.compile("网页讲义"), tmp_path)
    printed = new_page("about:")
    printed.set_content(sheet.read_text("utf-8"))
    printed.emulate_media(media="print")
    expect(printed.get_by_role("heading", level=1)).to_have_text("绩效指标对照学习")
    assert printed.locator("tr.weak").count() == printed.locator("tr.good").count() > 0


def nothing_to_teach(page: Page) -> None:
    """Three units have no indicator in common: every lesson says so, and none fails."""
    for lesson, says in (("小测", "例子不够，出不了题"), ("打印", "没有可以打印的对照")):
        page.get_by_role("radio", name=lesson).click()
        expect(page.get_by_text(says)).to_be_visible()
        settled(page)
    page.get_by_role("radio", name="范例").click()
    expect(page.get_by_text(re.compile("每个指标举一例|没有毛病的例子"))).to_be_visible()


def beside(page: Page, word: str) -> None:
    """Lay a project whose title has this word beside the one at hand."""
    option = page.get_by_role("option").filter(has_text=word).first
    for _ in range(5):  # a list that opens while the page is still being drawn closes again
        page.get_by_label("与哪些项目并排").click()
        with suppress(NotInTimeError):
            option.wait_for(timeout=5000)
            break
    option.click()
    page.keyboard.press("Escape")
    settled(page)
    expect(page.locator("strong").filter(has_text=word).first).to_be_visible()


def first_sheet(path: Path) -> list[tuple[Cell | MergedCell, ...]]:
    """All rows of the first sheet of a workbook."""
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows())


def drafted(path: Path) -> dict[str, str]:
    """Names and target values of a draft in the form of Hebei."""
    rows = [[str(cell.value or "") for cell in row] for row in first_sheet(path)]
    head = next(place for place, row in enumerate(rows) if "三级指标" in row)
    name, value = rows[head].index("三级指标"), rows[head].index("指标值")
    return {row[name]: row[value] for row in rows[head + 1 :] if row[name]}
