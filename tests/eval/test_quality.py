"""The measures of the rules and of the alignment, against counts made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from errors import UsageError
from eval.alignment import evaluate, read_pairs
from eval.own_quality import FOLDER, SHARED_FOLDER
from eval.quality import Counts, json_lines, kappa, read_rows, rule_counts, weak_counts
from eval.quality_report import quality


def record(own_id: str, name: str, value: str, level2: str = "数量") -> dict[str, Any]:
    texts = dict.fromkeys(("operator", "measure", "description", "source", "kind", "level1"), "")
    rest = {"unit": "某局", "project": "某项目", "year": 2026, "budget_wan": None}
    own = {"id": own_id, "level2": level2, "name": name, "value_raw": value}
    return {**texts, **rest, **own}


def label(own_id: str, a: str, b: str, rules_a: str = "", rules_b: str = "") -> dict[str, Any]:
    defects = {"defects_a": rules_a.split(), "defects_b": rules_b.split()}
    return {"id": own_id, "label_a": a, "label_b": b, **defects}


def write(folder: Path, name: str, lines: list[dict[str, Any]]) -> None:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / name).write_text(text, "utf-8")


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Five rows: one echo that both see, one that one sees, a good one, a slogan nobody sees."""
    rows = [
        record("a", "植树株数", "植树株数"),
        record("b", "巡河里程", "巡河里程"),
        record("c", "植树株数", "≥500株"),
        record("d", "居民出行条件", "明显改善", "社会效益"),
        record("e", "发放手册数量", "≥90册"),
    ]
    labels = [
        label("a", "weak", "weak", "V01", "V01"),
        label("b", "weak", "weak", "V01", "N01"),
        label("c", "good", "fair"),
        label("d", "good", "good"),
        label("e", "weak", "good", "V01", "V01"),
    ]
    write(tmp_path, "indicators.jsonl", rows)
    write(tmp_path, "quality.jsonl", labels)
    return tmp_path


def test_weak_is_scored_where_both_agree(judged: Path) -> None:
    rows = read_rows(judged)
    assert weak_counts(rows) == Counts(right=2, wrong=1, missed=0)
    assert Counts(2, 1, 0).precision == pytest.approx(0.667)
    assert Counts(2, 1, 0).recall == 1.0
    assert Counts(2, 1, 0).f1 == 0.8


def test_a_rule_that_only_one_names_is_neither_right_nor_wrong(judged: Path) -> None:
    rows = read_rows(judged)
    assert rule_counts(rows, "V01") == Counts(right=1, wrong=0, missed=1)
    assert rule_counts(rows, "V03") == Counts(right=0, wrong=1, missed=0)


def test_kappa_by_hand(judged: Path) -> None:
    # agreed 4 of 5; the first says weak 3 of 5, the second 2 of 5: chance .24 + .24
    assert kappa(read_rows(judged)) == pytest.approx((0.8 - 0.48) / 0.52, abs=5e-4)


def test_rare_rules_are_listed_not_measured(judged: Path) -> None:
    figures = quality(judged)
    assert figures.scored == 4 and figures.weak_rows == 2
    line = next(line for line in figures.rules if line.rule == "V01")
    assert not line.measured and line.precision is None
    assert {one.row for one in figures.findings if one.rule == "V03"} == {"d"}


def test_a_label_without_a_row_is_refused(judged: Path) -> None:
    write(judged, "quality.jsonl", [label("z", "weak", "weak")])
    with pytest.raises(UsageError, match="'z'"):
        read_rows(judged)
    with pytest.raises(UsageError, match="expected a folder"):
        quality(judged / "none")


def test_our_pairs_of_projects_are_sound_and_aligned() -> None:
    labelled, left_out = read_pairs()
    assert len(labelled) + left_out >= 20
    figures = evaluate(labelled, left_out)
    counted = sum(line.right_pairs + len(line.missed_pairs) for line in figures.lines)
    assert counted == figures.row_pairs
    assert figures.f1 is not None and figures.f1 >= 0.7
    assert figures.order is not None and figures.order >= 0.8
    strict = evaluate(labelled, left_out, floor=1.01)
    assert sum(line.right_pairs for line in strict.lines) == 0


@pytest.mark.skipif(not SHARED_FOLDER.is_dir(), reason="../shared/eval is not here")
def test_our_labels_of_facts_are_of_rows_that_nobody_else_labelled() -> None:
    theirs = {one["id"] for one in json_lines(SHARED_FOLDER / "quality.jsonl")}
    ours = [one["id"] for one in json_lines(FOLDER / "facts.jsonl")]
    assert len(ours) == len(set(ours)) >= 400
    assert not theirs & set(ours)


def test_a_set_has_to_be_one_that_is_there() -> None:
    with pytest.raises(UsageError, match="facts"):
        quality(chosen="others")
