"""Steps that every walk through the app takes."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Every run that was asked for has ended (`eval.browsing` keeps note of them), and is drawn.
_STILL = """() => {
  const {sent, done} = window.__runs;
  const asked = Math.max(...sent, 0), answered = Math.max(...done, 0);
  const app = document.querySelector("[data-testid=stApp]");
  return asked > 0 && answered >= asked && performance.now() - answered > 30
    && app !== null && app.dataset.testScriptState === "notRunning";
}"""
_TURN = """address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""


def settled(page: Page) -> None:
    """Wait until the page is drawn to its end, and nothing on it is a fault of the program."""
    page.wait_for_function(_STILL, polling=30)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_text("程序出了意料之外的错误")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def turn_to(page: Page, name: str) -> None:
    """Go to a page by its name in the bar above, as a person does."""
    link = page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^.*{name}")).first
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settled(page)


def visit(page: Page, address: str) -> None:
    """Go to an address of the app: in a new tab by loading it, else as the back button does.

    (A page of Streamlit takes seconds of a processor to load.)
    """
    if page.url == "about:blank":
        page.goto(address)
    else:
        page.evaluate(_TURN, address)
    settled(page)


def hits(page: Page) -> Locator:
    """The cards of the hits."""
    return page.locator(".hits .hit")


def search(page: Page, text: str) -> None:
    """Search from the first page as a person does."""
    visit(page, "/")
    page.get_by_role("searchbox").fill(text)
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_visible()
    settled(page)


def downloaded(page: Page, label: str | re.Pattern[str], folder: Path) -> Path:
    """The file behind a button, under the name that it was offered as."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
