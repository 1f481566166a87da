"""The concepts: every one whole, each text for one concept only, many departments."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Level2
from errors import KnowledgeError
from knowledge import concepts as module
from knowledge.concepts import (
    LEVEL2,
    Concept,
    MeasureClass,
    Polarity,
    concepts,
    departments,
    read_concepts,
)
from text.normalise import fold

LINE: dict[str, Any] = {
    "name": "护林员培训人次",
    "level2": "数量",
    "measure_class": "count",
    "measures": ["人次"],
    "polarity": "higher",
    "phrasings": ["培训护林员数量", "看山的人学了几回"],
    "value": "≥300人次",
    "confused_with": ["护林员聘用人数"],
}


def write(folder: Path, *lines: object, name: str = "forestry") -> Path:
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_there_are_many_of_many_departments() -> None:
    assert len(concepts()) >= 1200
    assert len(departments()) >= 20
    assert {concept.department for concept in concepts()} == set(departments())


def test_levels_are_those_of_the_records() -> None:
    assert LEVEL2 == tuple(Level2)


def test_each_text_stands_for_one_concept() -> None:
    told: dict[str, str] = {}
    for concept in concepts():
        for text in (concept.name, *concept.phrasings):
            assert told.setdefault(fold(text), concept.name) == concept.name, text


def test_names_are_names() -> None:
    for concept in concepts():
        assert 2 <= len(concept.name) <= 16, concept.name
        assert not any(character.isdigit() for character in concept.name), concept.name


def test_phrasings_are_several_and_not_the_name() -> None:
    for concept in concepts():
        assert 6 <= len(concept.phrasings) <= 12, concept.name
        assert concept.name not in concept.phrasings
        for text in concept.phrasings:
            assert 2 <= len(text) <= 24, text
            assert not set(text) & set("，。；！？!?;()（）"), text


def test_what_is_confused_is_another_concept() -> None:
    names = {concept.name for concept in concepts()}
    for concept in concepts():
        assert 1 <= len(concept.confused_with) <= 5, concept.name
        assert set(concept.confused_with) <= names - {concept.name}, concept.name


def test_values_agree_with_polarity_and_measure() -> None:
    for concept in concepts():
        if concept.measure_class in (MeasureClass.DATE, MeasureClass.DEGREE):
            continue
        wrong = {Polarity.HIGHER: "≤", Polarity.LOWER: "≥", Polarity.NONE: "\0"}
        assert wrong[concept.polarity] not in concept.value, concept.name
        assert any(character.isdigit() for character in concept.value), concept.name


def test_a_line_becomes_a_concept(tmp_path: Path) -> None:
    assert read_concepts(write(tmp_path, LINE)) == (
        Concept(
            name="护林员培训人次",
            department="林草",
            level2="数量",
            measure_class=MeasureClass.COUNT,
            measures=("人次",),
            polarity=Polarity.HIGHER,
            phrasings=("培训护林员数量", "看山的人学了几回"),
            value="≥300人次",
            confused_with=("护林员聘用人数",),
        ),
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "name"),
        ({"name": 5}, "name"),
        ({"level2": "数量指标"}, "level2"),
        ({"measure_class": "colour"}, "colour"),
        ({"polarity": "up"}, "up"),
        ({"measures": []}, "measures"),
        ({"measures": "人次"}, "measures"),
        ({"phrasings": ["甲", "甲"]}, "twice"),
        ({"phrasings": [None]}, "phrasings"),
        ({"unit": "人次"}, "unit"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    write(tmp_path, LINE, LINE | change)
    with pytest.raises(KnowledgeError, match=rf"forestry\.jsonl, line 2.*{said}"):
        read_concepts(tmp_path)


@pytest.mark.parametrize("line", ['{"name": ', "[]", ""])
def test_a_line_that_is_no_concept_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "forestry.jsonl").write_text(f"{json.dumps(LINE)}\n{line}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 2"):
        read_concepts(tmp_path)


def test_a_degree_needs_no_measure(tmp_path: Path) -> None:
    (found,) = read_concepts(write(tmp_path, LINE | {"measures": [], "measure_class": "degree"}))
    assert found.measures == ()


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "forestry.jsonl").write_bytes("护林".encode("gb18030"))
    with pytest.raises(KnowledgeError, match="UTF-8"):
        read_concepts(tmp_path)


def test_a_file_of_no_department_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="none"):
        read_concepts(tmp_path)
    write(tmp_path, LINE, name="astronomy")
    with pytest.raises(KnowledgeError, match="astronomy"):
        read_concepts(tmp_path)


@pytest.mark.parametrize("second", [LINE, LINE | {"name": "看山的人学了几回", "phrasings": ["甲"]}])
def test_one_text_for_two_concepts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: dict[str, Any]
) -> None:
    monkeypatch.setattr(module, "CONCEPTS_FOLDER", write(tmp_path, LINE, second))
    with pytest.raises(KnowledgeError, match=second["name"]):
        concepts.__wrapped__()
