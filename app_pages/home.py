"""首页: what the corpus holds, how its index stands, and the doors to the three jobs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from app_pages.counted import counted, index_of, unread_reasons
from app_pages.figures import Figure, show_figures
from app_pages.house import look_at_samples, open_home
from app_pages.notice import lead_to_corpus
from app_pages.plain import plain
from app_pages.rebuild import offer_rebuild
from app_pages.spread import show_spread
from app_pages.words import local_time, year_span
from corpus.store.overview import Overview
from errors import DuibiaoError
from service.home import Home
from service.overview import UNKNOWN, Counted, IndexFigures, IndexState, whole_units


@dataclass(frozen=True, slots=True)
class Door:
    """The way to a job: what happens behind it, and the page where it begins."""

    title: str
    icon: str
    says: str
    page: str
    label: str


_DOORS = (
    Door(
        "我要编制",
        ":material/edit_note:",
        "写下指标或项目的名称，系统按同类单位公开的写法给出指标值或整张指标表，改好后导出。",
        "app_pages/suggest.py",
        "开始编制",
    ),
    Door(
        "我要审核",
        ":material/fact_check:",
        "上传绩效目标表，逐条看哪里写得弱、依据哪条规则、别的单位怎么写，再下载审核意见。",
        "app_pages/review.py",
        "开始审核",
    ),
    Door(
        "我要培训",
        ":material/school:",
        "从语料里挑出同一指标的好与弱，看对照、做小测，打印成讲义。",
        "app_pages/training.py",
        "开始培训",
    ),
)
_MOST_REASONS = 5
_SEEN = "home_seen"  # by this user: then an address with a search is a step of the history


def main() -> None:
    """The search box, the doors, then what there is."""
    if not st.session_state.get(_SEEN) and ("q" in st.query_params or "project" in st.query_params):
        _lead_on()
        return
    st.session_state[_SEEN] = True
    st.header("把绩效目标写实、写准", anchor=False)
    asked = st.text_input(
        "找指标",
        key="home_text",
        type="search",
        placeholder="查别的单位怎么写：写几个字，例如 公众号粉丝数量",
        label_visibility="collapsed",
    )
    if asked.strip():
        st.switch_page("app_pages/search.py", query_params={"q": asked.strip()})
    _doors()
    try:
        home = open_home()
        corpus = counted(home)
        found = corpus.found
        if not found.documents:
            _empty()
            return
        _figures(corpus)
        _unread(found, unread_reasons(home))
        _index(home, index_of(home))
        st.subheader("这些项目来自哪里", anchor=False)
        show_spread(corpus)
    except DuibiaoError as error:
        lead_to_corpus(error)


def _lead_on() -> None:
    """Searches once stood at this address: their links lead on, and leave no step back to here.

    (A switch of pages would leave one, and so catch the browser's back button.)
    """
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    where = urlencode(params, doseq=True)  # letters, digits and %, so it may stand in a script
    st.html(f"<script>location.replace('./search?{where}')</script>", unsafe_allow_javascript=True)
    st.page_link("app_pages/search.py", label="打开检索结果", query_params=params)


def _doors() -> None:
    columns = st.columns(len(_DOORS), gap="small")
    for column, door in zip(columns, _DOORS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(f"{door.icon} {door.title}", anchor=False)
            st.markdown(door.says)
            st.page_link(
                door.page, label=f":primary[**{door.label}**]", icon=":material/arrow_forward:"
            )


def _empty() -> None:
    st.info(
        "上传本单位或别的单位已公开的绩效目标表，读入后就能检索、参照和对比；也可以先看示例数据。",
        title="语料里还没有文件",
        icon=":material/inbox:",
    )
    with st.container(horizontal=True):
        if st.button("上传文件", key="empty_upload", icon=":material/upload:"):
            st.switch_page("app_pages/corpus.py")
        st.button(
            "先看示例数据",
            key="empty_samples",
            icon=":material/science:",
            on_click=look_at_samples,
        )


def _figures(corpus: Counted) -> None:
    """How much there is; each figure with a link to what it counts."""
    found, whole = corpus.found, corpus.spread()[()]
    departments = [name for (name,) in corpus.spread("department") if name != UNKNOWN]
    counties = [key for key in corpus.spread("province", "city", "county") if key[2] != UNKNOWN]
    units = whole_units(found.lines)
    lists = [
        ("文件（份）", f"{found.documents:,}", "看文件", "documents"),
        ("单位（个）", f"{whole.units:,}", "看单位", "units"),
        ("项目（个）", f"{whole.projects - units:,}", "看项目", "projects"),
        ("年度", year_span(line.year for line in found.lines), "看项目", "projects"),
    ]
    told = (("行业（个）", departments), ("县区（个）", counties))
    lists += [(name, f"{len(found):,}", "看单位", "units") for name, found in told if found]
    figures = [
        Figure(name, figure, label, "corpus", {"list": listed})
        for name, figure, label, listed in lists
    ]
    figures.insert(3, Figure("指标（条）", f"{whole.rows:,}", "查指标", "search"))
    st.subheader("语料里有什么", anchor=False)
    show_figures(figures, key="home_figures")
    share = "" if whole.share is None else f"，其中 {whole.share:.0%} 的指标值可以衡量"
    st.caption(
        f"{units:,} 份部门整体绩效目标、{found.goals:,} 句项目目标另计；"
        f"{whole.rows:,} 条指标{share}。同一个项目在几份文件里出现，只算一次。"
    )


def _unread(found: Overview, reasons: Mapping[str, int]) -> None:
    """What could not be read, by reason."""
    skipped = sum(reasons.values())
    if not skipped and not found.problems:
        return
    said = [
        f"{skipped} 份文件没有读出来" if skipped else "",
        f"{found.flawed} 份文件里有 {found.problems} 处没有读出来" if found.problems else "",
    ]
    with st.container(border=True):
        st.markdown(f":material/report: **{'，'.join(one for one in said if one)}**")
        most = Counter(reasons).most_common(_MOST_REASONS)
        if most:
            st.markdown("\n".join(f"- {count} 份：{plain(text)}" for text, count in most))
        st.page_link("app_pages/corpus.py", label=":primary[看是哪些文件、哪些地方]", icon="")


def _index(home: Home, figures: IndexFigures) -> None:
    """Whether a search finds all that was read."""
    if figures.state is IndexState.READY:
        st.caption(
            f":material/check_circle: 检索索引完好：{figures.texts:,} 条不同的文字，"
            f"{local_time(figures.built)} 建成。"
        )
        return
    words = {
        IndexState.BEHIND: "有新读入的文件还没有进入检索，请重建索引。",
        IndexState.MISSING: "还没有建立检索索引，请重建索引；语料不受影响。",
        IndexState.DAMAGED: "检索索引不完整或已损坏，请重建索引；语料不受影响。",
    }
    st.warning(words[figures.state], icon=":material/update:")
    offer_rebuild(home)


main()
