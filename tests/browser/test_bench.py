"""The benchmark of the app finds what it clicks on, also where nothing is found."""

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.bench_app import Clicks, search
from eval.browsing import Drawing, Server
from tests.browser.walking import settled

pytestmark = pytest.mark.browser


def test_a_search_of_the_benchmark_clicks_on_all_there_is(
    page: Page, address: str, browser: Browser
) -> None:
    page.goto("/")
    settled(page)
    for text, more in (
        ("红烧排骨怎么做", ()),
        ("粉丝数量", ("filter", "clear filter", "open a table", "close a table")),
    ):
        clicks = Clicks(page, Server(address, os.getpid()), Drawing(browser))
        search(clicks, text)
        expect(page.locator(".hits .hit")).to_have_count(20 if more else 0)
        assert {line.action for line in clicks.lines()} == {"open", "ask", *more}
