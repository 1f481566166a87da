"""The editor of a draft: every change is written at once, never over what another window wrote."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from app_pages import links
from app_pages.draft_rows import (
    BASIS,
    COLUMNS,
    DESCRIPTION,
    LEVEL1,
    LEVEL2,
    NAME,
    PLACE,
    VALUE,
    Edits,
    edited,
    is_as_shown,
    lines_of,
)
from app_pages.links import Change
from corpus.records import Level1, Level2
from errors import DuibiaoError
from service import drafts
from service.advice import advice
from service.draft_records import (
    LONGEST,
    KeptDraft,
    KeptRow,
    clean,
    in_form_order,
    restored,
    with_rows,
    without,
)
from service.home import Home

_DESK = "draft_desk"
_TEXTS = ("project", "unit", "department")
_FAULT = "draft_fault"
_HEIGHT = 36  # pixels of a line of the editor
_MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Laid:
    """How the editor was laid out: `rows` are its lines, `draft` is what was written last."""

    draft: KeptDraft
    rows: tuple[KeptRow, ...]
    round: int = 0

    @property
    def key(self) -> str:
        """The key of the editor; another one forgets what was typed."""
        return f"draft_rows_{self.round}"


class Desk:
    """The draft at hand on the page, with what was just typed into its editor."""

    def __init__(self, home: Home, laid: Laid) -> None:
        self._home = home
        self.laid = laid

    @property
    def draft(self) -> KeptDraft:
        """The draft as it is written."""
        return self.laid.draft

    @classmethod
    def open(cls, home: Home, token: str) -> "Desk":
        """Read the draft, and write to it what was typed and clicked since the last run.

        :raises DraftError: it cannot be read.
        """
        kept = drafts.read(home, token)
        laid: Laid | None = st.session_state.get(_DESK)
        if laid is None or laid.draft.token != token or laid.key not in st.session_state:
            desk = cls(home, Laid(kept, kept.rows, laid.round + 1 if laid else 0))
        else:
            desk = cls(home, laid)
            desk._write_typed()
            if desk.draft.revision != kept.revision:
                desk._follow(drafts.read(home, token))
        desk._make(links.hand().asked)
        st.session_state[_DESK] = desk.laid
        return desk

    def keep_typed(self) -> None:
        """Write what was just typed, also where the page is left at once. For callbacks."""
        self.laid = st.session_state.get(_DESK, self.laid)
        if self.laid.key not in st.session_state:
            return
        with suppress(DuibiaoError):  # the page says it
            self._write_typed()
            st.session_state[_DESK] = self.laid

    def _write_typed(self) -> None:
        """Write what the fields hold that was not laid out there, into the editor or above it."""
        edits = Edits.of(st.session_state[self.laid.key])
        try:
            rows, deleted = edited(self.laid.rows, edits)
            after = _with_head(self.draft)
            if rows != self.draft.rows:
                after = _with(after, self.laid.rows, rows, deleted)
            if after == self.draft:
                return
            written = drafts.save(self._home, after)
        except DuibiaoError as error:
            st.session_state[_FAULT] = type(error)
            kept = drafts.read(self._home, self.draft.token)
            self.laid = Laid(kept, kept.rows, self.laid.round + 1)
            return
        fits = is_as_shown(self.laid.rows, rows, edits)
        self.laid = (
            replace(self.laid, draft=written)
            if fits
            else Laid(written, written.rows, self.laid.round + 1)
        )

    def _follow(self, kept: KeptDraft) -> None:
        """Take over what was written elsewhere, such as rows added on another page."""
        if kept.revision != self.draft.revision:
            self.laid = Laid(kept, kept.rows, self.laid.round + 1)

    def _make(self, asked: list[tuple[str, Change]]) -> None:
        """Make the changes that were asked for; what cannot be written is said on the page."""
        while asked:
            token, change = asked[0]
            if token == self.draft.token:
                self._change(change)
            del asked[0]  # only now: a run may be broken off before

    def _change(self, change: Change) -> None:
        try:
            written = drafts.save(self._home, change(self.draft))
        except DuibiaoError as error:
            st.session_state[_FAULT] = type(error)
            return
        if written.rows == self.draft.rows:
            self.laid = replace(self.laid, draft=written)
        else:
            self.laid = Laid(written, written.rows, self.laid.round + 1)


def adoption(row: KeptRow, value: str) -> Change:
    """The change that puts a suggested value into a row, wherever it stands by then."""

    def adopt(draft: KeptDraft) -> KeptDraft:
        changed = replace(row, value=clean(value))
        return with_rows(draft, [changed if one == row else one for one in draft.rows])

    return adopt


def show_head(desk: Desk) -> None:
    """Whose the draft is: project, unit, budget, department."""
    fault: type[DuibiaoError] | None = st.session_state.pop(_FAULT, None)
    if fault is not None:
        words = advice(fault)
        st.warning(words.cure, title=words.what, icon=":material/sync_problem:")
    draft = desk.draft
    for name in _TEXTS:
        st.session_state[f"draft_{name}"] = getattr(draft, name)
    st.session_state["draft_budget"] = draft.budget_wan
    columns = st.columns((3, 3, 1.6, 1.6))
    for name, label, column, hint in (
        ("project", "项目名称", columns[0], "例如：农村公路养护经费"),
        ("unit", "填报单位", columns[1], "例如：县交通运输局"),
        ("department", "行业", columns[2], "例如：交通运输"),
    ):
        column.text_input(
            label,
            key=f"draft_{name}",
            placeholder=hint,
            max_chars=LONGEST,
            on_change=desk.keep_typed,
        )
    columns[3].number_input(
        "项目预算（万元）",
        key="draft_budget",
        min_value=0.0,
        max_value=1e9,
        step=None,
        format="%.2f",
        placeholder="例如：80",
        on_change=desk.keep_typed,
    )


def _with_head(draft: KeptDraft) -> KeptDraft:
    """The draft with what stands in the fields above the editor."""
    state = st.session_state
    return replace(
        draft,
        project=clean(str(state.get("draft_project", draft.project))),
        unit=clean(str(state.get("draft_unit", draft.unit))),
        department=clean(str(state.get("draft_department", draft.department))),
        budget_wan=state.get("draft_budget", draft.budget_wan),
    )


def height_of(desk: Desk) -> int:
    """How high the editor is, in pixels."""
    return (min(max(len(desk.laid.rows), 3), _MOST_LINES) + 2) * _HEIGHT


def show_editor(desk: Desk) -> None:
    """The rows; each change is kept as soon as a cell is left."""
    rows = desk.laid.rows
    st.data_editor(
        _frame(rows),
        key=desk.laid.key,
        num_rows="dynamic",
        hide_index=True,
        height=height_of(desk),
        column_order=COLUMNS,
        column_config=_columns(),
        placeholder="",
        alt="草稿的指标",
        on_change=desk.keep_typed,
    )
    draft = desk.draft
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "按类别排列",
            key="draft_sort",
            icon=":material/sort:",
            disabled=in_form_order(draft.rows) == draft.rows,
            help="按产出、效益、满意度、成本和二级指标的顺序排列。",
            on_click=links.hand().ask,
            args=(_sorted,),
        )
        st.button(
            f"撤销删除（{len(draft.removed)} 行）" if draft.removed else "撤销删除",
            key="draft_undo",
            icon=":material/undo:",
            disabled=not draft.removed,
            on_click=links.hand().ask,
            args=(restored,),
        )
        st.caption(
            "点格子就能改，改完自动保存；最后一行可以加新的；选中左边的方框可以删除；改「序号」就移动那一行。",
            width="stretch",
        )


def _sorted(draft: KeptDraft) -> KeptDraft:
    return with_rows(draft, in_form_order(draft.rows))


def _with(
    draft: KeptDraft, laid: Sequence[KeptRow], rows: Sequence[KeptRow], deleted: Sequence[int]
) -> KeptDraft:
    """The draft with other rows; those deleted in the editor can be brought back."""
    if not deleted:
        return with_rows(draft, rows)
    gone = without(replace(draft, rows=tuple(laid)), deleted)
    return with_rows(gone, rows)


def _frame(rows: Sequence[KeptRow]) -> pd.DataFrame:
    """The lines, with types that hold for an empty draft too."""
    lines = pd.DataFrame(lines_of(rows), columns=list(COLUMNS), dtype=object)
    return lines.astype({PLACE: "Int64"})


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        PLACE: column.NumberColumn(
            PLACE, width=60, min_value=1, step=1, help="改成别的数，这一行就移到那里。"
        ),
        LEVEL1: column.SelectboxColumn(LEVEL1, width=90, options=[one.value for one in Level1]),
        LEVEL2: column.SelectboxColumn(LEVEL2, width=90, options=[one.value for one in Level2]),
        NAME: column.TextColumn(NAME, width=185, max_chars=LONGEST),
        DESCRIPTION: column.TextColumn(DESCRIPTION, width=145, max_chars=LONGEST),
        VALUE: column.TextColumn(
            VALUE, width=105, max_chars=LONGEST, help="连符号和单位一起写，例如 ≥48期、12月底前。"
        ),
        BASIS: column.TextColumn(BASIS, width=130, max_chars=LONGEST),
    }
