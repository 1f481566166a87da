"""Clicks on components of our own: each is met once, in its order, whatever the browser says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages.links import Hand
from app_pages.own import unanswered

ENDS = st.lists(st.integers(1, 12), min_size=1, max_size=8)


@given(ENDS, st.integers(1, 20))
def test_each_click_is_met_once_however_often_it_is_told(ends: list[int], most: int) -> None:
    clicks = [[10.5 * (place + 1), f"word {place}"] for place in range(12)]
    hand, met, expected = Hand(), list[str](), list[str]()
    for end in ends:
        told = clicks[max(0, end - most) : end]
        met += unanswered(hand, "table", told)
        latest = int(expected[-1].split()[1]) if expected else -1
        expected += [f"word {place}" for place in range(max(0, end - most, latest + 1), end)]
    assert met == expected


def test_a_click_that_was_not_come_to_is_met_later() -> None:
    hand, told = Hand(), [[1, "a"], [2, "b"]]
    assert next(unanswered(hand, "table", told)) == "a"  # then the run is broken off
    assert [*unanswered(hand, "table", [*told, [3, "c"]])] == ["b", "c"]


def test_components_do_not_answer_for_each_other() -> None:
    hand = Hand()
    assert [*unanswered(hand, "below", [[2.0, "b"]])] == ["b"]
    assert [*unanswered(hand, "above", [[1.0, "a"]])] == ["a"]


@pytest.mark.parametrize("told", [None, 3, "ab", {"a": 1}, [1], [["a", 1]], [[1]], [[1, 2]]])
def test_what_is_no_click_is_passed_over(told: object) -> None:
    assert [*unanswered(Hand(), "table", told)] == []
