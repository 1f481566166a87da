"""BM25 equals the formula written out, and another implementation of it."""

from collections import Counter
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.files import FolderReader, FolderWriter
from index.lexical import K1, B, LexicalIndex, terms

TEXTS = (
    "公众号粉丝数量",
    "粉丝量 全年新增粉丝数量",
    "道路维修里程",
    "培训人次 按计划完成培训3256.78人次",
    "APP 下载量",
    "满意度",
    "服务对象满意度 服务对象满意度",
    "……",
)
QUERIES = ("公众号粉丝", "满意度", "培训 培训 人次", "下载app", "无人机", "", "3256.78")


def formula(query: str, place: int, texts: tuple[str, ...]) -> float:
    found = [Counter(terms(text)) for text in texts]
    mean = sum(map(Counter.total, found)) / len(texts)
    score = 0.0
    for term in terms(query):
        holding = sum(term in counts for counts in found)
        times = found[place][term]
        idf = log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        score += idf * times / (times + K1 * (1 - B + B * found[place].total() / mean))
    return score


def test_a_word_of_two_characters_counts_once() -> None:
    assert Counter(terms("满意度")).most_common(1)[0][1] == 1
    assert Counter(terms("APP下载"))["下载"] == 1
    assert "app" in terms("APP下载")
    assert terms("、。") == []


@pytest.mark.parametrize("query", QUERIES)
def test_scores_equal_the_formula(query: str) -> None:
    expected = [formula(query, place, TEXTS) for place in range(len(TEXTS))]
    assert LexicalIndex.from_texts(TEXTS).scores(query) == pytest.approx(expected, abs=1e-5)


@settings(deadline=None)
@given(st.lists(st.text("粉丝数量满意度完成率a1 ", max_size=12), min_size=1, max_size=8), st.data())
def test_scores_of_any_texts_equal_the_formula(texts: list[str], data: st.DataObject) -> None:
    query = data.draw(st.sampled_from([*texts, "粉丝满意", "完成"]))
    if not any(map(terms, texts)):
        return
    expected = [formula(query, place, tuple(texts)) for place in range(len(texts))]
    assert LexicalIndex.from_texts(texts).scores(query) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("query", ["公众号粉丝", "培训 培训 人次"])
def test_scores_equal_those_of_bm25s(query: str) -> None:
    bm25s = pytest.importorskip("bm25s")
    other = bm25s.BM25(method="lucene", k1=K1, b=B)
    other.index([terms(text) for text in TEXTS], show_progress=False)
    known = [term for term in terms(query) if term in other.vocab_dict]
    expected = other.get_scores(known)
    assert LexicalIndex.from_texts(TEXTS).scores(query) == pytest.approx(expected, abs=1e-5)


def test_shares_go_from_none_to_the_query_itself() -> None:
    index = LexicalIndex.from_texts(TEXTS)
    assert index.shares("无人机") == pytest.approx(0)
    shares = index.shares("道路维修里程")
    assert shares.argmax() == 2
    assert 0.9 < shares[2] <= 1
    # words that no text holds count against the best hit, bigrams across words do not
    assert index.shares("道路维修里程与无人机巡查").max() < 0.7
    assert index.shares("里程道路").max() == pytest.approx(index.shares("里程，道路").max())


def test_what_is_saved_answers_the_same(tmp_path: Path) -> None:
    index, files = LexicalIndex.from_texts(TEXTS), FolderWriter(tmp_path)
    index.save(files, "words")
    again = LexicalIndex.load(FolderReader.open(tmp_path, files.entries), "words")
    assert len(again) == len(TEXTS)
    for query in QUERIES:
        assert np.array_equal(again.shares(query), index.shares(query))


@pytest.mark.parametrize("texts", [(), ("",), ("。", "")])
def test_nothing_to_find_is_found_nowhere(texts: tuple[str, ...]) -> None:
    index = LexicalIndex.from_texts(texts)
    assert index.scores("粉丝").tolist() == [0.0] * len(texts)
    assert index.shares("粉丝").tolist() == [0.0] * len(texts)


def test_postings_too_many_for_one_number_are_ordered_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = LexicalIndex.from_texts(TEXTS)
    monkeypatch.setattr("index.lexical._BITS", 0)
    apart = LexicalIndex.from_texts(TEXTS)
    for query in QUERIES:
        assert np.array_equal(apart.shares(query), packed.shares(query))


@pytest.mark.parametrize(
    "words", [["粉丝", "数量"], ["粉丝", "里程"], ["道路", "维修里程"], ["无人机"], ["3"], []]
)
def test_words_are_held_together_where_one_text_has_all_of_them(words: list[str]) -> None:
    holding = any(all(word in text for word in words) for text in TEXTS)
    assert LexicalIndex.from_texts(TEXTS).hold_together(words) == holding
