"""对标 Duibiao in the browser; `duibiao app` serves it."""

import logging
from contextlib import suppress
from pathlib import Path

import streamlit as st

from app_pages import ahead, links
from app_pages.dress import dress
from app_pages.house import open_home
from app_pages.notice import show_fault
from app_pages.words import SAMPLE_BANNER
from errors import DuibiaoError
from service.samples import is_sample

PAGES = Path(__file__).parent / "app_pages"


def drafted_rows() -> int:
    """How many rows the draft at hand has; 0 without one."""
    if not links.token():
        return 0
    from app_pages.taking import rows_at_hand  # not needed by a first page, which has no draft

    return rows_at_hand()


def show_panel() -> None:
    """The panel over the page, where the address asks for one."""
    if links.seen():
        from app_pages.panel import show_panel

        show_panel()


# The tab's icon is a file of our own: browsers would fetch a Material icon from the internet.
st.set_page_config(page_title="对标", page_icon=PAGES / "icon.png", layout="wide")
dress()

links.take_up()
rows = drafted_rows()
page = st.navigation(
    [
        st.Page(
            PAGES / "home.py",
            title="首页",
            icon=":material/home:",
            default=True,
            help="语料里有什么、从哪里来、索引好不好；从这里开始编制、审核或培训。",
        ),
        st.Page(
            PAGES / "search.py",
            title="检索",
            icon=":material/search:",
            url_path="search",
            help="按说法查找别的单位的绩效目标和指标值，可以打开整张项目表和原文件。",
        ),
        st.Page(
            PAGES / "suggest.py",
            title="指标建议",
            icon=":material/lightbulb:",
            url_path="suggest",
            help="按同类单位的写法给出指标值和分布，或者为整个项目草拟一张指标表。",
        ),
        st.Page(
            PAGES / "draft.py",
            title=f"我的草稿（{rows}）" if rows else "我的草稿",
            icon=":material/edit_note:",
            url_path="draft",
            help="收集来的指标在这里改写、检查，导出 Excel、Word；凭私人链接随时继续。",
        ),
        st.Page(
            PAGES / "review.py",
            title="审核",
            icon=":material/fact_check:",
            url_path="review",
            help="上传绩效目标表，逐条看问题、依据、修改建议和同类示例；可以下载审核意见。",
        ),
        st.Page(
            PAGES / "compare.py",
            title="项目对比",
            icon=":material/compare_arrows:",
            url_path="compare",
            help="找出相近的项目，把几个项目的指标一条条对齐，看数值和类别的差别。",
        ),
        st.Page(
            PAGES / "boilerplate.py",
            title="套话",
            icon=":material/content_copy:",
            url_path="boilerplate",
            help="看哪些话、哪些表被许多单位照搬，谁最早使用，一份文件里有多少套话。",
        ),
        st.Page(
            PAGES / "training.py",
            title="培训",
            icon=":material/school:",
            url_path="training",
            help="好指标与弱指标的对照、范例、小测和可以打印的讲义。",
        ),
        st.Page(
            PAGES / "corpus.py",
            title="语料",
            icon=":material/folder_open:",
            url_path="corpus",
            help="上传绩效目标文件，查看读入了什么、哪些没有读出来、为什么。",
        ),
        st.Page(
            PAGES / "about.py",
            title="关于",
            icon=":material/info:",
            url_path="about",
            help="用的什么模型、按什么规则审核、数据和程序有哪些局限、版本和许可。",
        ),
    ],
    position="top",
)
with suppress(DuibiaoError):  # the page itself says what is wrong and what to do
    if is_sample(open_home()):
        st.warning(SAMPLE_BANNER, icon=":material/science:")
try:
    page.run()
    show_panel()
    links.bring_along()
    ahead.page_shown()
except Exception:
    # The last line before the user: the log gets the traceback, the page a sentence.
    logging.getLogger("duibiao").exception("page %s failed", page.url_path)
    show_fault()
