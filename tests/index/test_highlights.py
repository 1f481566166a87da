"""Highlights are spans of the text as it is shown."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.highlights import highlights, marks_of


def marked(query: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in highlights("name", text, marks_of(query))]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("粉丝数量", "公众号粉丝数量", ["粉丝数量"]),
        ("粉丝数量", "新增粉丝的数量", ["粉丝", "数量"]),
        ("app下载", "ＡＰＰ 下载量", ["ＡＰＰ", "下载"]),
        ("培训", "培\n训人次", ["培\n训"]),
        ("粉丝", "道路里程", []),
        ("的", "粉丝的数量", []),
        ("2024年", "2024年度完成", ["2024"]),
        ("90%", "≥90%", ["90"]),
        ("㎡", "5m2", ["m2"]),
        ("am", "㏂", []),
        ("a", "㏂", []),
    ],
)
def test_words_of_the_query_are_marked(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_bigrams_are_marked_where_no_word_is_found() -> None:
    assert marked("融媒体中心", "融媒建设")[:1] == ["融媒"]


@settings(deadline=None)
@given(st.text("粉丝数量APPａ ㎡1\n的", max_size=12), st.text("粉丝数量APPａ ㎡1\n的", max_size=20))
def test_spans_lie_in_the_text_apart_and_in_order(query: str, text: str) -> None:
    spans = highlights("name", text, marks_of(query))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.text("ab", max_size=12), st.lists(st.text("ab", min_size=1, max_size=3), max_size=4))
def test_every_character_of_a_mark_is_in_a_span_and_no_other(text: str, marks: list[str]) -> None:
    covered = [False] * len(text)
    for mark in marks:
        for at in range(len(text)):
            if text.startswith(mark, at):
                covered[at : at + len(mark)] = [True] * len(mark)
    spans = [(span.start, span.end) for span in highlights("name", text, [marks])]
    assert covered == [any(start <= at < end for start, end in spans) for at in range(len(text))]
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
