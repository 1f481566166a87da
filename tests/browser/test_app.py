"""What a person does in the browser, from the first search to an upload."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from corpus.parse import parse_bytes
from tests.browser.walking import hits, search, settled, visit

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
QUERY = "公众号粉丝数量"
POLICE = ROOT / "corpus" / "samples" / "004_A1_gongan.txt"


def test_the_first_page_has_its_scripts_early_and_its_figures_lead_on(page: Page) -> None:
    visit(page, "/")
    late = """() => performance.getEntriesByType("resource")
      .filter(one => one.name.endsWith(".js") && one.startTime > window.__runs.done[0])
      .map(one => one.name)"""
    assert page.evaluate(late) == []
    link = page.get_by_role("link", name="看文件")
    expect(link).to_have_attribute("href", "./corpus?list=documents")
    link.click()
    expect(page).to_have_url(re.compile(r"/corpus\?list=documents"))
    expect(page.get_by_role("table", name="已读入的文件")).to_be_visible()


def test_search_filter_and_link(page: Page, browser: Browser, address: str) -> None:
    search(page, QUERY)
    for rank in range(3):
        card = hits(page).nth(rank)
        expect(card).to_contain_text("粉丝量")
        expect(card).to_contain_text("渌口区融媒体中心")
        expect(card).to_contain_text(re.compile(r"≥\d+人"))
    page.get_by_role("button", name=re.compile("社会效益（")).click()
    expect(page).to_have_url(re.compile("level2="))
    expect(hits(page).first).to_contain_text("社会效益 ·")
    settled(page)
    assert all("社会效益 ·" in text for text in hits(page).all_inner_texts())

    other = browser.new_page()  # the address alone says it all
    other.goto(page.url)
    expect(hits(other)).to_have_count(hits(page).count())
    expect(other.get_by_role("searchbox")).to_have_value(QUERY)
    expect(hits(other)).to_have_text(hits(page).all_inner_texts(), use_inner_text=True)
    other.close()

    page.go_back()
    expect(page).not_to_have_url(re.compile("level2="))
    expect(hits(page).first).to_contain_text("粉丝量")
    assert page.url.startswith(address)


def test_a_project_opens_and_closes_and_its_file_comes_along(page: Page) -> None:
    search(page, QUERY)
    hits(page).first.get_by_role("button", name="看全表").click()
    drawer = page.get_by_role("dialog")
    table = drawer.get_by_role("table", name="绩效指标表")
    expect(table).to_contain_text("渌口发布粉丝量")
    expect(table).to_contain_text("▶")
    expect(drawer.get_by_role("table", name="项目基本情况")).to_contain_text("渌口区融媒体中心")
    expect(drawer).to_contain_text(re.compile(r"▶ 所选指标出自：.+\.txt · 第 \d+ 行"))
    expect(table.get_by_role("row")).to_have_count(1 + 19)
    with page.expect_download() as download:
        drawer.get_by_role("button", name="下载原文件").click()
    data = download.value.path().read_bytes()
    assert data == (SEEDS / download.value.suggested_filename).read_bytes()
    settled(page)
    drawer.get_by_role("heading").first.click()  # the download took the focus away
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).not_to_have_url(re.compile("open="))  # the page has heard of it, too


def test_goals_and_projects(page: Page) -> None:
    search(page, "怀来新闻播出")
    page.get_by_role("radio", name="目标").click()
    expect(hits(page).first).to_contain_text("240期")
    page.get_by_role("radio", name="项目").click()
    expect(page).to_have_url(re.compile("in=project"))
    expect(hits(page).first).to_be_visible()


def test_an_upload_is_read_and_found(page: Page) -> None:
    visit(page, "/corpus")
    page.locator("input[type=file]").set_input_files(POLICE)
    page.get_by_role("button", name="读入语料（1 份）").click()
    expect(page.get_by_role("table", name="读入结果")).to_contain_text("已读入")
    expect(page.get_by_role("table", name="已读入的文件")).to_contain_text(POLICE.name)
    page.get_by_role("table", name="读入结果").get_by_role("button", name=POLICE.name).click()
    expect(page.get_by_role("table", name="读出的指标")).to_be_visible()
    settled(page)
    projects = parse_bytes(POLICE.read_bytes(), POLICE.name).projects
    name = next(project for project in projects if project.indicators).indicators[0].name
    search(page, name)
    expect(hits(page).first).to_contain_text(name)


def test_an_unreadable_upload_says_why(page: Page) -> None:
    visit(page, "/corpus")
    files: list[FilePayload] = [
        {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "图.txt", "mimeType": "text/plain", "buffer": bytes(range(256)) * 20},
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="读入语料（2 份）").click()
    results = page.get_by_role("table", name="读入结果")
    expect(results).to_contain_text("文件是空的")
    expect(results).to_contain_text("文件里不是文字")


def test_a_misread_value_is_put_right_and_taken_back(page: Page) -> None:
    search(page, QUERY)
    card = hits(page).first.inner_text()
    hits(page).first.get_by_role("button", name="看全表").click()
    page.get_by_role("dialog").get_by_role("link", name="更正").click()
    field = page.get_by_label("指标值", exact=True)
    before = field.input_value()
    assert before in card
    field.fill("≥777000人")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已更正：指标值。")).to_be_visible()
    expect(page.get_by_role("table", name="读出的指标")).to_contain_text(f"原文：{before}")
    records = page.locator("[class*='st-key-correction_']")
    expect(records).to_have_count(1)
    expect(records).to_contain_text("≥777000人")
    search(page, QUERY)
    expect(hits(page).filter(has_text="≥777000人")).to_contain_text("已更正")
    visit(page, "/corpus")
    records.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销，恢复为读到的原文。")).to_be_visible()
    expect(records).to_have_count(0)
    search(page, QUERY)
    expect(hits(page).first).to_contain_text(before)


def test_the_page_speaks_chinese(page: Page) -> None:
    """No English word of the framework's own stands in sight."""
    visit(page, "/corpus")
    button = page.locator(".st-key-intake button")
    expect(button).to_have_accessible_name("选择文件")
    said = re.sub(r"\S+\.txt", "", page.locator("body").inner_text())
    formats = {"Word", "WPS", "Excel", "PDF", "zip"}
    words = set(re.findall(r"[A-Za-z]{3,}", said)) - formats
    off_screen = {"Skip", "main", "content"}  # the link for screen readers
    assert words - off_screen <= material_icons(page)


def material_icons(page: Page) -> set[str]:
    """Names of icons: text in the page, pictures to the eye."""
    return {
        part
        for icon in page.get_by_test_id("stIconMaterial").all_inner_texts()
        for part in icon.split("_")
    }
