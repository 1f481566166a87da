"""A generation is whole or not there; a damaged one is named; readers keep theirs."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.store.store import StoredProject
from embed.encoder import Encoder, Vectors
from errors import IndexDamagedError, IndexMissingError, ModelError
from index.build import Corpus, build_generation
from index.generations import current_name, open_current, read_current
from index.results import Scope, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot
from knowledge.concepts import concepts

Listed = Callable[[Iterable[StoredProject]], Corpus]
REQUEST = SearchRequest("公众号粉丝数量")


def answer(snapshot: Snapshot, encoder: Encoder) -> list[tuple[str, float]]:
    hits = Searcher(snapshot, encoder).search(REQUEST).hits
    assert hits
    return [(hit.id, hit.score) for hit in hits]


def test_none_was_built(tmp_path: Path) -> None:
    assert current_name(tmp_path) == ""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError, match="duibiao build"):
            Snapshot.open(folder)


def test_the_manifest_says_what_was_built(
    folder: Path, projects: list[StoredProject], encoder: Encoder
) -> None:
    about = read_current(folder).about
    assert about.counts["project"] == len(projects)
    assert about.counts["indicator"] == sum(len(p.project.indicators) for p in projects)
    assert about.counts["goal"] == sum(len(p.project.goals) for p in projects)
    assert (about.model_id, about.dim) == (encoder.model_id, encoder.dim)
    assert about.corpus_revision == "r1"
    on_disk = {entry.name for entry in (folder / "g000001").iterdir()}
    assert on_disk == {"manifest.json", *read_current(folder).files}


def test_what_is_built_twice_is_equal(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    first = read_current(folder)
    second = build_generation(
        folder, listed(reversed(projects)), encoder, revision="r1", model="bigrams"
    )
    assert second.name == "g000002"
    assert second.files == first.files


def test_every_damaged_file_is_named(folder: Path, tmp_path: Path) -> None:
    generation = read_current(folder).name
    for name in [*read_current(folder).files, "manifest.json"]:
        copy = shutil.copytree(folder, tmp_path / "copy")
        path = copy / generation / name
        data = bytearray(path.read_bytes())
        if data:
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
            with pytest.raises(IndexDamagedError, match=f"{generation}/{name}.*duibiao build"):
                Snapshot.open(copy)
        path.write_bytes(data + b"\n")
        with pytest.raises(IndexDamagedError, match=f"{generation}/{name}.*bytes instead"):
            Snapshot.open(copy)
        path.unlink()
        with pytest.raises(IndexDamagedError, match=f"{generation}/{name}.*No such file"):
            Snapshot.open(copy)
        shutil.rmtree(copy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "g000001",
        "[]",
        "{}",
        '{"generation": "../files", "manifest": {"size": 1, "sha256": ""}}',
        '{"generation": 1, "manifest": {"size": 1, "sha256": ""}}',
        '{"generation": "g000001", "manifest": {"size": 1}}',
        "\udcff",
    ],
)
def test_a_damaged_current_is_named(folder: Path, text: str) -> None:
    (folder / "CURRENT").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexDamagedError, match=r"CURRENT.*duibiao build"):
        Snapshot.open(folder)


def test_another_format_is_refused(folder: Path) -> None:
    path = folder / "g000001" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    current = json.loads((folder / "CURRENT").read_text("utf-8"))
    text = json.dumps({**manifest, "format": 999}).encode()
    path.write_bytes(text)
    current["manifest"] = {"size": len(text), "sha256": hashlib.sha256(text).hexdigest()}
    (folder / "CURRENT").write_text(json.dumps(current), "utf-8")
    with pytest.raises(IndexDamagedError, match="format 999"):
        Snapshot.open(folder)


def test_a_build_heals_a_damaged_index(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    before = answer(Snapshot.open(folder), encoder)
    (folder / "CURRENT").write_text("gone", "utf-8")
    build_generation(folder, listed(projects), encoder, revision="r1", model="bigrams")
    assert answer(Snapshot.open(folder), encoder) == before
    faiss = next((folder / current_name(folder)).glob("*.faiss"))
    faiss.write_bytes(b"\0" * faiss.stat().st_size)
    build_generation(folder, listed(projects), encoder, revision="r1", model="bigrams")
    assert answer(Snapshot.open(folder), encoder) == before


def test_readers_keep_their_generation(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    before = Snapshot.open(folder)  # no scope is read yet
    for _ in range(3):
        build_generation(folder, listed(projects[:3]), encoder, revision="r2", model="bigrams")
    kept = sorted(entry.name for entry in folder.iterdir())
    assert kept == ["CURRENT", "g000003", "g000004"]
    assert len(before.scope(Scope.PROJECT)) == len(projects)
    assert len(Snapshot.open(folder).scope(Scope.PROJECT)) == 3
    assert answer(before, encoder) != answer(Snapshot.open(folder), encoder)


class Counting:
    """Counts the texts that an encoder is asked for; calls itself as it likes."""

    def __init__(self, encoder: Encoder, model_id: str) -> None:
        self.model_id = model_id
        self.dim = encoder.dim
        self.encoded = 0
        self._encoder = encoder

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Count and encode."""
        self.encoded += len(texts)
        return self._encoder.encode_documents(texts)

    encode_queries = encode_documents


def test_known_texts_are_not_encoded_again(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    first = read_current(folder)
    same = Counting(encoder, encoder.model_id)
    assert (
        build_generation(folder, listed(projects), same, revision="r1", model="bigrams").files
        == first.files
    )
    names = {concept.name for concept in concepts()}
    assert same.encoded <= len(names)
    other = Counting(encoder, "another model")
    build_generation(folder, listed(projects), other, revision="r1", model="bigrams")
    snapshot = Snapshot.open(folder)
    texts = {text for scope in Scope for text, _ in snapshot.scope(scope).encoded()}
    assert other.encoded == len(texts | names)


def test_an_index_of_nothing(tmp_path: Path, encoder: Encoder, listed: Listed) -> None:
    build_generation(tmp_path, listed([]), encoder, revision="r0", model="bigrams")
    for scope in Scope:
        found = Searcher(Snapshot.open(tmp_path), encoder).search(SearchRequest("满意度", scope))
        assert (found.hits, found.total) == ((), 0)
        filtered = SearchRequest("满意度", scope, where={"unit": ("x",), "year": ("2024",)})
        assert Searcher(Snapshot.open(tmp_path), encoder).search(filtered).hits == ()


class BrokenEncoder:
    """Gives vectors that no search could use."""

    dim = 48
    model_id = "broken-48"

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Give no number at all."""
        return np.full((len(texts), self.dim), np.nan, np.float32)

    encode_queries = encode_documents


def test_unusable_vectors_are_refused_and_leave_nothing(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    before = answer(Snapshot.open(folder), encoder)
    with pytest.raises(ModelError, match="finite"):
        build_generation(folder, listed(projects), BrokenEncoder(), revision="r2", model="bigrams")
    assert sorted(entry.name for entry in folder.iterdir()) == ["CURRENT", "g000001"]
    assert answer(Snapshot.open(folder), encoder) == before


def test_leftovers_of_a_killed_build_are_cleaned(
    folder: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    (folder / ".tmp-g000002").mkdir()
    (folder / ".tmp-g000002" / "half").write_bytes(b"half")
    (folder / ".tmp-CURRENT").write_bytes(b"half")
    shutil.copytree(folder / "g000001", folder / "g000007")  # renamed, but never made valid
    generation, _ = open_current(folder)
    assert generation.name == "g000001"
    assert (
        build_generation(folder, listed(projects), encoder, revision="r1", model="bigrams").name
        == "g000008"
    )
    assert sorted(entry.name for entry in folder.iterdir()) == ["CURRENT", "g000001", "g000008"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork to kill a build at each step")
def test_a_build_killed_at_any_step_leaves_a_valid_index(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash_driver.py")), str(tmp_path / "index")],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()
    first, *later = map(json.loads, run.stdout.splitlines())
    assert len(later) > 20
    assert [build["killed"] for build in later] == [True] * (len(later) - 1) + [False]
    for build in later[:-1]:
        if build["revision"] == "r6":
            assert build["ids"] == first["ids"]
            assert build["generation"] == first["generation"]
        else:  # killed after CURRENT was replaced: the new one is complete
            assert build["ids"] == later[-1]["ids"]
    assert {build["revision"] for build in later[:-1]} == {"r6", "r12"}
    assert later[-1]["ids"] != first["ids"]
    temporary = [name for name in later[-1]["folder"] if name.startswith(".tmp")]
    assert temporary == []
    assert any(".tmp-g000002" in build["folder"] for build in later)
