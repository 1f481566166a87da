"""Long alternatives find what the pattern they were made from finds."""

import re
from random import Random

import pytest

from corpus.layouts.anchored import either
from corpus.layouts.labels import _LABELS
from corpus.layouts.roles import _HEADS

LABELS = "|".join(pattern.pattern for pattern, _ in _LABELS)
HEADS = "|".join(pattern.pattern for pattern, _ in _HEADS)
ENDS = ("", "", "(万元)", "(盖章)", "(10分)", "20分", "1")


@pytest.mark.parametrize("pattern", [LABELS, HEADS])
def test_the_words_of_a_table_are_found_as_by_search(pattern: str) -> None:
    rng = Random(1)  # noqa: S311 - words to try
    pieces = re.findall(r"[\u4e00-\u9fff]+", pattern)
    words = [
        "".join(rng.choices(pieces, k=rng.randint(1, 4))) + rng.choice(ENDS) for _ in range(4000)
    ]
    told, plain = either(pattern), re.compile(pattern)
    assert [told(word) for word in words] == [plain.search(word) is not None for word in words]
    assert 0 < sum(map(told, words)) < len(words)


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "xab", "xabc", "a(b)", "xyz", "]?"])
def test_groups_that_may_be_missing_and_brackets_in_classes(text: str) -> None:
    for pattern in (r"^a(b|bc)?$|x(y)?z", r"^(a)?(b)?c|[(\]]\?|a\(b\)?$", "^a", "b"):
        assert either(pattern)(text) == (re.search(pattern, text) is not None), pattern
