"""The measurement of boilerplate: labelled pairs, and counting pairs against the truth."""

import json
from itertools import islice
from pathlib import Path

import pytest

from corpus.specimens.disclosures import disclosures
from errors import UsageError
from eval import boilerplate
from peers.boilerplate.records import Kind

SHARED = Path(__file__).parents[2].parent / "shared"


def test_more_than_two_hundred_real_pairs_are_judged_each_once() -> None:
    lines = boilerplate.PAIRS_FILE.read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    assert len(pairs) >= 200
    assert len({(p["kind"], *sorted((p["one"], p["other"]))) for p in pairs}) == len(pairs)
    assert {True, False} == {pair["same"] for pair in pairs}
    assert {pair["kind"] for pair in pairs} <= set(Kind)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is missing")
def test_every_side_of_a_judged_pair_is_found_again() -> None:
    figures = {one.kind: one for one in boilerplate.evaluate(SHARED, 0).figures if one.texts}
    judged = len(boilerplate.PAIRS_FILE.read_text(encoding="utf-8").splitlines())
    assert figures["all"].texts == judged


def test_families_of_the_invented_counties_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        boilerplate, "disclosures", lambda scale: islice(disclosures(scale), 80 * scale)
    )
    found = {one.kind: one for one in boilerplate.invented(1)}
    for kind, recall in ((Kind.NAME, 0.95), (Kind.DESCRIPTION, 0.95), (Kind.PARAGRAPH, 0.95)):
        assert found[kind].pairs > 100
        assert (found[kind].precision or 0) > 0.9
        assert (found[kind].recall or 0) > recall
    assert (found[Kind.TABLE].precision or 0) > 0.9
    assert found["echo tables"].recall == 1


def test_a_folder_without_the_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected eval/indicators"):
        boilerplate.evaluate(tmp_path)
