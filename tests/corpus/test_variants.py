"""The same rows, however a table is printed: invented documents of every family."""

import pytest

from eval.parsing import FileScore, score_document
from eval.variants import all_families, variants

DOCUMENTS = 12
WHOLE = [family for family in all_families() if family not in "FGHI" and "A2" not in family]
"""Families in which every row has its cells, or a mark for each that is empty."""


def scores(family: str) -> list[FileScore]:
    return [score_document(v.name, v.family, v.data, v.gold) for v in variants(DOCUMENTS, [family])]


@pytest.mark.parametrize("family", WHOLE)
def test_columns_heads_and_labels_change_nothing(family: str) -> None:
    found = scores(family)
    assert [miss for score in found for miss in score.misses] == []
    assert [score.file for score in found if score.found_rows != score.gold_rows] == []


@pytest.mark.parametrize("family", ["A2", "several A2"])
def test_streams_that_lost_their_empty_cells(family: str) -> None:
    found = scores(family)
    gold, matched = sum(s.gold_rows for s in found), sum(s.matched_rows for s in found)
    assert matched >= 0.98 * gold
    assert sum(s.found_rows for s in found) <= 1.02 * gold


def test_a_missing_row_is_seen() -> None:
    """The measure itself can fail: a row that the document lacks lowers the score."""
    (variant,) = variants(1, ["E"])
    more = (*variant.gold, {**variant.gold[0], "name": "并不存在的指标"})
    score = score_document(variant.name, variant.family, variant.data, more)
    assert score.matched_rows == len(variant.gold)
    assert any(miss.field == "row" for miss in score.misses)
