"""Boilerplate families: marks, templates, echoes, copied tables, shares."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Goal, Indicator, Project, ProjectKind
from corpus.store.stored import StoredProject
from corpus.values import parse_value
from embed.open import open_encoder
from peers.boilerplate.build import Boilerplate, boilerplate_of
from peers.boilerplate.masks import (
    INDICATOR,
    LABELS,
    NUMBER,
    PROJECT,
    UNIT,
    Masker,
    comparable,
)
from peers.boilerplate.records import Family, Form, Kind, Stage
from peers.boilerplate.templates import template_of

Row = tuple[str, str, str]


def stored(
    unit: str,
    name: str,
    rows: Sequence[Row],
    goals: Sequence[str] = (),
    year: int = 2026,
    kind: ProjectKind = ProjectKind.PROJECT,
) -> StoredProject:
    """A project with rows of name, value and description."""
    indicators = tuple(
        Indicator(
            name=row,
            value=parse_value(value, name=row, description=description),
            description=description,
        )
        for row, value, description in rows
    )
    project = Project(
        unit=unit,
        name=name,
        year=year,
        kind=kind,
        goals=tuple(Goal(order, text) for order, text in enumerate(goals, start=1)),
        indicators=indicators,
    )
    own_id = f"{abs(hash((unit, name, year, kind))) % 16**12:012x}"
    return StoredProject(own_id, project, (), f"document of {unit}")


def family_of(found: Boilerplate, kind: Kind, template: str) -> Family:
    fitting = [one.family for one in found.families[kind] if one.family.template == template]
    assert len(fitting) == 1, [one.family.template for one in found.families[kind]]
    return fitting[0]


LAMPS = [
    ("路灯维护盏数", "≥1200盏", "反映路灯维护盏数情况"),
    ("路灯亮灯率", "≥98%", "反映路灯亮灯率情况"),
    ("路灯报修修复时限", "≤24小时", "反映路灯报修修复时限情况"),
    ("路灯年均电费支出", "≤86万元", "反映路灯年均电费支出情况"),
]


def test_words_of_the_own_project_are_marked() -> None:
    mask = Masker(Project(unit="澄溪县教育局", name="2026年校舍维修改造项目"))
    assert mask("完成校舍维修改造3,200平方米").text == f"完成{PROJECT}{NUMBER}平方米"
    assert mask("2. 澄溪县教育局做好各项工作。").text == f"{UNIT}做好各项工作"
    assert mask("教育局做好各项工作").text == f"{UNIT}做好各项工作"
    masked = mask("反映受益人数情况", "受益人数")
    assert (masked.text, masked.fills) == (f"反映{INDICATOR}情况", ("受益人数",))
    assert mask("第三方评估报告数").text == "第三方评估报告数"


@given(st.text(max_size=40), st.text(max_size=12))
def test_filling_the_marks_gives_the_comparable_text_again(text: str, name: str) -> None:
    masked = Masker(Project(unit="荻岭县水利局", name="河道治理工程"))(text, name)
    words = iter(masked.fills)
    filled = "".join(next(words) if c in LABELS else c for c in masked.text)
    assert filled == comparable(text)
    assert next(words, None) is None


def test_the_template_names_its_slots_and_what_stands_in_them() -> None:
    fills: dict[str, list[tuple[str, ...]]] = {}
    for project, text in (
        ("路灯维护经费", "完成路灯维护1200盏，保障照明。"),
        ("绿化养护", "完成绿化养护30万平方米，保障照明"),
        ("绿化养护", "全年完成绿化养护40万平方米，保障照明"),
    ):
        masked = Masker(Project(name=project))(text)
        fills.setdefault(masked.text, []).append(masked.fills)
    template, slots = template_of(list(fills), fills)
    assert template == "〈…〉完成〈项目〉〈N〉〈计量单位〉，保障照明"
    assert [template[slot.start : slot.end] for slot in slots] == [slot.label for slot in slots]
    shown = {slot.label: {fill.text: fill.n for fill in slot.fills} for slot in slots}
    assert shown["〈项目〉"] == {"路灯维护": 1, "绿化养护": 2}
    assert shown["〈计量单位〉"] == {"盏": 1, "万平方米": 2}
    assert shown["〈N〉"] == {"1200": 1, "30": 1, "40": 1}


def test_a_family_says_who_uses_it_and_who_had_it_first() -> None:
    found = boilerplate_of(
        [
            stored("荻岭县水利局", "河道治理", [("治理成效", "有所提升", "反映治理成效情况")]),
            stored("澄溪县教育局", "学生资助", [("资助成效", "有所提升", "反映资助成效情况")]),
            stored(
                "澄溪县教育局",
                "学生资助",
                [("资助成效", "有所提升", "反映资助成效情况")],
                year=2024,
            ),
        ]
    )
    family = family_of(found, Kind.DESCRIPTION, "反映〈指标〉情况")
    assert (family.size, family.units, family.texts) == (3, 2, 1)
    assert (family.years, family.first_year, family.first_units) == (
        (2024, 2026), 2024, ("澄溪县教育局",)
    )  # fmt: skip
    assert {(one.unit, one.n) for one in family.by_unit} == {
        ("澄溪县教育局", 2), ("荻岭县水利局", 1)
    }  # fmt: skip
    members = next(one.members for one in found.families[Kind.DESCRIPTION] if one.family == family)
    assert {(one.score, one.stage) for one in members} == {(1.0, Stage.EXACT)}


def test_echoes_are_a_family_of_their_own() -> None:
    rows = [(name, name, name) for name, *_ in LAMPS]
    found = boilerplate_of([stored("荻岭县水利局", "路灯维护", rows)])
    for kind in (Kind.VALUE, Kind.DESCRIPTION):
        (family,) = [one.family for one in found.families[kind]]
        assert (family.form, family.template, family.size) == (Form.ECHO, "〈指标〉", 4)
    (table,) = [one.family for one in found.families[Kind.TABLE]]
    assert (table.form, table.size) == (Form.ECHO, 1)
    (share,) = found.by_unit
    assert (share.texts, share.shared, share.echo) == (8, 4, 4)


def test_tables_of_one_value_are_a_family_of_their_own() -> None:
    rows = [(name, "≥95%", "") for name, *_ in LAMPS]
    found = boilerplate_of([stored("荻岭县水利局", "路灯维护", rows)])
    (table,) = [one.family for one in found.families[Kind.TABLE]]
    assert (table.form, table.template) == (Form.ONE_VALUE, "多数指标都用「≥95%」的表")


def test_values_with_numbers_are_one_family_only_where_they_are_equal() -> None:
    rows = [("受益人数", "≥5000人", ""), ("服务人数", "≥50000人", ""), ("参加人数", "≥5000人", "")]
    found = boilerplate_of([stored("荻岭县水利局", "河道治理", rows)])
    assert [(one.family.template, one.family.size) for one in found.families[Kind.VALUE]] == [
        ("≥5000人", 2)
    ]


def test_copied_tables_name_both_units() -> None:
    found = boilerplate_of(
        [
            stored("荻岭县住房和城乡建设局", "路灯维护", LAMPS),
            stored(
                "澄溪县住房和城乡建设局",
                "城区亮化",
                [*LAMPS[:3], ("路灯年均电费支出", "≤90万元", "")],
            ),
            stored(
                "砚禾县教育局",
                "学生资助",
                [("资助人数", "≥90人", ""), ("资助标准", "=900元/人", "")],
            ),
        ]
    )
    (pair,) = found.copied
    assert {pair.unit, pair.other_unit} == {"荻岭县住房和城乡建设局", "澄溪县住房和城乡建设局"}
    assert pair.tables == 1 and pair.likeness > 0.6
    (table,) = [one.family for one in found.families[Kind.TABLE]]
    assert table.units == 2 and not table.standard


def test_what_most_such_projects_have_is_prescribed_and_no_copy() -> None:
    projects = [
        stored(f"{county}县住房和城乡建设局", "路灯维护", LAMPS)
        for county in ("荻岭", "澄溪", "砚禾", "霁湾", "岚桥")
    ]
    found = boilerplate_of(projects)
    (table,) = [one.family for one in found.families[Kind.TABLE]]
    assert table.standard and table.why_standard == "同类项目统一使用的指标表"
    assert found.copied == ()


def test_fixed_sets_are_standard_wording() -> None:
    rows = [
        ("足额保障率", "=100%", "保障情况"),
        ("科目调整次数", "≤10次", "调整情况"),
        ("结余率", "≤5%", "结余情况"),
        ("发放（缴纳）及时率", "=100%", "发放情况"),
    ]
    found = boilerplate_of(
        [stored(unit, "人员经费", rows) for unit in ("荻岭县水利局", "澄溪县教育局")]
    )
    for kind in (Kind.NAME, Kind.VALUE, Kind.DESCRIPTION, Kind.TABLE):
        assert all(one.family.standard for one in found.families[kind]), kind
    assert found.copied == ()
    assert {share.shared for share in found.by_unit} == {0}


PARAGRAPHS = (
    "全程开展绩效运行监控，确保发现问题能及时采取有效措施，保证绩效目标如期保质实现",
    "开展绩效运行监控，发现问题及时采取措施，确保绩效目标如期保质实现",
    "组织农民参加技能培训，提高种植水平",
)


@pytest.mark.parametrize("with_vectors", [True, False])
def test_reworded_paragraphs_are_found(with_vectors: bool) -> None:
    encoder = open_encoder()
    encode: Callable[[Sequence[str]], object] | None = None
    if with_vectors:
        encode = encoder.encode_documents
    found = boilerplate_of(
        [
            stored(f"{county}县水利局", "", (), (text,), kind=ProjectKind.WHOLE_UNIT)
            for county, text in zip(("荻岭", "澄溪", "砚禾"), PARAGRAPHS, strict=True)
        ],
        encode,  # type: ignore[arg-type]
    )
    families = [one.family for one in found.families[Kind.PARAGRAPH]]
    assert [(one.size, one.units) for one in families] == [(2, 2)]


def test_no_member_is_left_out() -> None:
    projects = [
        stored(f"单位{number}", "路灯维护", [("社会影响力", "长期", "")]) for number in range(700)
    ]
    found = boilerplate_of(projects)
    (family,) = [one for one in found.families[Kind.NAME]]
    assert family.family.size == len(family.members) == family.family.units == 700
    assert len({member.id for member in family.members}) == 700


def test_marks_in_a_document_are_taken_out() -> None:
    masked = Masker(replace(Project(), name="路灯维护"))(f"{PROJECT}维护\ue123工作")
    assert masked.text == "维护工作"
