"""Corpus text on a page, against a CommonMark renderer as the oracle."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app_pages.plain import plain
from text.normalise import one_line

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
JOINER = "\u2060"
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(PRINTABLE)
@example("![x](http://example.org/a.png)")
@example("<script>alert(1)</script>")
@example("# 一级 *粗* _斜_ `码` ~删~ [链](http://x) :red[红] $x$ | 1. & &amp; \\")
def test_markdown_shows_the_text_itself(text: str) -> None:
    shown = RENDERER.renderInline("值" + plain(text)).replace(JOINER, "")
    said = html.escape("值" + one_line(text).replace(JOINER, ""), quote=False)
    assert shown == said.replace('"', "&quot;")


@pytest.mark.parametrize("text", ["1. 播出", "- 播出", "> 播出", "# 播出", "    播出", "+ a"])
def test_nothing_starts_a_block(text: str) -> None:
    assert RENDERER.render(plain(text)) == f"<p>{html.escape(one_line(text))}</p>\n"


def test_streamlits_own_marks_are_broken() -> None:
    assert ":material/" not in plain(":material/search:")
    assert ":red[" not in plain(":red[x]")


@pytest.mark.parametrize(
    "text",
    "http://a.cn https://a www.a.cn a@b.cn :streamlit: -> <- <-> -- >= <= ~=".split(),
)
def test_what_streamlit_looks_for_in_read_texts_is_parted(text: str) -> None:
    parted = re.sub(r"\\(.)", r"\1", plain(text))
    assert JOINER in parted.strip(JOINER)
    assert parted.replace(JOINER, "") == text


def test_values_are_not_parted() -> None:
    assert JOINER not in plain(">=95% <=3 3--5 a->b ~=1")
