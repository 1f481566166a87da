"""The departments: one spelling each, told by the names of units."""

import pytest

from knowledge import departments as table
from knowledge.departments import GENERAL, canonical, department_in, departments


def test_the_table_is_whole() -> None:
    keys = [department.key for department in departments()]
    assert len(keys) == len(set(keys)) >= 30
    assert len({department.name for department in departments()}) == len(keys)
    words = [word for department in departments() for word in department.words]
    assert len(words) == len(set(words))
    assert all(len(word) >= 2 for word in words)


def test_there_is_a_department_for_every_file_of_concepts() -> None:
    files = {path.stem for path in (table.DEPARTMENTS_FILE.parent / "concepts").glob("*.jsonl")}
    assert files <= {department.key for department in departments()}


def test_every_word_tells_its_own_department() -> None:
    for department in departments():
        for word in department.words:
            told = "" if department.key == GENERAL else department.name
            assert department_in(word) == told, word


@pytest.mark.parametrize(
    ("unit", "department"),
    [
        ("融媒体中心（广播电视台）", "宣传融媒体"),
        ("委网络安全和信息化委员会办公室", "宣传融媒体"),
        ("教育局", "教育"),
        ("第一中学", "教育"),
        ("镇中心小学", "教育"),
        ("体育学校", "教育"),
        ("委党校", "组织党群"),
        ("镇卫生院", "卫生健康"),
        ("医疗保障局", "医疗保障"),
        ("疾病预防控制中心", "卫生健康"),
        ("公安局交通警察大队", "公安司法"),
        ("交通运输局", "交通运输"),
        ("林业公安局", "公安司法"),
        ("城市管理行政执法局", "住建城管"),
        ("市场监督管理局", "市场监管"),
        ("退役军人事务局", "退役军人"),
        ("棠溪镇人民政府", "乡镇街道"),
        ("学院路街道城市运行服务中心", "住建城管"),
        ("寺下镇", "乡镇街道"),
        ("赤岭工业园区学校", "教育"),
        ("高新区管委会", "开发园区"),
        ("县人民政府办公室", "政务服务"),
        ("县教育体育局", "教育"),
        ("县人民政府", ""),
        ("甲中心", ""),
        ("", ""),
        ("城镇化办", ""),
    ],
)
def test_units_tell_their_departments(unit: str, department: str) -> None:
    assert department_in(unit) == department


def test_printed_departments_get_their_canonical_spelling() -> None:
    assert canonical("卫生健康") == "卫生健康"
    assert canonical("卫健") == "卫生健康"
    assert canonical("教育系统") == "教育"
    assert canonical("其他") == ""
    assert all(canonical(department.name) == department.name for department in departments())
