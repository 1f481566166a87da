"""A corpus of hostile texts on every page of the real app: nothing runs, links or decorates."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.home import Home
from service.refresh import ingest
from tests.app.hostile import FILE, write
from tests.browser.conftest import NewPage
from tests.browser.walking import downloaded, hits, settled, visit

pytestmark = pytest.mark.browser

ADDRESSES = (
    *("/", "/search?q=粉丝数量", "/search?q=宣传&in=project", "/suggest?name=群众满意度"),
    *("/suggest?mode=table&project=宣传培训经费", "/draft", "/review", "/compare?q=宣传培训"),
    *("/boilerplate", "/boilerplate?view=看一份文件", "/boilerplate?view=雷同的表", "/training"),
    *("/training?lesson=小测", "/corpus", "/corpus?list=projects", "/about"),
)
# What the hostile texts would put on a page that read them as anything but text.
TRACES = (
    *("img[src='x']", "img[src^='http://203']", "a[href^='javascript']", "a[href*='203.0.113']"),
    *("main svg[onload]", "main [onclick]", "main [onmouseover]", ".katex"),
    *("main del:has-text('删字')", "main code:text-is('码字')", "main em:text-is('斜字')"),
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Hostile documents, under hostile names."""
    return write(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile_address(
    serve: Callable[[Path], str],
    documents: list[Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The app on a home that holds nothing else."""
    home = Home.open(tmp_path_factory.mktemp("browser") / "home", create=True)
    ingest(home, documents)
    return serve(home.path)


def assert_harmless(page: Page) -> None:
    """Nothing ran, and nothing of the documents became more than text."""
    settled(page)
    assert page.evaluate("window.hit") is None
    for trace in TRACES:
        expect(page.locator(trace)).to_have_count(0)
    icons = page.get_by_test_id("stIconMaterial").all_inner_texts()
    assert "skull" not in icons


def test_every_page(hostile_address: str, new_page: NewPage) -> None:
    page = new_page(hostile_address)
    for place in ADDRESSES:
        visit(page, place)
        assert_harmless(page)
    visit(page, "/search?q=粉丝数量")
    expect(hits(page).first).to_contain_text('<img src=x onerror="window.hit=1">')
    hits(page).first.get_by_role("button", name="看全表").click()
    expect(page.get_by_role("dialog")).to_contain_text("**教育局**")
    assert_harmless(page)


def test_uploads_under_hostile_names(
    hostile_address: str, new_page: NewPage, documents: list[Path], tmp_path: Path
) -> None:
    page = new_page(hostile_address)
    visit(page, "/review")
    page.locator("input[type=file]").set_input_files(documents[0])
    page.get_by_role("button", name="开始审核（1 份）").click()
    expect(page.get_by_role("table", name="总体情况")).to_be_visible()
    assert_harmless(page)
    report = downloaded(page, re.compile("网页"), tmp_path)
    assert not set('<>:"/\\|?*') & set(report.name)
    alone = new_page("about:")
    alone.set_content(report.read_text("utf-8"))
    assert_harmless_html(alone)
    visit(page, "/corpus")
    page.locator("input[type=file]").set_input_files(documents[1])
    page.get_by_role("button", name="读入语料（1 份）").click()
    expect(page.get_by_role("table", name="读入结果")).to_contain_text("语料中已有")
    assert_harmless(page)


def test_the_original_comes_back_under_a_safe_name(
    hostile_address: str, new_page: NewPage, documents: list[Path], tmp_path: Path
) -> None:
    page = new_page(hostile_address)
    page.goto("/search?q=粉丝数量")
    hits(page).first.get_by_role("button", name="看全表").click()
    original = downloaded(page, re.compile("下载原文件"), tmp_path)
    assert original.read_bytes() in [path.read_bytes() for path in documents]
    assert not set('<>:"/\\|?*') & set(original.name)
    assert "粗名" in original.name and "粗名" in FILE


def test_tables_offer_no_csv_of_their_own(hostile_address: str, new_page: NewPage) -> None:
    """Streamlit's own download would let a spreadsheet calculate what a document says."""
    page = new_page(hostile_address)
    visit(page, "/search?q=粉丝数量")
    hits(page).first.get_by_role("button", name="加入草稿").click()
    page.get_by_role("link", name="我的草稿（1）").click()
    table = page.get_by_test_id("stDataFrame").first
    table.hover()
    expect(page.get_by_role("button", name=re.compile("全屏|Fullscreen")).first).to_be_visible()
    for button in page.get_by_role("button", name=re.compile("CSV")).all():
        expect(button).not_to_be_visible()


def assert_harmless_html(page: Page) -> None:
    """As `assert_harmless`, of a report that stands alone."""
    assert page.evaluate("window.hit") is None
    expect(page.locator("img, script, svg, a[href^='javascript'], [onclick]")).to_have_count(0)
