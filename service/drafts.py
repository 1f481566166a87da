"""Drafts in a home: each a file of its own under `drafts/`, known only to who has its token.

A token is a secret: there is no way to list drafts. Every write is one whole file, renamed into
place; a draft that was changed elsewhere meanwhile is not overwritten.
"""

import os
import re
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.store.stored import StoredIndicator
from corpus.values import value_text
from corpus.where import settled
from errors import (
    DraftLimitError,
    DraftMissingError,
    DraftStaleError,
    HomeLockedError,
    HomeUnwritableError,
)
from index.files import sync_folder, write_synced
from service.draft_json import MOST_BYTES, from_bytes, to_bytes
from service.draft_records import KeptDraft, KeptRow, Origin, kept_row, with_rows
from service.home import Home

MOST_DRAFTS = 10_000
"""Drafts in a home; then old ones have to be removed (`remove_old`)."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_BYTES = 24  # of randomness: 32 characters
_LOCK_SECONDS = 5.0
_DAY = 86_400
_EMPTY = KeptDraft()


@dataclass(frozen=True, slots=True)
class DraftCount:
    """How many drafts a home keeps, how many of them are old, and how many were removed."""

    drafts: int
    old: int
    removed: int


def is_token(text: str) -> bool:
    """Whether a text may be the token of a draft; nothing else ever becomes part of a path."""
    return _TOKEN.fullmatch(text) is not None


def create(home: Home, draft: KeptDraft = _EMPTY) -> KeptDraft:
    """Keep a new draft under a new token.

    :raises DraftLimitError: the home keeps `MOST_DRAFTS` already.
    :raises HomeUnwritableError: no right or no room to write.
    """
    with _locked(home):
        if len(_files(home)) >= MOST_DRAFTS:
            raise DraftLimitError(
                f"home {home.path}: expected fewer than {MOST_DRAFTS} drafts; "
                "cure: run `duibiao drafts --older-than DAYS --remove`"
            )
        return _write(home, replace(draft, token=secrets.token_urlsafe(_BYTES), revision=0))


def read(home: Home, token: str) -> KeptDraft:
    """The draft of a token.

    :raises DraftMissingError: there is none, or this cannot be a token.
    :raises DraftDamagedError: its file is not what was written.
    """
    path = _path(home, token)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _missing() from error
    return from_bytes(data, token)


def save(home: Home, draft: KeptDraft) -> KeptDraft:
    """Write a draft over the one it was read as; it comes back with its new revision.

    :raises DraftStaleError: it was changed elsewhere since; nothing is written.
    :raises DraftMissingError: it was removed, or has no token.
    :raises DraftLimitError: it is too large.
    :raises HomeUnwritableError: no right or no room to write.
    """
    with _locked(home):
        kept = read(home, draft.token)
        if kept.revision != draft.revision:
            raise DraftStaleError(
                f"draft: expected revision {draft.revision}, found {kept.revision}: it was changed "
                "in another window; cure: load it again and repeat the last change"
            )
        return _write(home, draft)


def add(
    home: Home, token: str, rows: Sequence[KeptRow], head: KeptDraft = _EMPTY
) -> tuple[KeptDraft, int]:
    """Append rows to a draft, whatever its revision; rows of a record it holds are left out.

    What its own head leaves open is taken from `head`. Gives the draft and how many rows were
    added.

    :raises DraftError: as `read` and `save`.
    :raises HomeUnwritableError: no right or no room to write.
    """
    with _locked(home):
        kept = read(home, token)
        fresh = new_rows(kept, rows)
        if not fresh:
            return kept, 0
        headed = replace(
            kept,
            project=kept.project or head.project,
            unit=kept.unit or head.unit,
            department=kept.department or head.department,
            budget_wan=head.budget_wan if kept.budget_wan is None else kept.budget_wan,
        )
        return _write(home, with_rows(headed, (*kept.rows, *fresh))), len(fresh)


def new_rows(draft: KeptDraft, rows: Sequence[KeptRow]) -> tuple[KeptRow, ...]:
    """Those of some rows that a draft does not hold: told by what they were taken from."""
    held = {_key(row) for row in draft.rows}
    fresh = {_key(row): row for row in rows if _key(row) not in held}
    return tuple(fresh.values())


def remove(home: Home, token: str) -> None:
    """Remove a draft for good.

    :raises DraftMissingError: there is none.
    :raises HomeUnwritableError: no right to.
    """
    with _locked(home):
        path = _path(home, token)
        try:
            path.unlink()
        except FileNotFoundError as error:
            raise _missing() from error


def remove_old(home: Home, days: int, *, really: bool = False) -> DraftCount:
    """Count the drafts that nobody changed for some days, and remove them if `really`.

    :raises HomeUnwritableError: no right to.
    """
    if not home.drafts_dir.is_dir():
        return DraftCount(0, 0, 0)
    before = time.time() - days * _DAY
    with _locked(home):
        files = _files(home)
        old = [path for path in files if path.stat().st_mtime < before]
        if really:
            for path in old:
                path.unlink(missing_ok=True)
    return DraftCount(len(files), len(old), len(old) if really else 0)


def rows_of(home: Home, records: Collection[str]) -> tuple[KeptRow, ...]:
    """The rows of some indicators of the corpus, in the order of the ids, to be added to a draft.

    Those that are no longer there are left out.

    :raises StoreError: the corpus cannot be read.
    """
    with home.store() as store:
        return tuple(_taken(one) for one in store.indicators_at(list(records)))


def _taken(stored: StoredIndicator) -> KeptRow:
    row, head = stored.indicator, stored.head
    value = value_text(row.value)
    origin = Origin(
        record=stored.id,
        unit=head.unit,
        project=head.name,
        year=settled(head).year,
        name=row.name,
        value=value,
        source=row.source,
    )
    return kept_row(
        row.name,
        value,
        level1=row.level1,
        level2=row.level2,
        description=row.description,
        basis=row.basis,
        origins=(origin,),
    )


def _key(row: KeptRow) -> tuple[object, ...]:
    return tuple(one.record for one in row.origins) or (row.name, row.value, row.level2)


def _path(home: Home, token: str) -> Path:
    """The file of a token.

    :raises DraftMissingError: this cannot be a token.
    """
    if not is_token(token):
        raise _missing()
    return home.drafts_dir / f"{token}.json"


def _missing() -> DraftMissingError:
    return DraftMissingError(
        "draft: expected one of this link, found none; cure: check the link, or begin a new draft"
    )


def _files(home: Home) -> list[Path]:
    return [path for path in home.drafts_dir.glob("*.json") if is_token(path.stem)]


def _write(home: Home, draft: KeptDraft) -> KeptDraft:
    """Write a draft as one file, renamed into place; only inside `_locked`."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    written = replace(draft, revision=draft.revision + 1, changed=now)
    path = _path(home, written.token)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    data = to_bytes(written)
    try:
        write_synced(temporary, data)
        os.replace(temporary, path)
        sync_folder(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return written


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Be the only one who writes drafts here; readers need no lock, as files are only replaced."""
    from filelock import FileLock, Timeout

    try:
        home.drafts_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(home.drafts_dir / ".lock", timeout=_LOCK_SECONDS)
        with lock:
            yield
    except Timeout:
        raise HomeLockedError(
            f"home {home.path}: expected nobody else to write drafts for so long; "
            "cure: try again, and look whether the disk answers"
        ) from None
    except OSError as error:
        raise HomeUnwritableError(
            f"home {home.path}: expected a folder to keep drafts in, found: "
            f"{error.strerror or error}; cure: give the right or the room to write"
        ) from error
