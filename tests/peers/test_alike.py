"""Pairs of alike texts and their families against brute force."""

from collections import Counter
from random import Random

import pytest

from corpus.specimens.disclosures import disclosures
from peers.boilerplate.alike import alike, shingles
from peers.boilerplate.grouping import Place, grouped
from peers.boilerplate.masks import comparable
from peers.boilerplate.records import Stage

SIZE = 2000
Scores = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Names, descriptions and goals as units print them, many of them near each other."""
    found = []
    for document in disclosures(1):
        for sheet in document.sheets:
            found.append(comparable(sheet.goal))
            for row in sheet.rows:
                found += [comparable(row.entry.name), comparable(row.entry.description)]
        if len(found) > 3 * SIZE:
            break
    return Random(5).sample(found, SIZE)  # noqa: S311 - a sample, no secret


SETS: dict[str, frozenset[str]] = {}


def likeness(one: str, other: str) -> float:
    """Jaccard's, of the shingles."""
    a, b = (SETS.get(text) or SETS.setdefault(text, shingles(text)) for text in (one, other))
    common = len(a & b)
    return common / (len(a) + len(b) - common) if common else 0.0


@pytest.fixture(scope="module")
def scores(texts: list[str]) -> Scores:
    """The likeness of all pairs of unlike texts (in their order) that have anything in common."""
    unique = sorted(set(texts))
    return {
        (one, other): score
        for place, one in enumerate(unique)
        for other in unique[place + 1 :]
        if (score := likeness(one, other))
    }


@pytest.mark.parametrize("threshold", [0.35, 0.6, 0.7, 0.8, 1.0])
def test_all_pairs_are_those_of_brute_force(
    texts: list[str], scores: Scores, threshold: float
) -> None:
    unique = sorted(set(texts))
    number = {text: place for place, text in enumerate(unique)}
    sets = [shingles(text) for text in unique]
    wanted = {
        (number[one], number[other]): score
        for (one, other), score in scores.items()
        if score >= threshold
    }
    pairs = alike(sets, threshold)
    found = {
        (int(i), int(j)): float(score)
        for i, j, score in zip(pairs.first, pairs.second, pairs.score, strict=True)
    }
    assert found == pytest.approx(wanted)
    assert len(wanted) > 20 or threshold > 0.7


def brute_force(texts: list[str], scores: Scores, threshold: float) -> list[Place]:
    """Each text, from the commonest on, joins the likeliest leader before it, or leads."""
    counts = Counter(texts)
    unique = sorted(counts, key=lambda text: (-counts[text], text))
    leaders: list[str] = []
    places: dict[str, tuple[str, float, Stage]] = {}
    for text in unique:
        found = [scores.get((min(one, text), max(one, text)), 0.0) for one in leaders]
        best = max(found, default=0.0)
        if best >= threshold:
            places[text] = leaders[found.index(best)], best, Stage.SHINGLE
        else:
            leaders.append(text)
            places[text] = text, 1.0, Stage.EXACT
    first = {text: texts.index(text) for text in unique}
    return [Place(first[places[t][0]], places[t][1], places[t][2]) for t in texts]


@pytest.mark.parametrize("threshold", [0.6, 0.8])
def test_exact_and_shingle_stages_are_those_of_brute_force(
    texts: list[str], scores: Scores, threshold: float
) -> None:
    found = grouped(texts, threshold)
    wanted = brute_force(texts, scores, threshold)
    for one, other in zip(found, wanted, strict=True):
        assert (one.leader, one.stage) == (other.leader, other.stage)
        assert one.score == pytest.approx(other.score)
    assert {place.stage for place in found} == {Stage.EXACT, Stage.SHINGLE}


def test_without_a_threshold_only_equal_texts_are_one() -> None:
    found = grouped(["≥5000人", "≥50000人", "≥5000人"], None)
    assert [place.leader for place in found] == [0, 1, 0]


@pytest.mark.parametrize("sets", [[], [[]], [["a"]], [[], []], [[], ["a"], ["a"]]])
def test_few_and_empty_sets(sets: list[list[str]]) -> None:
    pairs = alike(sets, 0.5)
    assert len(pairs) == (1 if sets.count(["a"]) == 2 else 0)
