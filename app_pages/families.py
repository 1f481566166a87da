"""Families of boilerplate: the list, who uses them, and every member of one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import streamlit as st

from app_pages import links
from app_pages.heat import Cell, HeatMap, show_heat_map
from app_pages.house import open_clusters
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.quick_table import Cell as QuickCell
from app_pages.quick_table import Part, show_table
from app_pages.tables import source_text
from errors import UsageError
from peers.boilerplate.records import Family, Form, Kind, MemberText
from service.cluster_records import ClustersRequest, MembersAnswer
from service.cluster_texts import to_csv
from service.clusters import ClusterReader
from service.home import Home
from service.overview import stamp

KIND_NAMES = {
    Kind.NAME: "指标名称",
    Kind.DESCRIPTION: "指标说明",
    Kind.VALUE: "指标值",
    Kind.GOAL: "项目目标",
    Kind.PARAGRAPH: "部门叙述",
    Kind.TABLE: "整张表",
}

_KINDS = {
    Kind.NAME: "名称",
    Kind.DESCRIPTION: "说明",
    Kind.VALUE: "值",
    Kind.GOAL: "目标",
    Kind.PARAGRAPH: "叙述",
    Kind.TABLE: "表",
}
_PAGE, _EACH = 10, 50  # families, and members of one, that are shown at a time
_MEMBERS = "members"  # what the address calls the page of the members
_HEAT_FAMILIES = 20
_HEAT_UNITS = 30
_SHORT = 9  # letters of a template above a column
_ROWS = frozenset((Kind.NAME, Kind.VALUE, Kind.DESCRIPTION))  # kinds whose members are indicators
_FORMS = {Form.SHARED: "", Form.ECHO: "照抄", Form.ONE_VALUE: "一值到底"}


def show_families(home: Home) -> None:
    """The families of one kind: a list, the one that is chosen, and who uses them."""
    reader = open_clusters(home)
    request = _asked()
    if reader.behind:
        st.warning("语料后来有变动，重建索引后这里会更新。", icon=":material/update:")
    places = reader.places(request)
    if not places:
        st.info("没有找到这样的套话。")
        return
    shown = _list(reader, request.of, places)
    _members(home, reader, request.of, shown)
    _heat_map(*_heat_picture(reader, request, str(home.path), reader.generation, repr(request)))


def family_name(family: Family) -> str:
    """What a family is called on a page: 名称15 for name-0015."""
    return f"{_KINDS[family.kind]}{family.id.rpartition('-')[2].lstrip('0') or '0'}"


def template_text(family: Family) -> str:
    """The template for a place that reads Markdown: its slots coloured, all else plain."""
    return "".join(
        f":{part.look}[{plain(part.text)}]" if part.look else plain(part.text)
        for part in template_parts(family)
    )


def template_parts(family: Family) -> list[Part]:
    """The template with its slots coloured."""
    parts, done = [], 0
    for slot in family.slots:
        parts += [Part(family.template[done : slot.start]), Part(slot.label, "orange")]
        done = slot.end
    return [*parts, Part(family.template[done:])]


def _asked() -> ClustersRequest:
    kinds, units, standard = st.columns((5, 2, 2), vertical_alignment="bottom")
    kind = links.choice("kind", Kind, Kind.NAME)
    least = links.number("units", 2, 1000)
    also = links.choice("standard", ("True",), "") != ""
    st.session_state["families_kind"] = kind
    st.session_state["families_units"] = least
    st.session_state["families_standard"] = also
    kinds.segmented_control(
        "看什么",
        list(Kind),
        required=True,
        format_func=KIND_NAMES.__getitem__,
        key="families_kind",
        on_change=links.note,
        args=("kind", "families_kind", Kind.NAME, "page", "family", _MEMBERS),
    )
    units.number_input(
        "至少几个单位使用",
        1,
        1000,
        key="families_units",
        on_change=links.note,
        args=("units", "families_units", 2, "page", _MEMBERS),
    )
    standard.toggle(
        "也列规范用语",
        key="families_standard",
        on_change=links.note,
        args=("standard", "families_standard", False, "page", _MEMBERS),
    )
    return ClustersRequest(kind, min_units=least, standard=also)


def _list(reader: ClusterReader, of: Kind, places: Sequence[int]) -> tuple[Family, ...]:
    """One page of the list; the families on it."""
    shown = reader.families(of, links.on_this_page(places, _PAGE, "families", "page", _MEMBERS))
    st.caption(f"共 {len(places):,} 族，橙色的是各家不同的地方；点编号，下面列出这一族的全部成员。")
    columns: dict[str, Sequence[QuickCell]] = {
        "编号": [[Part(family_name(family), leads=family.id)] for family in shown],
        "模板": [template_parts(family) for family in shown],
        "单位（个）": [str(family.units) for family in shown],
        "条数": [str(family.size) for family in shown],
        "最早使用": [_first(family) for family in shown],
        "性质": [family.why_standard or _FORMS[family.form] for family in shown],
    }
    show_table(
        columns,
        key="families",
        alt="套话家族",
        on_pick=_choose,
    )
    return shown


def _choose(family: str) -> None:
    """Show the members of a family, by its id. For callbacks."""
    kept = {name: said for name, said in links.own().items() if name != _MEMBERS}
    links.turn_to({**kept, "family": family})


def _first(family: Family) -> str:
    if family.first_year is None:
        return ""
    more = f"等 {len(family.first_units)} 家" if len(family.first_units) > 1 else ""
    return f"{family.first_year}年 {family.first_units[0]}{more}"


def _heat_map(heat: HeatMap, names: Mapping[str, str]) -> None:
    """Units by families; a click on a cell chooses its family. `names` of families, by id."""
    st.subheader("哪些单位用哪些套话", anchor=False)
    kind = next(iter(names)).rpartition("-")[0]
    picked = show_heat_map(heat, f"families_{kind}")
    family_id = next((one for one, name in names.items() if picked and name == picked.column), "")
    if family_id and family_id != links.text("family"):
        _choose(family_id)
        st.rerun()


@st.cache_resource(max_entries=20, show_spinner=False)
def _heat_picture(
    _reader: ClusterReader, _request: ClustersRequest, path: str, generation: str, request: str
) -> tuple[HeatMap, Mapping[str, str]]:
    """The families of most units, and the units with most of them."""
    shown = _reader.families(_request.of, _reader.places(_request)[:_HEAT_FAMILIES])
    totals: Counter[str] = Counter()
    for family in shown:
        totals.update({count.unit: count.n for count in family.by_unit})
    units = sorted(totals, key=lambda unit: (-totals[unit], unit))[:_HEAT_UNITS]
    names = {family.id: f"{family_name(family)} {family.template[:_SHORT]}" for family in shown}
    cells = [
        Cell(count.unit, names[family.id], count.n, family.template[:60])
        for family in shown
        for count in family.by_unit
        if count.unit in units
    ]
    said = (
        f"用得最多的 {len(shown)} 族套话、{len(units)} 个单位；"
        f"用得最多的单位是{plain(units[0])}（{totals[units[0]]} 条）。"
        "点一个格子，上面列出这一族的全部成员。"
    )
    return HeatMap.of(said, ("单位", "条数"), units, list(names.values()), cells), names


def _members(home: Home, reader: ClusterReader, kind: Kind, shown: Sequence[Family]) -> None:
    """All members of a family of this page of the list, or of the one that the address names."""
    st.subheader("一族的全部成员", anchor=False)
    answer = _chosen_members(home, reader, kind, shown)
    chosen = answer.cluster.id
    labels = {
        one.id: f"{family_name(one)}　{one.template[:40]}" for one in (answer.cluster, *shown)
    }
    key = f"families_chosen_{kind}"
    st.session_state[key] = chosen
    st.selectbox(
        "选一族（上面这一页里的）",
        sorted(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=links.note,
        args=("family", key, "", _MEMBERS),
    )
    st.markdown(f"**{template_text(answer.cluster)}**")
    for slot in answer.cluster.slots:
        fills = "、".join(f"{fill.text or '（空）'} {fill.n}" for fill in slot.fills)
        st.caption(f"{slot.label}：{plain(fills)}")
    members = links.on_this_page(answer.members, _EACH, f"members_{chosen}", _MEMBERS)
    show_linked(
        _columns(members),
        [one.id for one in members],
        key=f"members_{chosen}",
        alt="一族的全部成员",
        takes=kind in _ROWS,
        height=360,
    )
    st.download_button(
        "导出这一族（.csv）",
        partial(to_csv, answer),
        file_name=f"{chosen}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _chosen_members(
    home: Home, reader: ClusterReader, kind: Kind, shown: Sequence[Family]
) -> MembersAnswer:
    now = (str(home.path), stamp(home), reader.generation)
    named = links.text("family")
    if named.startswith(f"{kind}-"):
        with suppress(UsageError):  # a link from before the last build
            return _all_members(reader, *now, named)
    return _all_members(reader, *now, shown[0].id)


@st.cache_resource(max_entries=20, show_spinner=False)
def _all_members(
    _reader: ClusterReader, path: str, stamp: str, generation: str, family_id: str
) -> MembersAnswer:
    return _reader.members(family_id)


def _columns(found: Sequence[MemberText]) -> dict[str, list[str]]:
    return {
        "相似度": [f"{one.score:.0%}" for one in found],
        "单位": [one.unit for one in found],
        "年度": [str(one.year or "") for one in found],
        "项目": [one.project for one in found],
        "原文": [one.text for one in found],
        "来源": [source_text(one.source) for one in found],
    }
