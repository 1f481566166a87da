"""Terms of lines: all at once as one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from text.pairs import pairs_of, pairs_without, texts_of
from text.terms import Terms, terms

lines = st.lists(
    st.text(st.characters() | st.sampled_from("水利工程年度 \n，Ａ9%😀\ud800"), max_size=12)
)


def each_line(found: Terms) -> list[list[str]]:
    ends = np.cumsum(found.lengths)
    return [
        [found.names[number] for number in found.ids[start:end].tolist()]
        for start, end in zip(ends - found.lengths, ends, strict=True)
    ]


@given(lines)
def test_lines_are_cut_as_each_is(texts: list[str]) -> None:
    found = Terms.of(texts)
    assert [sorted(line) for line in each_line(found)] == [sorted(terms(text)) for text in texts]
    assert len(set(found.names)) == len(found.names)


@given(lines, lines)
def test_parts_are_joined(some: list[str], others: list[str]) -> None:
    joined = Terms.joined([Terms.of(some), Terms.of(others)])
    assert each_line(joined) == each_line(Terms.of(some)) + each_line(Terms.of(others))


@given(lines)
def test_some_lines_are_taken(texts: list[str]) -> None:
    found = Terms.of(texts)
    wanted = np.arange(len(texts))[::-2]
    taken = found.taken(wanted)
    assert each_line(taken) == [each_line(found)[number] for number in wanted.tolist()]
    assert set(taken.names) == {name for line in each_line(taken) for name in line}


@given(st.text(st.characters() | st.sampled_from("\ud800\n")))
def test_pairs_of_characters(text: str) -> None:
    pairs = pairs_of(text)
    expected = [text[i : i + 2] for i in range(len(text) - 1)]
    assert texts_of(pairs) == expected
    assert texts_of(pairs_without(pairs, "\n")) == [p for p in expected if "\n" not in p]
