"""Opening corpus.sqlite: what is damaged, foreign, older or newer is named, and left as it is."""

import os
import sqlite3
from pathlib import Path

import pytest

from corpus.records import Document, Indicator, Parsed, Project, Value
from corpus.store.database import APPLICATION_ID, migrations
from corpus.store.store import Store
from errors import HomeMissingError, HomeUnwritableError, StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus.sqlite"


def document(digest: str) -> Document:
    rows = tuple(Indicator(f"指标{number}", Value(f"≥{number}%")) for number in range(5))
    return Document(digest, digest, f"/docs/{digest}", 1, "", Parsed((Project(indicators=rows),)))


def test_missing_or_empty(path: Path) -> None:
    with pytest.raises(HomeMissingError, match="duibiao ingest"):
        Store.open(path)
    path.touch()
    with pytest.raises(HomeMissingError, match="duibiao ingest"):
        Store.open(path)
    with pytest.raises(HomeUnwritableError):
        Store.open(path.parent / "none" / "corpus.sqlite", write=True)


@pytest.mark.parametrize("write", [False, True])
def test_damaged_files_are_named(path: Path, write: bool) -> None:
    path.write_bytes("第一部分 部门整体绩效目标".encode() * 200)
    with pytest.raises(StoreError, match=r"corpus\.sqlite is damaged.*backup") as caught:
        Store.open(path, write=write)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("write", [False, True])
def test_a_cut_file_is_named_and_left_alone(path: Path, write: bool) -> None:
    with Store.open(path, write=True) as store, store.batch():
        for number in range(50):
            store.put(document(f"{number:064x}"))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(StoreError, match="damaged"), Store.open(path, write=write) as store:
        list(store.indicators())
        store.verify()


def test_damage_inside_is_found_by_verify(path: Path) -> None:
    with Store.open(path, write=True) as store:
        store.put(document("a" * 64))
        assert store.verify() == []
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM document")
    raw.close()
    with Store.open(path) as store:
        assert any("missing document" in fault for fault in store.verify())


@pytest.mark.parametrize("write", [False, True])
def test_files_of_other_programs_are_left_alone(path: Path, write: bool) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE letters (letter)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_newer_versions_are_refused(path: Path, write: bool) -> None:
    Store.open(path, write=True).close()
    _set_version(path, 99)
    with pytest.raises(StoreError, match=r"version 99.*update the program"):
        Store.open(path, write=write)


def test_older_versions_are_brought_up_to_date_by_the_writer(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA user_version = 0")
    raw.close()
    with pytest.raises(StoreError, match="up to date"):
        Store.open(path)
    with Store.open(path, write=True) as store:
        store.put(document("a" * 64))
    with Store.open(path) as store:
        assert len(list(store.projects())) == 1


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [number for number, _ in migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(script.strip().endswith(";") for _, script in migrations())


def test_a_read_only_folder_can_be_searched(path: Path) -> None:
    with Store.open(path, write=True) as store:
        store.put(document("a" * 64))
    path.parent.chmod(0o500)
    if os.access(path.parent, os.W_OK):
        pytest.skip("rights do not bind this user")
    try:
        with Store.open(path) as reader:
            assert len(list(reader.projects())) == 1
        with pytest.raises(HomeUnwritableError):
            Store.open(path.parent / "new.sqlite", write=True)
    finally:
        path.parent.chmod(0o700)


def _set_version(path: Path, version: int) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {version}")
    raw.close()
