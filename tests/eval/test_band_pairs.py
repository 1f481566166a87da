"""The hand-labelled pairs behind the score bands: enough of each label and style, none twice."""

import json
from collections import Counter
from pathlib import Path

import pytest

PAIRS = Path(__file__).parents[2] / "eval" / "data" / "band_pairs.jsonl"
LEAST_OF_LABEL = {"same": 150, "kind": 120, "related": 100, "none": 110}
SHARE_OF_STYLE = {
    "term": 0.35,
    "synonym": 0.25,
    "colloquial": 0.25,
    "goal": 0.10,
    "project": 0.05,
}


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_line_has_the_four_fields_and_known_values(pairs: list[dict[str, str]]) -> None:
    for pair in pairs:
        assert list(pair) == ["query", "name", "label", "style"]
        assert all(value and value == value.strip() for value in pair.values())
        assert pair["label"] in LEAST_OF_LABEL
        assert pair["style"] in SHARE_OF_STYLE


def test_no_pair_twice_neither_turned_round_nor_with_itself(pairs: list[dict[str, str]]) -> None:
    both = [frozenset((bare(pair["query"]), bare(pair["name"]))) for pair in pairs]
    assert all(len(pair) == 2 for pair in both)
    assert [pair for pair, n in Counter(both).items() if n > 1] == []


def test_enough_of_each_label(pairs: list[dict[str, str]]) -> None:
    counts = Counter(pair["label"] for pair in pairs)
    assert len(pairs) >= 480
    assert all(counts[label] >= least for label, least in LEAST_OF_LABEL.items())


def test_styles_are_mixed_as_planned(pairs: list[dict[str, str]]) -> None:
    counts = Counter(pair["style"] for pair in pairs)
    for style, share in SHARE_OF_STYLE.items():
        assert counts[style] / len(pairs) == pytest.approx(share, abs=0.03)


def test_no_query_or_name_carries_the_set(pairs: list[dict[str, str]]) -> None:
    for field in ("query", "name"):
        assert max(Counter(bare(pair[field]) for pair in pairs).values()) <= 4
