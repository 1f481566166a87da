"""Strange words ask for a better record."""

import numpy as np
import pytest

from embed import open_encoder
from index.concepts import KnownConcepts, known_texts
from index.floor import FAMILIAR_FLOOR, STRANGE_FLOOR, floor_of
from index.lexical import LexicalIndex
from text.words import bigrams


@pytest.fixture(scope="module")
def concepts() -> KnownConcepts:
    return KnownConcepts.of(open_encoder().encode_documents, phrasings=True)


@pytest.fixture(scope="module")
def words() -> LexicalIndex:
    return LexicalIndex.from_texts(["桑蚕养殖张数", "烟叶种植面积"])


def test_familiar_words_have_the_lowest_floor(concepts: KnownConcepts, words: LexicalIndex) -> None:
    for text in ("校舍维修改造面积", "桑蚕养殖张数"):  # of a concept, of a record
        assert floor_of(0.0, text, concepts, words) == FAMILIAR_FLOOR


def test_the_floor_rises_with_the_share_of_strange_pairs(
    concepts: KnownConcepts, words: LexicalIndex
) -> None:
    half = (FAMILIAR_FLOOR + STRANGE_FLOOR) / 2
    assert floor_of(0.0, "锟斤锟斤拷", concepts, words) == pytest.approx(STRANGE_FLOOR)
    assert floor_of(0.0, "锟斤 桑蚕养", concepts, words) == pytest.approx(half)


def test_a_good_record_is_an_answer_to_any_query(
    concepts: KnownConcepts, words: LexicalIndex
) -> None:
    assert floor_of(STRANGE_FLOOR, "锟斤锟斤拷", concepts, words) <= STRANGE_FLOOR


@pytest.mark.parametrize("text", ["", "水", "…"])
def test_a_query_without_pairs_is_not_strange(
    text: str, concepts: KnownConcepts, words: LexicalIndex
) -> None:
    assert floor_of(0.0, text, concepts, words) == FAMILIAR_FLOOR


def test_pairs_are_known_where_a_text_holds_them(concepts: KnownConcepts) -> None:
    texts = known_texts(phrasings=True)[0]
    pairs = ["校舍", "舍校", "锟斤", "pm", "𠀀𠀁", *bigrams(texts[0])]
    assert concepts.hold(pairs) == [any(pair in text for text in texts) for pair in pairs]


def test_the_last_pair_of_all_and_one_beyond() -> None:
    codes, scales = np.zeros((2, 1), np.int8), np.ones((2, 1), np.float32)
    small = KnownConcepts(("甲乙", "龥龥"), np.arange(2, dtype=np.int32), codes, scales)
    assert small.hold(["甲乙", "龥龥", "龥龦", "乙龥"]) == [True, True, False, False]
