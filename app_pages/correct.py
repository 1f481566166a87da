"""The form that puts one row right, and what came of it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields

import streamlit as st

from app_pages.notice import offer_wording, told
from app_pages.plain import plain
from app_pages.work import Progress, Work, watch
from corpus.records import Indicator, Inferred, Level1, Level2, Project
from corpus.store.corrected import ROW
from corpus.store.stored import RecordPlace, StoredTable
from corpus.values import value_text
from errors import UsageError
from service.correct import FIELD_NAMES, CorrectionReport, correct, strike, undo
from service.home import Home
from service.reasons import field_reason

_WORK = "correct_work"
_DONE = "correct_done"
_TYPED = "correct_typed"  # what was to be saved, by widget: they forget it while they are not drawn

_PROJECT = (
    ("unit", "unit_code", "name", "code"),
    ("year", "budget_wan", "department"),
    ("province", "city", "county"),
    ("purpose",),
)
_INDICATOR = (
    ("level1", "level2", "name", "value"),
    ("weight", "actual", "area"),
    ("description", "basis"),
)
_CHOICES: Mapping[str, tuple[str, ...]] = {"level1": tuple(Level1), "level2": tuple(Level2)}


def correcting() -> bool:
    """Whether a correction is being made now: then how far it is is shown, else what came of it."""
    work: Work[CorrectionReport] | None = st.session_state.get(_WORK)
    if work is not None and work.running:
        watch(work)
        return True
    if work is not None:
        del st.session_state[_WORK]
        with told(), _field_told():
            st.session_state[_DONE] = _said(work.result())
            st.session_state.pop(_TYPED, None)
            st.rerun()  # the rows above were read before the work had ended
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(done, icon=":material/check:")
    return False


@contextmanager
def _field_told() -> Iterator[None]:
    """Say what a field cannot hold; nothing was changed then."""
    try:
        yield
    except UsageError as error:
        st.error(
            field_reason(str(error)), title="没有保存，语料没有改动。", icon=":material/error:"
        )
        offer_wording([str(error)])


def take_back(home: Home, name: str) -> None:
    """Withdraw a correction by its id. For callbacks."""
    _start("正在撤销", lambda progress: undo(home, name, progress=progress))


def show_form(home: Home, table: StoredTable, place: RecordPlace) -> None:
    """The fields of the row at a place, filled in as they stand, to be changed and saved."""
    record = _record(table, place.row)
    before, guesses = _texts(record), _guesses(record)
    key = _key(place, before)
    typed: Mapping[str, str] = st.session_state.get(_TYPED, {}).get(key, {})
    lines = _PROJECT if isinstance(record, Project) else _INDICATOR
    with st.form(key, enter_to_submit=False):
        for line in lines:
            columns = st.columns(len(line))
            for field, column in zip(line, columns, strict=True):
                with column:
                    _ask(
                        f"{key}_{field}",
                        field,
                        typed.get(field, before[field]),
                        guesses.get(field, ""),
                    )
        st.form_submit_button(
            "保存更正", type="primary", on_click=_save, args=(home, place, key, before)
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "整张表不是绩效目标，删去" if place.row == 0 else "这一行不是指标，删去",
            key=f"{key}_delete",
            icon=":material/delete:",
            on_click=_strike,
            args=(home, place),
        )
        st.caption("删去以后，可以在下面的更正记录里撤销。")


def _key(place: RecordPlace, before: Mapping[str, str]) -> str:
    """Names the widgets: other ones for other texts, as widgets keep what was typed into them."""
    digest = hashlib.sha256(repr((place, before)).encode("utf-8", "surrogatepass"))
    return f"correct_{place.row}_{digest.hexdigest()[:12]}"


def _record(table: StoredTable, row: int) -> Project | Indicator:
    stored = table.stored
    for own_id, indicator in zip(stored.indicator_ids, stored.project.indicators, strict=True):
        if row and int(own_id.rpartition("-i")[2]) == row:
            return indicator
    return stored.project


def _texts(record: Project | Indicator) -> dict[str, str]:
    """What stands in each field now, as a person reads it."""
    lines = _PROJECT if isinstance(record, Project) else _INDICATOR
    return {field: _text(record, field) for line in lines for field in line}


def _text(record: Project | Indicator, field: str) -> str:
    if field == "value" and isinstance(record, Indicator):
        return value_text(record.value)
    said = getattr(record, field)
    if field in _CHOICES:
        return str(said or getattr(record, f"{field}_raw"))
    if isinstance(said, float):
        return f"{said:.6f}".rstrip("0").rstrip(".")
    return str(said or "")


def _guesses(record: Project | Indicator) -> dict[str, str]:
    """What is inferred where a field is empty, to be shown in it."""
    if isinstance(record, Indicator):
        return {}
    guesses = {field.name: getattr(record.inferred, field.name) for field in fields(Inferred)}
    guesses["year"] = str(record.year_inferred or "")
    return {field: f"{text}（推断）" for field, text in guesses.items() if text}


def _ask(key: str, field: str, text: str, guess: str) -> None:
    if field in _CHOICES:
        choices = list(dict.fromkeys((text, *_CHOICES[field])))
        st.selectbox(FIELD_NAMES[field], choices, key=key, format_func=lambda one: one or "未注明")
    elif field in ("description", "basis", "purpose"):
        st.text_area(FIELD_NAMES[field], text, key=key, height=80)
    else:
        st.text_input(FIELD_NAMES[field], text, key=key, placeholder=guess)


def _save(home: Home, place: RecordPlace, key: str, before: Mapping[str, str]) -> None:
    now = {field: str(st.session_state[f"{key}_{field}"]) for field in before}
    texts = {field: text for field, text in now.items() if text.strip() != before[field].strip()}
    if not texts:
        st.session_state[_DONE] = "没有改动，不用保存。"
        return
    st.session_state[_TYPED] = {key: now}
    _start("正在更正", lambda progress: correct(home, place, texts, progress=progress))


def _strike(home: Home, place: RecordPlace) -> None:
    _start("正在删去", lambda progress: strike(home, place, progress=progress))


def _start(title: str, do: Callable[[Progress], CorrectionReport]) -> None:
    st.session_state[_WORK] = Work(title, do, can_stop=False)


def _said(report: CorrectionReport) -> str:
    """What was done, in a sentence."""
    fields = [FIELD_NAMES[one.field] for one in report.corrections if one.field != ROW]
    if any(one.field == ROW for one in report.corrections):
        return "已删去。检索结果已同步更新。"
    if fields:
        return f"已更正：{plain('、'.join(dict.fromkeys(fields)))}。检索结果已同步更新。"
    return "已撤销，恢复为读到的原文。" if report.withdrawn else "与读到的原文相同，没有改动。"
