"""What the page 培训 shows of pairs, good rows, questions and the sheet."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app_pages import links
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.tables import source_text
from app_pages.taking import offer_take
from quality.teach import Question, TaughtRow, TeachingPair, quiz
from service.teach import ShownRow, Teacher, answer_of, shown_pair, shown_row, to_docx, to_html

_PAGE = 10
_GALLERY = 40
_QUESTIONS = 5
_SHEET = 20


def show_pairs(found: Sequence[TeachingPair]) -> None:
    """Pairs, ten a page."""
    if not found:
        st.info("这里还没有可以对照的例子；换一个行业或二级指标看看。")
        return
    shown = links.on_this_page(found, _PAGE, "pairs")
    st.caption(f"共 {len(found)} 组对照。")
    for place, pair in enumerate(shown):
        with st.container(border=True):
            _show_pair(pair, place)


def show_gallery(teacher: Teacher, good: Sequence[TaughtRow]) -> None:
    """Good rows by department and level 2; each is looked at closely before it is shown."""
    shown: list[TaughtRow] = []
    seen: set[tuple[str, str]] = set()
    for row in good:
        key = (row.concept, row.level2)
        if key not in seen and teacher.is_good(row):
            seen.add(key)
            shown.append(row)
        if len(shown) == _GALLERY:
            break
    if not shown:
        st.info("这里还没有没有毛病的例子。")
        return
    st.caption(f"每个指标举一例，列出 {len(shown)} 例；合格的共有 {len(good)} 条左右。")
    rows = [shown_row(row) for row in shown]
    columns = {
        "行业": [row.department for row in rows],
        "二级指标": [row.level2 for row in rows],
        "三级指标": [row.name for row in rows],
        "指标值": [row.value for row in rows],
        "说明": [row.description for row in rows],
        "出处": [f"{row.unit} {row.year or ''}" for row in rows],
    }
    show_linked(columns, [row.id for row in rows], key="gallery", alt="范例", height=520)


def ask_quiz(found: Sequence[TeachingPair]) -> None:
    """Which row is weak, and why; the answer cites the rule and its basis."""
    if not found:
        st.info("例子不够，出不了题。")
        return
    seed = st.session_state.setdefault("quiz_seed", 1)
    right: list[bool] = []
    for number, question in enumerate(quiz(found, _QUESTIONS, seed), start=1):
        with st.container(border=True):
            answered = _ask(number, question, seed)
        right += [] if answered is None else [answered]
    if right:
        st.markdown(f"**已答 {len(right)} 题，答对 {sum(right)} 题。**")
    if st.button("换一组题", icon=":material/refresh:", key="quiz_again"):
        st.session_state["quiz_seed"] = seed + 1
        st.rerun()


def offer_sheet(found: Sequence[TeachingPair]) -> None:
    """The first pairs as a sheet."""
    if not found:
        st.info("没有可以打印的对照。")
        return
    count = int(
        st.number_input(
            "打印几组",
            1,
            len(found),
            min(_SHEET, len(found)),
            key="sheet",
            width=160,
            help=f"最多 {len(found)} 组。",
        )
    )
    st.caption(
        "每组一弱一好，写明毛病在哪里、依据哪条规则、出自哪份文件；按上面选的行业和二级指标挑选。"
    )
    answer = answer_of(found, count)
    with st.container(horizontal=True):
        st.download_button(
            "网页讲义（.html，打开就能打印）",
            partial(to_html, answer),
            file_name="绩效指标对照学习.html",
            mime="text/html",
            icon=":material/print:",
            key="sheet_html",
            on_click="ignore",
        )
        st.download_button(
            "Word 讲义（.docx）",
            partial(to_docx, answer),
            file_name="绩效指标对照学习.docx",
            icon=":material/description:",
            key="sheet_docx",
            on_click="ignore",
        )


def _show_pair(pair: TeachingPair, place: int) -> None:
    shown = shown_pair(pair)
    more = f"；另有 {shown.alike} 条同样的毛病" if shown.alike else ""
    st.markdown(f"**{plain(shown.concept)}**{more}")
    weak, good = st.columns(2)
    weak.markdown(f":red-badge[弱] {_row_text(shown.weak)}")
    good.markdown(f":green-badge[好] {_row_text(shown.good)}")
    for column, row in ((weak, shown.weak), (good, shown.good)):
        told = (row.unit, f"{row.year or ''}", row.project, source_text(row.source))
        column.caption(plain(" · ".join(one for one in told if one)))
        with column.container(horizontal=True, gap="xsmall"):
            side = "weak" if row is shown.weak else "good"
            st.button("看全表", key=f"see_{side}_{place}", on_click=links.see, args=(row.id,))
            if row is shown.good:
                offer_take((row.id,), key=f"take_good_{place}")
    for reason in shown.reasons:
        st.markdown(f"- {plain(reason.message)}（{reason.rule} {plain(reason.title)}）")


def _row_text(row: ShownRow) -> str:
    said = f"　{plain(row.description)}" if row.description else ""
    return f"{plain(row.name)}　**{plain(row.value) or '（空）'}**{said}"


def _ask(number: int, question: Question, seed: int) -> bool | None:
    """One question; whether it was answered right, None while it is not answered."""
    rows = [shown_row(row) for row in question.rows]
    st.markdown(f"**第 {number} 题**　哪一条写得弱？为什么？")
    which = st.radio(
        "弱的是",
        (0, 1),
        format_func=lambda place: plain(
            f"{place + 1}. {rows[place].name}　{rows[place].value or '（空）'}"
        ),
        captions=[plain(f"说明：{row.description or '没有写'}") for row in rows],
        index=None,
        key=f"quiz_{seed}_{number}_row",
    )
    titles = [rule.title for rule in question.choices]
    why = st.radio(
        "因为",
        range(len(titles)),
        format_func=titles.__getitem__,
        index=None,
        horizontal=True,
        key=f"quiz_{seed}_{number}_why",
    )
    if which is None or why is None:
        return None
    right = which == question.weak and why == question.answer
    answer = shown_pair(question.pair)
    reason = answer.reasons[0]
    words = f"弱的是第 {question.weak + 1} 条：{plain(reason.message)}。"
    cited = f"依据：{plain(reason.basis)}（{reason.rule}）。"
    (st.success if right else st.error)(f"{'答对了。' if right else '不对。'}{words}{cited}")
    return right
