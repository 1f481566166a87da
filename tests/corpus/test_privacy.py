"""No name or number of a person gets into the store, whatever layout it comes in."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.ingest import ingest_paths
from corpus.jsonlines import parsed_lines, to_lines
from corpus.parse import parse_bytes
from corpus.person_cells import seen_in
from corpus.privacy import masked, masked_reason
from corpus.records import (
    Goal,
    GradeStandard,
    Indicator,
    Masked,
    Parsed,
    Project,
    Quantity,
    Remark,
    SpendingStep,
    ValueKind,
)
from corpus.store.store import Store
from corpus.values import parse_value
from errors import InputError

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
NAME, MOBILE, LANDLINE, CARD = "诸葛小兰", "13812345678", "0312-7654321", "11010519491231002X"
EMAIL, SECOND = "zhuge@example.cn", "买合木提·艾力"
PERSONAL = (NAME, MOBILE, LANDLINE, "7654321", CARD, EMAIL, SECOND)

# One row of a form with personal data, as each family of text files prints it.
ROWS = {
    "A1": f"\t项目负责人\n\t{NAME}\n\t联系电话\n\t{MOBILE}\n",
    "A2": f"项目负责人\n\n{NAME}\n\n联系电话\n\n{MOBILE}\n",
    "B": f"项目负责人 |\n{NAME} |\n联系电话 |\n{MOBILE} ||\n",
    "C": f"项目负责人 | {NAME} | 联系电话 | {MOBILE}\n",
    "D": f"项目负责人 {NAME} 联系电话 {MOBILE}\n",
    "E": f"项目负责人\t{NAME}\t联系电话\t{MOBILE}\n",
    "F": f"项目负责人{NAME}联系电话{MOBILE}",
    "G": f"项目负责人 {NAME} 联系电话 {MOBILE} ",
    "H": f"项目负责人\n{NAME}\n联系电话\n{MOBILE}\n",
    "I": f"项目负责人{NAME}，联系电话{MOBILE}。",
    "J": f"项目负责人{NAME}联系电话{MOBILE}",
}
HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
BODY = (
    ("产出指标", "数量指标", "培训教师人次", "≥1200人次"),
    ("产出指标", "质量指标", "验收合格率", "≥95%"),
    ("效益指标", "社会效益指标", "学生受益人数", "≥5000人"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)
ABOUT = (
    ("项目名称", "校舍维修", "项目负责人", NAME),
    ("填报单位", "某县教育局", "联系电话", LANDLINE),
    ("联系人", SECOND, "电子邮箱", EMAIL),
    ("身份证号", CARD, "年度资金总额", "120万元"),
    ("绩效目标", f"完成校舍维修。联系人：{SECOND}，手机{MOBILE}，维修面积8600平方米。", "", ""),
)


def said(parsed: Parsed) -> str:
    return json.dumps(list(parsed_lines(parsed)), ensure_ascii=False)


def leaks(text: str) -> list[str]:
    """Personal data of these tests that stand in a text, also with white space inside."""
    squeezed = re.sub(r"\s", "", text)
    return [one for one in PERSONAL if one in squeezed]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_row_of_a_form_leaves_nothing_wherever_it_stands(path: Path) -> None:
    data = path.read_bytes()
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        lines = data.decode("gb18030").splitlines(keepends=True)
    row = ROWS[path.stem.split("_")[1]]
    counted = 0
    places = range(0, len(lines) + 1, max(1, len(lines) // 12))
    for place in places:
        text = "".join((*lines[:place], row, *lines[place:]))
        try:
            parsed = parse_bytes(text.encode(), path.name)
        except InputError:
            continue
        assert leaks(said(parsed)) == [], f"inserted at line {place + 1}"
        counted += parsed.masked.names > 0 and parsed.masked.phones > 0
    assert counted >= len(places) / 3


def as_text(rows: tuple[tuple[str, ...], ...]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def as_csv(rows: tuple[tuple[str, ...], ...]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def as_html(rows: tuple[tuple[str, ...], ...]) -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><meta charset=utf-8><table>{body}</table></html>".encode()


def as_xlsx(rows: tuple[tuple[str, ...], ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = f"表{MOBILE}"
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(rows: tuple[tuple[str, ...], ...]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=4)
    for line, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[tuple[tuple[str, ...], ...]], bytes]] = {
    "txt": as_text, "csv": as_csv, "html": as_html, "xlsx": as_xlsx,
    "docx": as_docx,
}  # fmt: skip


@pytest.mark.parametrize("ending", WRITERS)
def test_nothing_personal_is_in_any_text_of_the_database(ending: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / f"绩效目标_{MOBILE}.{ending}").write_bytes(WRITERS[ending]((*ABOUT, HEAD, *BODY)))
    (docs / f"坏{LANDLINE}.txt").write_bytes(b"")
    (docs / "坏.jsonl").write_text(json.dumps({"type": f"电话{MOBILE}"}), "utf-8")
    for _ in range(2):
        with Store.open(tmp_path / "corpus.sqlite", write=True) as store:
            counts = ingest_paths(store, tmp_path / "files", [docs], workers=1)
            (document,) = store.documents()
    assert (counts.unchanged, len(counts.skipped)) == (1, 2)
    assert document.indicators == len(BODY)
    assert document.masked.names == 2
    assert document.masked.phones >= 2
    assert document.masked.ids == document.masked.emails == 1
    with sqlite3.connect(tmp_path / "corpus.sqlite") as raw:
        dump = "\n".join(raw.iterdump())
    assert "验收合格率" in dump
    assert leaks(dump) == []
    assert leaks(json.dumps([[one.path, one.reason] for one in counts.skipped])) == []
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("corpus.sqlite*"))
    assert [one for one in PERSONAL if one.encode() in kept] == []


def test_a_column_of_names_and_numbers_in_a_flat_export() -> None:
    head = ("单位名称", "项目名称", "负责人", "联系电话", *HEAD)
    rows = [("某县教育局", "校舍维修", "周小兰", MOBILE, *row) for row in BODY]
    rows += [("某县水利局", "水库除险", "李明", "13912345678", *row) for row in BODY]
    for data, name in ((as_text((head, *rows)), "a.txt"), (as_csv((head, *rows)), "a.csv")):
        parsed = parse_bytes(data, name)
        assert sum(len(project.indicators) for project in parsed.projects) == 8
        assert (parsed.masked.names, parsed.masked.phones) == (2, 2)
        out = said(parsed)
        assert not any(one in out for one in ("周小兰", "李明", MOBILE, "13912345678"))


def test_lines_of_another_writer_are_masked_field_by_field() -> None:
    project = Project(
        unit=f"某县教育局 联系人：{NAME}",
        name="维修",
        code="13022526P00000000001A",
        goal=f"电话{MOBILE}",
        purpose=f"负责人：{SECOND}",
        spending_plan=(SpendingStep(f"联系人：{NAME}", f"{LANDLINE}", None),),
        goals=(
            Goal(1, f"完成12期，拨打{MOBILE}", quantities=(
                Quantity(12, "期", "12期"), Quantity(float(MOBILE), "", MOBILE))),
        ),
        indicators=(
            Indicator("联系电话", parse_value(MOBILE)),
            Indicator("负责人", parse_value(NAME)),
            Indicator("产值", parse_value("≥13800000000元"), actual="13800000000"),
            Indicator(f"拨打{MOBILE}", description=EMAIL, basis=CARD, area=f"联系人：{NAME}",
                      level2_raw=f"电话{MOBILE}", grades=(GradeStandard("优", f"电话{MOBILE}"),)),
        ),
    )  # fmt: skip
    remarks = (Remark(f"表{LANDLINE}.txt", f"sheet {LANDLINE}", f"row: 电话{MOBILE}"),)
    parsed = masked(Parsed((project,), remarks, remarks), f"b_{MOBILE}")
    assert leaks(said(parsed)) == []
    found = parsed.projects[0]
    assert found.code == project.code
    assert found.indicators[2] == project.indicators[2]
    assert found.indicators[0].value.kind is ValueKind.QUALITATIVE
    assert found.indicators[0].value.number is None
    assert found.goals[0].quantities == (Quantity(12, "期", "12期"),)
    assert parsed.masked == Masked(names=2, phones=2, ids=1, emails=1)
    assert parsed.notes[-1].reason == "masked: 2 names, 2 phones, 1 ID number, 1 e-mail"


def test_the_report_says_nothing_where_nothing_was() -> None:
    assert masked_reason(Masked()) == ""
    parsed = parse_bytes(as_text((HEAD, *BODY)), "a.txt")
    assert parsed.masked == Masked()
    assert parsed.notes == ()


PLAIN = st.text(
    st.sampled_from("≥95%万元期播出率教师培训满意度2023年12月底前完成、。\n"), max_size=16
)
ROW = st.builds(
    Indicator, PLAIN, st.builds(parse_value, PLAIN), description=PLAIN, basis=PLAIN, actual=PLAIN
)


@given(st.lists(ROW, max_size=4).map(tuple), PLAIN, PLAIN)
def test_what_names_nobody_is_the_same_object(
    rows: tuple[Indicator, ...], goal: str, reason: str
) -> None:
    project = Project("某县教育局", "425001", goal, goal=goal, indicators=rows)
    parsed = Parsed((project,), (Remark("a.txt", "table 1", reason),))
    assert masked(parsed, "a.txt") is parsed
    assert masked(parsed, "a.txt", seen_in(())) is parsed
    assert list(to_lines(project))


def test_files_named_after_people_can_be_told_apart_and_pruned(tmp_path: Path) -> None:
    docs = tmp_path / "docs" / f"联系电话{MOBILE}"
    docs.mkdir(parents=True)
    for number, row in ((MOBILE, BODY[0]), ("13912345678", BODY[1])):
        (docs / f"表_{number}.txt").write_bytes(as_text((HEAD, row)))
    with zipfile.ZipFile(docs / "包.zip", "w") as archive:
        archive.writestr(f"表_{MOBILE}.txt", as_text((HEAD, BODY[2])))
    with Store.open(tmp_path / "corpus.sqlite", write=True) as store:

        def ingest() -> tuple[int, int, int]:
            counts = ingest_paths(store, tmp_path / "files", [docs.parent], prune=True, workers=1)
            return counts.documents, counts.unchanged, counts.removed

        assert ingest() == (3, 0, 0)
        assert ingest() == (3, 3, 0)
        (docs / f"表_{MOBILE}.txt").unlink()
        assert ingest() == (2, 2, 1)
        assert len(list(store.documents())) == 2
        assert leaks(json.dumps([[one.name, one.paths] for one in store.documents()])) == []
        assert {row.indicator.name for row in store.indicators()} == {BODY[1][2], BODY[2][2]}
        docs.rename(docs.parent / "另一处")
        assert ingest()[0] == 2
    with sqlite3.connect(tmp_path / "corpus.sqlite") as raw:
        assert leaks("\n".join(raw.iterdump())) == []
