"""Which concept a printed name is, and when the answer is that none is known."""

import pytest

from knowledge.concepts import Concept, concepts
from text import concept_names
from text.concept_names import concept_of


def named(text: str) -> str:
    found = concept_of(text)
    return found.name if found else ""


def test_every_name_and_phrasing_finds_its_concept() -> None:
    for concept in concepts():
        for text in (concept.name, *concept.phrasings):
            assert concept_of(text) is concept, text


@pytest.mark.parametrize(
    "text",
    [
        "培训人次",
        " 培训 人次\n",
        "培训人次（人次）",
        "培训人次(单位：人)",
        "培训人次【人次】",
        "1.培训人次",
        "（二）培训人次：",
        "指标1：培训人次",
        "③培训人次",
        "● 培训人次",
        "开展培训人次",
        "全年组织培训人次",
    ],
)
def test_what_does_not_belong_to_a_name_is_taken_off(text: str) -> None:
    assert named(text) == "培训人次"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("口袋公园建设数量", "口袋公园建设个数"),
        ("审计项目数量", "完成审计项目数"),
        ("平台可用性（％）", "系统正常运行率"),
        ("服务可用率ＳＬＡ", "系统正常运行率"),
        ("PM2.5年均浓度", "细颗粒物平均浓度"),
        ("发了多少传单", "发放宣传资料份数"),
    ],
)
def test_other_ways_to_say_it_are_known(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "（人次）", "数量", "满意度", "完成", "完成率", "1.", "开展", "全年"),
        *("培训", "培训人次和会议次数", "培训人次（护林员）", "不培训人次", "1.5培训人次", "😀"),
        "会议培训人次" * 2_000,
    ],
)
def test_what_is_not_known_is_none(text: str) -> None:
    assert concept_of(text) is None


def test_a_core_that_two_concepts_share_tells_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = concepts()[:2]
    shared: dict[str, Concept] = {"开展巡查次数": one, "完成巡查次数": other, "组织演练次数": one}
    monkeypatch.setattr(concept_names, "_exact", lambda: shared)
    loose = concept_names._loose.__wrapped__()
    assert loose == {"巡查次数": None, "演练次数": one}
