"""The card of a hit says what the hit says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages.hits import card
from corpus.records import Source
from index.bands import Band
from index.results import Highlight, Hit, Scope

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
KINDS = st.sampled_from(("lexical", "semantic"))


def hit(name: str = "粉丝数量", **changed: object) -> Hit:
    told: dict[str, object] = {
        **dict.fromkeys(("description", "value", "level1", "level2", "unit"), ""),
        **dict.fromkeys(("county", "department", "project"), ""),
        **dict.fromkeys(("id", "project_id"), "0" * 12),
        **dict.fromkeys(("score", "dense", "lexical"), 0.5),
        **{"rank": 1, "band": Band.KIND, "year": None, "source": Source("a.txt", "", 1)},
        **{"count": 1, "units": (), "members": (), "highlights": ()},
    }
    return Hit(**{**told, "name": name, **changed})  # type: ignore[arg-type]


def text(parts: list[tuple[str, str]]) -> str:
    return "".join(part for part, _ in parts)


@given(
    TEXTS,
    st.lists(st.builds(Highlight, st.just("name"), st.integers(0, 45), st.integers(0, 45), KINDS)),
)
def test_no_text_is_lost_whatever_is_set_off(name: str, highlights: list[Highlight]) -> None:
    shown = card(hit(name, highlights=tuple(highlights)), Scope.GOAL)
    assert text(shown["name"]) == name


def test_what_the_question_shares_is_set_off() -> None:
    highlights = (Highlight("name", 0, 2), Highlight("name", 2, 4, "semantic"))
    shown = card(hit(highlights=highlights), Scope.INDICATOR)
    assert shown["name"] == [("粉丝", "lexical"), ("数量", "semantic")]


@pytest.mark.parametrize("scope", Scope)
def test_a_card_says_what_belongs_to_its_scope(scope: Scope) -> None:
    shown = card(hit(value="≥3人", description="增加"), scope)
    assert shown["value"] == ("≥3人" if scope is Scope.INDICATOR else None)
    assert shown["description"] == (None if scope is Scope.GOAL else [("增加", "")])


def test_units_of_the_same_wording_are_told() -> None:
    shown = card(hit(unit="甲局", count=3, units=("甲局", "乙局", "丙局")), Scope.INDICATOR)
    assert (shown["same"], shown["others"]) == ("另有 2 个单位写法相同", ["乙局", "丙局"])
    alone = card(hit(unit="甲局", count=3, units=("甲局",)), Scope.INDICATOR)
    assert (alone["same"], alone["others"]) == ("另有 2 行写法相同", [])
