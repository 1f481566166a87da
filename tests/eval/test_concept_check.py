"""The check of the concepts: faults planted in a folder are found, and ours has none."""

import json
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import KnowledgeError, UsageError
from eval.concept_check import (
    NEAR_TEXTS,
    Fault,
    Finding,
    check,
    near_pairs,
    similarity,
)

PHRASINGS = (
    "道班养路里程",
    "县乡公路管养公里数",
    "平时有人修的路有多长",
    "列养线路总长",
    "坑洼有人填的公里数",
    "日养规模",
)
ROAD: dict[str, Any] = {
    "name": "农村公路日常养护里程",
    "level2": "数量",
    "measure_class": "length",
    "measures": ["公里"],
    "polarity": "higher",
    "phrasings": list(PHRASINGS),
    "value": "≥80公里",
    "confused_with": [],
}
LAMP: dict[str, Any] = ROAD | {
    "name": "路灯亮灯率",
    "measure_class": "share",
    "phrasings": [f"{word}照明" for word in ("夜间", "街面", "巷口", "城区", "广场", "桥头")],
}


def planted(folder: Path, *lines: dict[str, Any], queries: tuple[str, ...] = ()) -> list[Finding]:
    asked = folder / "queries"
    asked.write_text(
        "".join(f"{json.dumps({'query': query})}\n" for query in queries), encoding="utf-8"
    )
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    (folder / "transport.jsonl").write_text(text, encoding="utf-8")
    return list(check(folder, asked).findings)


def brief(findings: list[Finding]) -> list[tuple[Fault, str, str]]:
    return [(finding.fault, finding.text, finding.other) for finding in findings]


def test_sound_concepts_have_no_findings(tmp_path: Path) -> None:
    assert planted(tmp_path, ROAD, LAMP) == []


def test_a_name_given_twice(tmp_path: Path) -> None:
    other = LAMP | {"name": ROAD["name"]}
    assert brief(planted(tmp_path, ROAD, other)) == [
        (Fault.SAME_NAME, ROAD["name"], "交通运输"),
    ]


def test_a_phrasing_of_two_concepts(tmp_path: Path) -> None:
    other = LAMP | {"phrasings": [*LAMP["phrasings"], "日养 规模"]}
    assert brief(planted(tmp_path, ROAD, other)) == [
        (Fault.SAME_TEXT, "日养 规模", ROAD["name"]),
    ]


def test_names_near_each_other(tmp_path: Path) -> None:
    other = LAMP | {"name": "农村公路日常养护总里程"}
    (found,) = planted(tmp_path, ROAD, other)
    assert (found.fault, found.text, found.other) == (
        Fault.NEAR_NAME,
        "农村公路日常养护总里程",
        ROAD["name"],
    )
    assert found.similarity is not None and 0.85 <= found.similarity < 1


def test_phrasings_near_each_other(tmp_path: Path) -> None:
    long = "县里乡里村里平时有人管有人修的公路一共多长"
    first = ROAD | {"phrasings": [*PHRASINGS, long]}
    other = LAMP | {"phrasings": [*LAMP["phrasings"], long + "呢"]}
    (found,) = planted(tmp_path, first, other)
    assert (found.fault, found.text, found.other) == (
        Fault.NEAR_TEXT,
        long + "呢",
        f"{ROAD['name']}: {long}",
    )


def test_thin_concepts(tmp_path: Path) -> None:
    alike = [f"农村公路日常养护{word}里程" for word in ("总", "路", "段", "面", "道")]
    found = planted(tmp_path, ROAD | {"phrasings": alike}, LAMP)
    assert {finding.fault for finding in found} == {
        Fault.FEW_PHRASINGS,
        Fault.ALIKE_PHRASINGS,
        Fault.NO_FAR_PHRASINGS,
    }


def test_too_many_phrasings(tmp_path: Path) -> None:
    many = [chr(0x4E00 + 7 * number) * 3 for number in range(13)]
    assert brief(planted(tmp_path, ROAD | {"phrasings": many})) == [
        (Fault.MANY_PHRASINGS, "", "13")
    ]


def test_a_confusion_with_nothing_or_with_itself(tmp_path: Path) -> None:
    wrong = ROAD | {"confused_with": ["无此概念", ROAD["name"], LAMP["name"]]}
    assert brief(planted(tmp_path, wrong, LAMP)) == [
        (Fault.UNKNOWN_NAME, "无此概念", ""),
        (Fault.UNKNOWN_NAME, ROAD["name"], ""),
    ]


def test_phrasings_that_repeat_a_query_but_not_names(tmp_path: Path) -> None:
    queries = ("平时有人修的路有多长？", ROAD["name"], "日养规模", "日养规模")
    found = planted(tmp_path, ROAD, LAMP, queries=queries)
    assert sorted(brief(found)) == [
        (Fault.NEAR_QUERY, "平时有人修的路有多长", ""),
        (Fault.NEAR_QUERY, "日养规模", ""),
    ]
    assert all("？" not in str(asdict(finding)) for finding in found)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        check(tmp_path)
    planted(tmp_path, ROAD)
    with pytest.raises(UsageError, match="no-such"):
        check(tmp_path, tmp_path / "no-such")
    (tmp_path / "queries").write_text('{"text": "x"}\n')
    with pytest.raises(UsageError, match="query"):
        check(tmp_path, tmp_path / "queries")


def test_our_concepts_are_whole() -> None:
    figures = check()
    counted = {item.fault: item.findings for item in figures.faults}
    near = counted.pop(Fault.NEAR_NAME)
    assert not any(counted.values()), figures.findings
    assert near <= 30  # siblings that differ by a word: 食品抽检合格率, 药品抽检合格率
    assert sum(item.concepts for item in figures.departments) == figures.concepts
    assert sum(item.concepts for item in figures.level2) == figures.concepts


texts = st.lists(st.text("路灯桥河长", min_size=0, max_size=9), max_size=25)


@given(texts, st.sampled_from([0.3, 0.5, 2 / 3, 0.8, NEAR_TEXTS, 1.0]))
def test_near_pairs_are_those_of_a_full_comparison(found: list[str], at_least: float) -> None:
    expected = {
        (one, other)
        for one, other in combinations(range(len(found)), 2)
        if similarity(found[one], found[other]) >= at_least
    }
    assert {(one, other) for one, other, _ in near_pairs(found, at_least)} == expected
