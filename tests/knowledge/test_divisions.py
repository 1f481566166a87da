"""The administrative divisions: the table holds together, codes and names lead to places."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.divisions import (
    Place,
    by_code,
    divisions,
    mentions,
    named,
    narrowed,
    places_in,
    shared,
)

COUNTIES = [division for division in divisions() if division.place.county]
PRESENT = [division for division in COUNTIES if not division.former]
LAOTING = Place("河北省", "唐山市", "乐亭县")
LUKOU = Place("湖南省", "株洲市", "渌口区")
NAMES = st.sampled_from(sorted({division.name for division in divisions()}))


def only(text: str) -> Place | None:
    found = places_in(text)
    return found[0] if len(found) == 1 else None


def test_the_table_is_whole() -> None:
    codes = Counter(division.code for division in divisions())
    assert max(codes.values()) == 1
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    assert sum(code.endswith("0000") for code in codes) == 31
    cities = {division.place[:2] for division in divisions() if division.place.city}
    assert 335 <= len(cities) <= 345
    real = [division for division in PRESENT if division.code[4] != "7"]
    assert 2840 <= len(real) <= 2870
    assert len({division.place for division in PRESENT}) == len(PRESENT)


def test_names_are_chinese_with_an_ending() -> None:
    for division in divisions():
        assert re.fullmatch(r"[\u3400-\u9fff]+", division.name), division
        if division.place.level < 3:
            assert re.search(r"[省市区州盟]$", division.name), division
        elif division.code[4] in "0128":
            assert re.search(r"[市区县旗岛域]$", division.name), division


def test_every_county_is_found_from_its_code_and_from_its_name() -> None:
    for county in PRESENT:
        place = county.place
        assert by_code(county.code) == county
        assert by_code(f"{county.code}001") == county
        assert by_code(f"{county.code}001002") == county
        found = places_in(place.province + county.name)
        assert place in found, county
        assert {other.county for other in found} == {place.county}, county
        whole = place.province + (place.city if place.city != place.province else "")
        assert only(whole + county.name) == place, county
        assert only(f"{whole}{county.name}财政局") == place, county
        assert place in named(county.name)


def test_every_city_is_found_from_its_code_and_from_its_name() -> None:
    for division in divisions():
        if division.place.level == 2 and not division.code.endswith("0000"):
            assert by_code(division.code) == division
            assert by_code(division.code[:4]) == division
            assert only(division.name + "教育局") == division.place


def test_codes_that_are_none() -> None:
    for code in ("401001", "425001", "", "13", "1", "13022", "130299", "999999", "一三零二二五"):
        found = by_code(code)
        assert found is None or code == "13"
    assert by_code("130201") == by_code("1302") == by_code("130200")


def test_names_borne_by_several_are_known_only_within_a_larger_place() -> None:
    for text in ("新华区教育局", "城关区财政局", "鼓楼区民政局", "城区", "市中区", "永定区"):
        assert len(places_in(text)) > 1
        assert shared(places_in(text)).county == ""
    assert shared(places_in("普陀区")) == Place()
    assert only("沧州市新华区教育局") == Place("河北省", "沧州市", "新华区")
    assert only("兰州城关区财政局") == Place("甘肃省", "兰州市", "城关区")
    assert only("上海市普陀区") == Place("上海市", "上海市", "普陀区")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("乐亭县广播电视台本级", LAOTING),
        ("中共乐亭县委网络安全和信息化委员会办公室", LAOTING),
        ("425001乐亭县广播电视台本级", LAOTING),
        ("河北/唐山/乐亭", LAOTING),
        ("株洲市渌口区融媒体中心(广播电视台)", LUKOU),
        ("湖南渌口区", LUKOU),
        ("渌口融媒体中心", LUKOU),
        ("湘西州民族特殊教育学校", Place("湖南省", "湘西土家族苗族自治州")),
        ("围场县教育局", Place("河北省", "承德市", "围场满族蒙古族自治县")),
        ("承德高新区宣传中心", Place("河北省", "承德市", "承德高新技术产业开发区")),
        ("承德市高新区管委会", Place("河北省", "承德市", "承德高新技术产业开发区")),
        ("西安高新区管委会", Place("陕西省", "西安市")),
        ("常德市生态环境局澧县分局", Place("湖南省", "常德市", "澧县")),
        ("天津市公安局蓟州分局", Place("天津市", "天津市", "蓟州区")),
        ("滦县教育局", Place("河北省", "唐山市", "滦县")),
        ("公主岭市教育局", Place("吉林省", "长春市", "公主岭市")),
        ("仙桃市教育局", Place("湖北省", "", "仙桃市")),
        ("东莞市教育局", Place("广东省", "东莞市")),
        ("长沙教育局", Place("湖南省", "长沙市")),
        ("吉林省教育厅", Place("吉林省")),
        ("衡水安平教育局", Place("河北省", "衡水市", "安平县")),
        ("西安市民政局", Place("陕西省", "西安市")),
        ("公安县人民医院", Place("湖北省", "荆州市", "公安县")),
        ("荆州市公安局", Place("湖北省", "荆州市")),
        ("丰城市市场监督管理局", Place("江西省", "宜春市", "丰城市")),
        ("乐亭县对口支援平山县项目", LAOTING),
    ],
)
def test_places_in_names_of_units(text: str, place: Place) -> None:
    assert only(text) == place


@pytest.mark.parametrize(
    "text",
    "融媒体中心 公安局 农产品合作市场 健康县城建设 太和镇人民政府 平安街道办事处 新华小学 "
    "资源管理局 人文县域 乌兰泊市市场监督管理局 青禾县教育局本级 省残联 和平路街道 振兴乡村办 "
    "惠民中心".split(),
)
def test_words_that_only_look_like_places(text: str) -> None:
    assert places_in(text) == ()


@given(NAMES, NAMES)
def test_narrowing_never_mixes_places(one: str, other: str) -> None:
    left, right = named(one), named(other)
    for place in narrowed(left, right):
        assert place in (*left, *right)
        assert any(wide.holds(place) for wide in left)
        assert any(wide.holds(place) for wide in right)


@given(st.lists(st.one_of(NAMES, st.text(max_size=6))).map("".join))
def test_mentions_stand_where_they_say(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    known = {division.place for division in divisions()}
    assert set(places_in(text)) <= known
