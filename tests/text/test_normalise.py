"""Making texts comparable: what stays, what goes, and that doing it twice changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text.normalise import fold, one_line, squeeze

_SPACES = " \t\r\n\u00a0\u3000\u200b\ufeff\u2003"


@pytest.mark.parametrize("space", list(_SPACES))
def test_every_kind_of_white_space_goes(space: str) -> None:
    assert squeeze(f"{space}数量{space}指标{space}") == "数量指标"
    assert one_line(f"{space}数量{space}{space}指标{space}") == "数量 指标"


def test_fold_makes_width_and_case_equal() -> None:
    assert fold("≥９５％ ＡＰＰ（个）") == fold("≥95%app(个)")


@settings(deadline=None)
@given(st.text())
def test_squeeze_keeps_all_but_white_space(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once
    assert not any(char.isspace() for char in once)
    gone = set(_SPACES) | {"\u200c", "\u200d"}
    kept = [char for char in text if not char.isspace() and char not in gone]
    assert [char for char in once if char not in gone] == kept


@settings(deadline=None)
@given(st.text())
def test_one_line_has_single_inner_spaces(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert "  " not in line
    assert squeeze(line) == squeeze(text)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"])))
def test_fold_ignores_white_space(text: str) -> None:
    assert fold(text) == fold(f" {text}\u3000\n")
