"""The card of a hit says what the hit says, and no text becomes more than text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from app_pages.hits import card
from corpus.records import Source
from index.bands import Band
from index.results import Highlight, Hit, Scope
from text.normalise import one_line

HOSTILE = "<img src=x onerror=alert(1)> </div><script>1</script> '\"&amp; :red[红]"
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


def names(found: html.HtmlElement) -> list[str]:
    return [str(one.tag) for one in found.iter()]


@given(
    TEXTS,
    st.lists(st.builds(Highlight, st.just("name"), st.integers(0, 45), st.integers(0, 45), KINDS)),
)
def test_no_text_is_lost_whatever_is_set_off(name: str, highlights: list[Highlight]) -> None:
    found = html.fromstring(f"<main>{card(hit(name, highlights=tuple(highlights)), Scope.GOAL)}")
    (strong,) = found.iter("strong")
    said = "".join(map(str, strong.itertext()))
    assert "".join(said.split()) == "".join(one_line(name).split())


def test_what_the_question_shares_is_set_off() -> None:
    highlights = (Highlight("name", 0, 2), Highlight("name", 2, 4, "semantic"))
    shown = card(hit(highlights=highlights), Scope.INDICATOR)
    assert "<span class='hit-lexical'>粉丝</span><span class='hit-semantic'>数量</span>" in shown


@pytest.mark.parametrize("scope", Scope)
def test_hostile_texts_stay_texts(scope: Scope) -> None:
    texts = dict.fromkeys(("description", "value", "level2", "unit", "project"), HOSTILE)
    one = hit(HOSTILE, **texts, count=3, units=(HOSTILE, f"{HOSTILE}二"))
    found = html.fromstring(f"<main>{card(one, scope)}</main>")
    assert set(names(found)) <= set("main div strong span details summary ul li".split())
    assert {name for part in found.iter() for name in part.attrib} <= {"class", "title"}
    assert "".join(map(str, found.itertext())).count("onerror") >= 3


def test_units_of_the_same_wording_are_told() -> None:
    shown = card(hit(unit="甲局", count=3, units=("甲局", "乙局", "丙局")), Scope.INDICATOR)
    assert "另有 2 个单位写法相同" in shown
    assert "<li>乙局</li><li>丙局</li>" in shown
    assert "另有 2 行写法相同" in card(hit(unit="甲局", count=3, units=("甲局",)), Scope.INDICATOR)
