"""Where and who: what is inferred is right, kept apart from what is printed, and never mixed."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.walk import find_files
from corpus.jsonlines import from_lines, to_lines
from corpus.parse import parse_bytes
from corpus.records import Document, Indicator, Inferred, Parsed, Project, Value
from corpus.store.database import APPLICATION_ID, migrations
from corpus.store.store import Store
from corpus.where import Settled, located, settled, tells_year
from knowledge.divisions import Place, divisions, named

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
LAOTING = Inferred("河北省", "唐山市", "乐亭县", "宣传融媒体")
PLACES = {division.place for division in divisions()}


def one(project: Project, name: str = "a.txt", folder: str = "") -> Project:
    return located(Parsed((project,)), name, folder).projects[0]


def place(project: Project, name: str = "a.txt", folder: str = "") -> tuple[str, str, str]:
    found = settled(one(project, name, folder))
    return found.province, found.city, found.county


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
@pytest.mark.parametrize(
    ("seed", "inferred"),
    [
        ("000", LAOTING),
        ("001", Inferred("河北省", "张家口市", "怀来县", "宣传融媒体")),
        ("002", Inferred("湖南省", "株洲市", "渌口区", "宣传融媒体")),
        ("003", LAOTING),
        ("004", Inferred("河北省", "承德市", "承德高新技术产业开发区", "宣传融媒体")),
    ],
)
def test_the_seeds(seed: str, inferred: Inferred) -> None:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    for project in parse_bytes(path.read_bytes(), path.name).projects:
        assert project.inferred == inferred
        assert (project.province, project.city, project.county, project.department) == ("",) * 4
        assert project.year is None or project.year_inferred is None


def test_a_project_code_starts_with_its_division() -> None:
    laoting = ("河北省", "唐山市", "乐亭县")
    assert place(Project(unit="融媒体中心", code="13022524P00420610016U")) == laoting
    assert place(Project(unit="唐山市教育局", code="13022524P0042")) == laoting


def test_a_county_that_no_table_knows_is_not_the_one_of_the_code() -> None:
    unit = Project(unit="林泽屿县公安局", code="13062926P00210310008T")
    assert place(unit) == ("河北省", "保定市", "")


@pytest.mark.parametrize("code", ["401001", "130225", "99022524P00420610016U", "2024130225P001"])
def test_other_codes_are_no_divisions(code: str) -> None:
    assert place(Project(unit_code="130225", code=code)) == ("", "", "")


def test_evidence_is_taken_in_order_and_never_mixed() -> None:
    unit = Project(unit="渌口区融媒体中心")
    assert place(unit) == ("湖南省", "株洲市", "渌口区")
    assert place(unit, "怀来县.txt", "河北省/唐山市") == ("湖南省", "株洲市", "渌口区")
    assert place(replace(unit, code="13022524P00420610016U"))[0] == "河北省"
    assert place(replace(unit, province="河北省")) == ("河北省", "", "")
    title = Project(unit="高新区宣传中心", name="承德高新区新闻合办专项")
    assert place(title)[:2] == ("河北省", "承德市")
    assert place(Project(unit="石家庄市城管局", name="长安区道路维修")) == (
        "河北省",
        "石家庄市",
        "",
    )


def test_names_borne_by_several_are_decided_by_file_or_folder() -> None:
    unit = Project(unit="新华区教育局")
    assert place(unit) == ("", "", "")
    assert place(unit, "沧州市教育系统.xlsx") == ("河北省", "沧州市", "新华区")
    assert place(unit, folder="河南省/平顶山市") == ("河南省", "平顶山市", "新华区")
    assert place(unit, folder="河北省") == ("河北省", "", "")


def test_folders_tell_where_nothing_else_does() -> None:
    bare = Project(unit="融媒体中心")
    assert place(bare, folder="湖南省/株洲市/渌口区/2024") == ("湖南省", "株洲市", "渌口区")
    assert place(bare, folder="河北/衡水/安平") == ("河北省", "衡水市", "安平县")
    assert place(bare, "库.zip/乐亭县/a.docx") == ("河北省", "唐山市", "乐亭县")
    assert place(bare, folder="公安/资源") == ("", "", "")
    inferred = one(Project(unit="甲中心"), folder="乐亭县/教育局").inferred
    assert inferred == Inferred("河北省", "唐山市", "乐亭县", "教育")


def test_projects_of_a_document_share_the_place_they_agree_on() -> None:
    coded = Project(unit="融媒体中心", code="13022524P00420610016U")
    other = Project(unit="广播站", code="43021224P00420610016U")
    alone = Project(unit="融媒体中心")
    city = Project(unit="唐山市教育局")
    assert located(Parsed((city, coded, coded)), "a").projects[0].inferred.county == ""
    assert located(Parsed((alone, coded)), "a").projects[0].inferred.county == "乐亭县"
    assert located(Parsed((alone, coded, other)), "a").projects[0].inferred.county == ""


def test_what_is_printed_is_not_inferred_and_holds() -> None:
    printed = Project(
        unit="某中心", province="湖南", city="株洲", county="渌口", department="卫健", year=2024
    )
    found = one(replace(printed, year_inferred=2023), "2022年.txt", "河北省")
    assert found == printed
    assert settled(found) == Settled("湖南省", "株洲市", "渌口区", "卫生健康", 2024)
    county = one(Project(county="乐亭县"))
    assert county.inferred == Inferred("河北省", "唐山市", "")
    unknown = Project(unit="怀来县教育局", county="甲县")
    assert one(unknown).inferred == Inferred(department="教育")
    assert settled(unknown).county == "甲县"
    assert place(Project(unit="怀来县教育局", county="县本级"))[:2] == ("河北省", "张家口市")


def test_corrected_fields_are_never_mixed_with_what_was_inferred() -> None:
    before = one(Project(unit="乐亭县教育局"))
    after = settled(replace(before, county="怀来县"))
    assert (after.province, after.city, after.county) == ("河北省", "张家口市", "怀来县")
    after = settled(replace(before, province="湖南省"))
    assert (after.province, after.city, after.county) == ("湖南省", "", "")
    assert settled(replace(before, county="甲县")).county == "甲县"


def test_departments() -> None:
    assert one(Project(unit="公安县人民医院")).inferred.department == "卫生健康"
    assert one(Project(unit="中共乐亭县委办公室")).inferred.department == "组织党群"
    assert one(Project(unit="乐亭县人民政府")).inferred.department == ""
    assert one(Project(), "乐亭县教育局2024年部门预算绩效目标.docx").inferred.department == "教育"
    assert one(Project(), "2024年部门预算绩效目标.docx").inferred.department == ""
    assert one(Project(), "部门整体支出绩效自评.docx").inferred.department == ""


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (("乐亭县2024年目标",), 2024),
        (("绩效目标表_2025",), 2025),
        (("a", "2023", "2022"), 2023),
        (("2023年决算和2024年预算",), None),
        (("20240315", "042024f4"), None),
        (("2024-03-15公开",), None),
        (("12024号", "1999年"), None),
    ],
)
def test_years_in_file_names(names: tuple[str, ...], year: int | None) -> None:
    assert tells_year(names) == year


def test_the_year_of_the_file_is_the_last_resort() -> None:
    assert one(Project(), "2024年.txt").year_inferred == 2024
    assert one(Project(year_inferred=2022), "2024年.txt").year_inferred == 2022
    assert one(Project(year=2023), "2024年.txt").year_inferred is None
    assert one(Project(), "a.txt", "乐亭县/2023年度").year_inferred == 2023


@given(
    *[st.sampled_from(["", *sorted({d.name for d in divisions()})])] * 4,
    st.sampled_from(["", *(f"{d.code}24P001" for d in divisions())]),
)
def test_what_is_inferred_is_one_real_place(
    unit: str, title: str, file: str, folder: str, code: str
) -> None:
    project = Project(unit=f"{unit}教育局", name=title, code=code)
    found = one(project, f"{file}.txt", folder).inferred
    own = Place(found.province, found.city, found.county)
    assert own == Place() or own in PLACES
    wide = [known for known in named(unit) if known.level]
    if not code and wide:
        assert own == Place() or any(own.holds(k) or k.holds(own) for k in wide)


def test_a_second_look_changes_nothing() -> None:
    first = located(Parsed((Project(unit="乐亭县教育局"),)), "2024年.txt")
    assert located(first, "怀来县2023年.txt", "湖南省") == first
    lines = b"".join(map(_encoded, to_lines(first.projects[0])))
    assert from_lines(lines, "x").projects == first.projects
    assert parse_bytes(lines, "怀来县2023年.jsonl").projects == first.projects


def test_the_folders_below_the_one_given_are_passed_on(tmp_path: Path) -> None:
    root = tmp_path / "河北省"
    inner = root / "唐山市" / "乐亭县"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("x", "utf-8")
    (root / "b.txt").write_text("x", "utf-8")
    folders = {file.path.name: file.folder for file in find_files([root]).files}
    assert folders == {"a.txt": "河北省/唐山市/乐亭县", "b.txt": "河北省"}
    assert find_files([inner / "a.txt"]).files[0].folder == ""
    both = {file.path.name: file.folder for file in find_files([inner, root]).files}
    assert both == folders


def test_stores_of_before_are_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    with sqlite3.connect(path) as raw:
        raw.executescript(migrations()[0][1])
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA user_version = 1")
        raw.execute("INSERT INTO document VALUES ('d', 'd', 1, '', '[]', '[]', 'c')")
        raw.execute(
            "INSERT INTO project VALUES (1, 'd', 1, 'i', 'i', 1, '甲局', '', '', '', 2024, NULL, "
            "NULL, 'project', 'target', '', '', '[]', '', '', '甲县', '', '', '', 0)"
        )
    raw.close()
    project = Project(unit="乐亭县教育局", indicators=(Indicator("a", Value("1")),))
    wanted = one(project)
    with Store.open(path, write=True) as store:
        store.put(Document("e" * 64, "e", "/e", 1, "", Parsed((wanted,))))
    with Store.open(path) as store:
        found = {stored.project.unit: stored.project for stored in store.projects()}
    assert found["甲局"].county == "甲县"
    assert found["甲局"].inferred == Inferred()
    assert found["乐亭县教育局"] == wanted
    assert wanted.inferred == Inferred("河北省", "唐山市", "乐亭县", "教育")


def _encoded(line: object) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"
