"""What a data folder holds, whether it is sound, and all of it as JSON lines."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.intake.originals import original_path
from corpus.jsonlines import to_lines
from corpus.store.identity import goal_id
from errors import IndexMissingError, SearchIndexError, StoreError, UsageError
from index.generations import open_current, read_current
from index.results import Scope
from index.snapshot import Snapshot
from service.home import Home

_MASKED = {"names": "姓名", "phones": "电话", "ids": "证件号", "emails": "邮箱", "accounts": "账号"}
_CURE_ORIGINAL = "ingest that document again"


@dataclass(frozen=True, slots=True)
class StatsReport:
    """Figures of the corpus (see `CorpusStats`) and of its index.

    `generation`, `model` and `unique_texts` are those of the valid index, "" and 0 without one;
    `behind` says that the corpus changed since it was built.
    """

    home: str
    documents: int
    skipped: int
    units: int
    projects: int
    whole_unit: int
    goals: int
    indicators: int
    by_year: Mapping[str, int]
    by_level2: Mapping[str, int]
    by_value_kind: Mapping[str, int]
    unique_texts: int
    generation: str
    model: str
    behind: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written: where, and what with its cure."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and all that is wrong; `behind` alone is no damage."""

    sound: bool
    documents: int
    index_files: int
    generation: str
    behind: bool
    problems: tuple[Fault, ...]


def stats(home: Home) -> StatsReport:
    """Count what the home holds.

    :raises StoreError: the store is damaged.
    :raises IndexDamagedError: the manifest of the index is damaged.
    """
    with home.store() as store:
        found = store.stats()
        revision = store.revision()
    generation, model, texts, behind = "", "", 0, False
    with suppress(IndexMissingError):
        current = read_current(home.index_dir)
        about = current.about
        generation, model = current.name, about.model_id
        texts, behind = about.counts["texts"], about.corpus_revision != revision
    return StatsReport(
        home=str(home.path),
        documents=found.documents,
        skipped=found.skipped,
        units=found.units,
        projects=found.projects,
        whole_unit=found.whole_unit,
        goals=found.goals,
        indicators=found.indicators,
        by_year=found.by_year,
        by_level2=found.by_level2,
        by_value_kind=found.by_value_kind,
        unique_texts=texts,
        generation=generation,
        model=model,
        behind=behind,
    )


def verify(home: Home) -> Verification:
    """Check the store, every original and every file of the index; nothing is changed.

    Faults are listed, not raised.
    """
    faults: list[Fault] = []
    documents, revision = _check_store(home, faults)
    files, generation, built_from = _check_index(home, faults)
    return Verification(
        sound=not faults,
        documents=documents,
        index_files=files,
        generation=generation,
        behind=bool(built_from) and built_from != revision,
        problems=tuple(faults),
    )


def export(home: Home) -> Iterator[dict[str, Any]]:
    """All active projects as the JSON objects that `parse` gives and `ingest` reads.

    Each names its id, and says whether a person has put something in it right.

    :raises StoreError: the store is damaged.
    """
    with home.store() as store:
        for stored in store.projects():
            goals = (goal_id(stored.id, n) for n in range(1, len(stored.project.goals) + 1))
            ids = (stored.id, *goals, *stored.indicator_ids)
            for own_id, line in zip(ids, to_lines(stored.project), strict=True):
                yield line | {"id": own_id, "corrected": own_id in stored.corrected}


def write_lines(path: Path, lines: Iterable[object]) -> None:
    """Write JSON lines to a file, all of them or none.

    :raises UsageError: the path is a folder, or there is no right or no room to write there.
    """
    if path.is_dir():
        raise UsageError(f"expected a file to write to, found the folder {path}")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(
            f"expected a place to write to at {path}, found: {error.strerror or error}; "
            "cure: give the right or the room to write, or name another place"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def masked_words(counts: Mapping[str, int]) -> str:
    """What was masked, for people: 姓名 2，电话 1; "" for nothing."""
    return "，".join(f"{word} {counts[kind]}" for kind, word in _MASKED.items() if counts[kind])


def _check_store(home: Home, faults: list[Fault]) -> tuple[int, str]:
    """Number of documents and revision, as far as the store can be read."""
    documents, revision = 0, ""
    try:
        with home.store() as store:
            faults += [Fault(home.database.name, what) for what in store.verify()]
            for document in store.documents():
                documents += 1
                fault = _original_fault(home, document.id)
                if fault:
                    faults.append(Fault(f"files: {document.name}", fault))
            revision = store.revision()
    except StoreError as error:
        faults.append(Fault(home.database.name, str(error)))
    return documents, revision


def _original_fault(home: Home, digest: str) -> str:
    path = original_path(home.files_dir, digest)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or str(error)
        return f"expected the original at {path}, found: {reason}; cure: {_CURE_ORIGINAL}"
    if found == digest:
        return ""
    return f"expected SHA-256 {digest}, found {found}; cure: delete {path} and {_CURE_ORIGINAL}"


def _check_index(home: Home, faults: list[Fault]) -> tuple[int, str, str]:
    """Number of files, generation and store revision of the index, as far as it can be read."""
    try:
        generation, _ = open_current(home.index_dir)
        snapshot = Snapshot.open(home.index_dir)
        for scope in Scope:
            snapshot.scope(scope)
    except SearchIndexError as error:
        faults.append(Fault("index", str(error)))
        return 0, "", ""
    return len(generation.files), generation.name, generation.about.corpus_revision
