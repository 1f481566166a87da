"""What a cheap look rules out, the long way round does not find either."""

from hypothesis import given
from hypothesis import strategies as st

from text import clauses, numbers, units

_WORDS = "元 平方米 人次 个月 km % 2026 12月 目标1： 其中 完成 校舍 ２ ％".split()
_PIECES = st.sampled_from(
    [*"0123456789万千百余多/每·-~至:.、，,。（）()一十①第目标年月日号前", *_WORDS]
)
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)


@given(_TEXTS)
def test_measures_begin_with_a_known_character(text: str) -> None:
    wide = units.half_width(text)
    found = units._MEASURE.match(wide)
    assert units.leading_measure(wide) == (found.group() if found else "")
    assert units.is_measure(text) == (units._MEASURE.fullmatch(wide) is not None)


@given(_TEXTS)
def test_half_width_is_a_translation(text: str) -> None:
    assert units.half_width(text) == text.translate(units._WIDE)


@given(_TEXTS)
def test_dates_are_masked_wherever_they_stand(text: str) -> None:
    wide = units.half_width(text)
    masked = numbers._DATE.sub(lambda found: "□" * len(found.group()), wide)
    assert numbers.mask_dates(text) == masked


@given(_TEXTS)
def test_markers_are_found_wherever_they_stand(text: str) -> None:
    spans = [found.span() for found in clauses._MARKER.finditer(text)]
    assert [found.span() for found in clauses._markers(text)] == spans
