"""The real documents: what a careful reader finds in them, row by row."""

from pathlib import Path

import pytest

from corpus.parse import read_document
from quality.check import check_project
from quality.findings import ProjectReview
from quality.lookup import ConceptLookup

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")


def reviews(name: str, lookup: ConceptLookup) -> dict[str, ProjectReview]:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    parsed = read_document(path.read_bytes(), path.name)
    return {p.name: check_project(p, lookup) for p in parsed.projects if p.name}


def rules_of(review: ProjectReview, name: str) -> set[str]:
    rows = [n for n, row in enumerate(review.project.indicators) if row.name == name]
    return {one.rule.id for position in rows for one in review.of_row(position)}


def test_a_department_that_copies_names_into_values(lookup: ConceptLookup) -> None:
    found = reviews("004", lookup)
    assert len(found) == 5
    for review in found.values():
        assert review.standing.weak == tuple(range(9))
        assert review.standing.measurable == ()
        assert review.standing.by_rule["V01"] == 9
        assert "P03" in review.standing.by_rule
    ads = found["新闻宣传管理工作"]
    assert {"V01", "N02"} <= rules_of(ads, "广告宣传数量")
    assert {"V01", "N01"} <= rules_of(ads, "社会影响力")
    assert {"V01", "T05"} <= rules_of(ads, "资金使用合规率")


def test_a_county_that_mostly_measures(lookup: ConceptLookup) -> None:
    found = reviews("002", lookup)
    operation = found["2026年融媒体中心运行专项"]
    radio = found["2026年村村响运行维护专项"]
    for review in (operation, radio):
        assert len(review.standing.weak) < review.standing.rows / 2
        assert "V04" in rules_of(review, "受众满意度")  # 90% with the unit % beside it
    assert "U01" in rules_of(operation, "保障各平台运行稳定")  # 365 days as quality
    assert "U01" in rules_of(radio, "设备稳定运行")
    assert rules_of(radio, "村村响系统村级终端维护") == set()
    assert "V03" in rules_of(radio, "及时播发灾害预警，减少的百姓财产损失")


def test_a_county_of_one_value(lookup: ConceptLookup) -> None:
    found = reviews("000", lookup)
    building = found["融媒体中心建设经费"]
    assert {"P02", "P03", "P05"} <= {o.rule.id for o in building.findings if o.position is None}
    assert "T01" in rules_of(building, "完成项目数量")
    assert "T02" in rules_of(building, "资金成本")
    assert "V04" in rules_of(found["形象展示宣传资金"], "生态效益指标")


def test_slogans(lookup: ConceptLookup) -> None:
    found = reviews("003", lookup)
    watching = found["购买舆情监测服务"]
    for name in ("社会影响力", "网络生态空间", "维护经济发展", "持续监测网络舆情"):
        assert "V03" in rules_of(watching, name)
    assert "U01" in rules_of(watching, "专项资金使用率")
