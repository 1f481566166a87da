"""Corrections of misread rows: made, listed and taken back, with the index in step."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.records import Source
from corpus.store.corrected import ROW
from corpus.store.identity import indicator_id
from corpus.store.store import Store
from corpus.store.stored import RecordPlace, StoredCorrection
from errors import UsageError
from service.home import Home

Progress = Callable[[int, int, str], None]

FIELD_NAMES = {
    "row": "整行",
    "unit": "单位",
    "unit_code": "单位代码",
    "name": "名称",
    "code": "项目代码",
    "year": "年度",
    "budget_wan": "预算金额（万元）",
    "purpose": "资金用途",
    "province": "省份",
    "city": "市",
    "county": "县区",
    "department": "行业",
    "level1": "一级指标",
    "level2": "二级指标",
    "description": "说明",
    "value": "指标值",
    "basis": "依据",
    "weight": "分值",
    "actual": "完成值",
    "area": "区域",
}
"""What people call the fields that can be put right."""

_NUMBER = re.compile(r"c([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: what was read in a field, and what is right.

    `record` is the id of the project or indicator that it is laid over, "" where none: then
    `reason` says why it has no effect. `part` is project or indicator; the field `row` takes the
    whole row out. `name` and `area` are those of the indicator as read, `source` is its row.
    """

    id: str
    record: str
    part: str
    project: str
    name: str
    area: str
    field: str
    old: str
    new: str
    source: Source
    made: str
    in_effect: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """What one call did; `record` is the id of the record after it, "" where it is taken out."""

    record: str
    corrections: tuple[Correction, ...]
    withdrawn: tuple[Correction, ...]
    generation: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """All corrections, in the order in which they were made."""

    corrections: tuple[Correction, ...]


def corrections(home: Home) -> CorrectionList:
    """List all corrections, also those that have no effect any more.

    :raises StoreError: the store is damaged.
    """
    with home.store() as store:
        return CorrectionList(tuple(map(_correction, store.corrections())))


def correct(
    home: Home,
    record: str | RecordPlace,
    texts: Mapping[str, str],
    *,
    model: str | None = None,
    progress: Progress | None = None,
) -> CorrectionReport:
    """Put fields of a project or indicator right, and the index in step.

    `record` is its id, or its place in a document. A text that was read there in the first place
    takes the correction of its field back.

    :raises UsageError: no such record, no such field, or a text that it cannot hold; nothing was
        done.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    if not texts:
        raise UsageError("correct: expected a field to put right, found none; use --set FIELD=TEXT")
    return _changed(home, lambda store: _set(store, record, texts), model, progress)


def strike(
    home: Home,
    record: str | RecordPlace,
    *,
    model: str | None = None,
    progress: Progress | None = None,
) -> CorrectionReport:
    """Take a row out that is none, or a whole project; see `correct` for what is raised."""
    return correct(home, record, {ROW: ""}, model=model, progress=progress)


def undo(
    home: Home, name: str, *, model: str | None = None, progress: Progress | None = None
) -> CorrectionReport:
    """Take corrections back: one by its own id (c12), or all of a record by the record's.

    :raises UsageError: there is no such correction; nothing was done.
    :raises HomeError: the home is locked, damaged, or cannot be written to.
    """
    return _changed(home, lambda store: _withdraw(store, name), model, progress)


@dataclass(frozen=True, slots=True)
class _Done:
    record: str
    made: tuple[Correction, ...]
    withdrawn: tuple[Correction, ...]


def _changed(
    home: Home,
    do: Callable[[Store], _Done],
    model: str | None,
    progress: Progress | None,
) -> CorrectionReport:
    started = time.perf_counter()
    from service.refresh import change  # much that pages which only show do not need

    changed = change(home, "correct", do, model=model, progress=progress)
    done = changed.result
    return CorrectionReport(
        record=done.record,
        corrections=done.made,
        withdrawn=done.withdrawn,
        generation=changed.generation.name,
        seconds=round(time.perf_counter() - started, 3),
    )


def _set(store: Store, record: str | RecordPlace, texts: Mapping[str, str]) -> _Done:
    place = store.place_of(record) if isinstance(record, str) else record
    before = store.corrections()
    numbers = store.correct(place, texts, datetime.now(UTC).isoformat(timespec="seconds"))
    after = {one.id: one for one in store.corrections()}
    return _Done(
        record=_record_at(store, place),
        made=tuple(_correction(after[number]) for number in numbers),
        withdrawn=tuple(_withdrawn(one) for one in before if one.id not in after),
    )


def _withdraw(store: Store, name: str) -> _Done:
    number = _NUMBER.fullmatch(name.strip())
    chosen = [
        one
        for one in store.corrections()
        if (one.id == int(number[1]) if number else one.record == name.strip())
    ]
    if not chosen:
        raise UsageError(
            f"no correction has the id {name!r} or is laid over a record of that id: expected "
            "one that `duibiao correct --list` shows"
        )
    store.withdraw([one.id for one in chosen])
    return _Done(_record_at(store, chosen[0].at), (), tuple(map(_withdrawn, chosen)))


def _record_at(store: Store, place: RecordPlace | None) -> str:
    """The id of the record at a place, which a corrected unit, name or year may have changed."""
    if place is None:
        return ""
    tables = store.tables(place.document_id)
    project = next((one.stored.id for one in tables if one.position == place.table), "")
    return indicator_id(project, place.row) if project and place.row else project


def _withdrawn(found: StoredCorrection) -> Correction:
    return replace(_correction(found), in_effect=False, reason="withdrawn")


def _correction(found: StoredCorrection) -> Correction:
    return Correction(
        id=f"c{found.id}",
        record=found.record,
        part=found.part,
        project=found.project,
        name=found.name,
        area=found.area,
        field=found.field,
        old=found.old,
        new=found.new,
        source=Source(found.document, found.place, found.row),
        made=found.made,
        in_effect=found.in_effect,
        reason=found.reason,
    )
