"""A kept draft as the JSON of its file, and back; whatever is not as it was written is refused."""

import hashlib
import json
from typing import Any

from corpus.json_fields import BadLineError, E, Fields, source_of
from corpus.records import Level1, Level2
from errors import DraftDamagedError, DraftLimitError
from service.contract import plain
from service.draft_records import (
    KeptDraft,
    KeptRow,
    Origin,
    RemovedRow,
    clean,
    kept_row,
    with_rows,
)

FORMAT = 1
MOST_BYTES = 2_000_000
"""Size of a file; drafts of a whole office stay far below."""


def to_bytes(draft: KeptDraft) -> bytes:
    """The file of a draft; its secret name is not written into it.

    :raises DraftLimitError: it would be larger than `MOST_BYTES`.
    """
    said = {
        "revision": draft.revision,
        "changed": draft.changed,
        "project": draft.project,
        "unit": draft.unit,
        "department": draft.department,
        "budget_wan": draft.budget_wan,
        "rows": [_row(row) for row in draft.rows],
        "removed": [{"at": one.at, **_row(one.row)} for one in draft.removed],
    }
    file = {"format": FORMAT, "sha256": _digest(said), "draft": said}
    data = json.dumps(file, ensure_ascii=False, indent=1).encode()
    if len(data) > MOST_BYTES:
        raise DraftLimitError(
            f"draft: expected at most {MOST_BYTES} bytes, found {len(data)}; cure: shorten texts"
        )
    return data


def from_bytes(data: bytes, token: str) -> KeptDraft:
    """The draft that `to_bytes` wrote.

    :raises DraftDamagedError: it is not what was written, or of a newer version.
    """
    try:
        if len(data) > MOST_BYTES:
            raise BadLineError(f"it is larger than {MOST_BYTES} bytes")
        file = json.loads(data)
        fields = Fields(file, "file")
        if fields.whole("format") != FORMAT:
            raise BadLineError(f"format is not {FORMAT}")
        said = fields.child("draft")
        if fields.text("sha256") != _digest(file.get("draft")):
            raise BadLineError("its digest is another one")
        return _draft_of(said, token)
    except (ValueError, RecursionError, DraftLimitError) as error:
        raise DraftDamagedError(
            f"draft: expected a file as it was written, found {error}; "
            "cure: bring it back from a backup, or begin a new draft"
        ) from error


def _digest(said: object) -> str:
    text = json.dumps(said, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _row(row: KeptRow) -> dict[str, Any]:
    value = row.read_value
    return {
        "level1": row.level1 or "",
        "level2": row.level2 or "",
        "name": row.name,
        "description": row.description,
        "value": {
            "text": row.value,
            "operator": value.operator,
            "number": value.number,
            "measure": value.measure,
        },
        "basis": row.basis,
        "note": row.note,
        "origins": plain(row.origins),
    }


def _draft_of(fields: Fields, token: str) -> KeptDraft:
    head = KeptDraft(
        token=token,
        revision=fields.whole("revision") or 0,
        changed=fields.text("changed"),
        project=clean(fields.text("project")),
        unit=clean(fields.text("unit")),
        department=clean(fields.text("department")),
        budget_wan=fields.number("budget_wan"),
        removed=tuple(
            RemovedRow(one.whole("at") or 0, _row_of(one)) for one in fields.children("removed")
        ),
    )
    return with_rows(head, [_row_of(one) for one in fields.children("rows")])


def _row_of(fields: Fields) -> KeptRow:
    return kept_row(
        fields.text("name"),
        fields.child("value").text("text"),
        level1=_level(fields, "level1", Level1),
        level2=_level(fields, "level2", Level2),
        description=fields.text("description"),
        basis=fields.text("basis"),
        note=fields.text("note"),
        origins=[
            Origin(
                record=one.text("record"),
                unit=one.text("unit"),
                project=one.text("project"),
                year=one.whole("year"),
                name=one.text("name"),
                value=one.text("value"),
                source=source_of(one),
            )
            for one in fields.children("origins")
        ],
    )


def _level(fields: Fields, key: str, kind: type[E]) -> E | None:
    found = fields.choice(key, kind)
    if found is None and fields.text(key):
        raise BadLineError(f"{key} is no level: {fields.text(key)!r}")
    return found
