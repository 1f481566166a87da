"""What only a browser shows: typing Chinese, clicking pictures, old links, paper, every word."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service import drafts
from service.draft_records import KeptDraft, kept_row
from service.home import Home
from tests.browser.conftest import SEEDS
from tests.browser.walking import settled, visit

pytestmark = pytest.mark.browser

RICH = "/suggest?name=公众号粉丝数量"  # tables and forms of every kind
# English words that no Chinese word stands beside, outside of what a page itself shows.
FOREIGN = """() => {
  const shown = ['stMarkdown', 'stTable', 'stText', 'stCode', 'stAlert', 'stCaptionContainer',
    'stHeading', 'stMetric', 'stIconMaterial', 'stAlertDynamicIcon']
    .map(name => `[data-testid="${name}"]`).concat('script', 'style', 'noscript', 'canvas').join();
  const foreign = text => /[A-Za-z]{3}/.test(text) && !/[\\u4e00-\\u9fff]/.test(text);
  const found = new Set();
  const walker = document.createTreeWalker(document.body, 5);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (element.closest(shown)) continue;
    if (node.nodeType === 3) {
      if (foreign(node.nodeValue)) found.add(node.nodeValue.trim());
    } else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name);
      if (text && foreign(text) && !/ icon$/.test(text)) found.add(`${name}: ${text}`);
    }
  }
  return [...found];
}"""


def compose(page: Page, *texts: str) -> Any:  # noqa: ANN401 - an untyped session
    """Type letters into a Chinese input method that has not put out a word yet."""
    session = page.context.new_cdp_session(page)
    for text in texts:
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        session.send("Input.imeSetComposition", {"text": text, **place})
    return session


@pytest.mark.parametrize("path", ["/", "/search"])
def test_an_input_method_is_not_cut_short(page: Page, path: str) -> None:
    page.goto(path)
    settled(page)
    box = page.get_by_role("searchbox")
    box.click()
    session = compose(page, "f", "fen", "fen si")
    enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter"}
    session.send("Input.dispatchKeyEvent", {**enter, "windowsVirtualKeyCode": 229})
    page.wait_for_timeout(700)  # nothing must happen
    assert "q=" not in page.url
    session.send("Input.insertText", {"text": "粉丝数量"})
    expect(box).to_have_value("粉丝数量")
    assert "q=" not in page.url
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%E7%B2%89%E4%B8%9D%E6%95%B0%E9%87%8F"))
    expect(page.get_by_role("searchbox")).to_have_value("粉丝数量")


def test_a_click_on_a_picture_lists_its_projects(page: Page) -> None:
    page.goto("/")
    settled(page)
    cells = page.get_by_role("table", name=re.compile("个项目.*分布在")).get_by_role("cell")
    cell = cells.get_by_role("button").first
    count = int(cell.inner_text())
    cell.click()
    expect(page).to_have_url(re.compile(r"/corpus\?list=projects&county=.+&year=\d{4}"))
    expect(page.get_by_text(re.compile(rf"^{count} 个项目[，（]"))).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="语料里有什么")).to_be_visible()


def test_the_name_of_a_row_lists_its_projects(page: Page) -> None:
    page.goto("/")
    settled(page)
    row = page.get_by_role("table", name=re.compile("个项目.*分布在")).get_by_role("row").nth(1)
    count = int(row.get_by_role("cell").last.inner_text())
    row.get_by_role("rowheader").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/corpus\?list=projects&county=[^&]+$"))
    expect(page.get_by_text(re.compile(rf"^{count} 个项目[，（]"))).to_be_visible()


def test_a_picture_can_be_read_as_a_sentence_and_as_numbers(page: Page) -> None:
    page.goto("/?see=measurable")
    settled(page)
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_have_attribute("aria-label", re.compile("条指标中，.+可以衡量"))
    page.get_by_text("看数字").click()
    table = page.get_by_role("table", name=re.compile("可以衡量"))
    expect(table).to_contain_text("宣传融媒体")


def test_an_old_link_leads_on_and_back_leads_away(page: Page) -> None:
    page.goto("/about")
    settled(page)
    page.goto("/?q=粉丝&level2=数量")
    expect(page).to_have_url(re.compile(r"/search\?q=.+&level2="))
    expect(page.locator(".hits .hit").first).to_contain_text("数量 ·")
    page.go_back()
    expect(page).to_have_url(re.compile("/about$"))


def test_no_english_word_of_the_framework_is_left(page: Page) -> None:
    file_names = re.compile(r"^[\w.-]+\.(txt|csv|docx?|xlsx?|pdf|html)\b")

    def left() -> list[str]:
        settled(page)
        return [said for said in page.evaluate(FOREIGN) if not file_names.match(said)]

    page.goto(RICH)
    expect(page.get_by_role("table").first).to_be_visible()
    assert left() == []
    names = page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert len(names) > 8
    for place in range(len(names)):
        link = page.get_by_test_id("stTopNavLink").nth(place)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        assert (names[place], left()) == (names[place], [])


def test_what_opens_is_chinese_too(page: Page) -> None:
    page.goto("/search?q=粉丝")
    settled(page)
    box = page.get_by_test_id("stMultiSelect").first.locator("input")
    box.click()
    box.fill("没有这样的单位名称")
    expect(page.get_by_text("没有找到").first).to_be_visible()
    visit(page, "/?see=measurable")
    page.get_by_test_id("stVegaLiteChart").hover()
    names = [
        str(button.get_attribute("aria-label"))
        for button in page.get_by_test_id("stElementToolbarButton").get_by_role("button").all()
    ]
    assert names and not any(re.match("[A-Za-z]", name) for name in names)
    page.goto("/nowhere")
    expect(page.get_by_role("dialog")).to_contain_text("这个地址没有页面，已打开首页。")
    expect(page.get_by_role("dialog")).not_to_contain_text("page")


def test_a_review_prints_whole_without_what_one_clicks_on(page: Page) -> None:
    page.goto("/review")
    settled(page)
    page.locator("input[type=file]").set_input_files(SEEDS / "003_0bd06abfff842de5.txt")
    page.get_by_role("button", name="开始审核").click()
    expect(page.get_by_text("条需要修改").first).to_be_visible()
    settled(page)
    closed = page.locator("[class*='st-key-review_project_'] details:not([open]) table").first
    expect(closed).not_to_be_visible()
    page.emulate_media(media="print")
    expect(closed).to_be_visible()
    expect(page.get_by_test_id("stHeader")).not_to_be_visible()
    for button in page.get_by_role("button").all():
        expect(button).not_to_be_visible()
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 1


def test_a_draft_prints_as_a_table_and_not_as_its_editor(page: Page, home: Home) -> None:
    draft = drafts.create(home, KeptDraft(project="打印", rows=(kept_row("培训人次", "≥200人次"),)))
    visit(page, f"/draft?draft={draft.token}")
    expect(page.get_by_role("button", name="说明").first).to_be_visible()
    expect(page.get_by_role("button", name="Help")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="草稿（打印用）")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).not_to_be_visible()
    for button in page.get_by_role("button").all():
        expect(button).not_to_be_visible()
