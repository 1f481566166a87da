"""A generation that was added to answers just as one that is built anew."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.records import Indicator
from corpus.store.stored import StoredProject
from embed.encoder import Encoder
from errors import IndexDamagedError
from index.build import Corpus, build_generation, grow_generation
from index.generations import current_name, read_current
from index.results import Scope, SearchAnswer, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot
from index.vectors import PARTS

Listed = Callable[[Iterable[StoredProject]], Corpus]
Draw = Callable[[int, int], list[StoredProject]]
QUERIES = (
    "公众号粉丝数量",
    "资金到位率",
    "教育局培训",
    "水库 完成率，学校维修里程，村级设备采购数达到要求",
)
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"county": ("渌口区",), "year": ("2024",)})


def answers(folder: Path, encoder: Encoder) -> list[SearchAnswer]:
    """All that a searcher says, but for the time it took."""
    searcher = Searcher(Snapshot.open(folder), encoder)
    return [
        replace(searcher.search(SearchRequest(query, scope, top, where)), took_ms=0)
        for query in QUERIES
        for scope in Scope
        for top in (3, 60)
        for where in FILTERS
    ]


def changed(draw: random.Random, before: list[StoredProject], fresh: list[StoredProject]) -> None:
    """Take some projects out, put some in, alter a row of one."""
    for _ in range(draw.randrange(3)):
        before.pop(draw.randrange(len(before)))
    before.extend(fresh.pop() for _ in range(draw.randrange(3)))
    at = draw.randrange(len(before))
    project = before[at].project
    rows = (Indicator(f"新写的指标{at}"), *project.indicators[1:])
    before[at] = replace(before[at], project=replace(project, indicators=rows, purpose="新目的"))


@pytest.mark.parametrize("seed", range(4))
def test_it_answers_as_one_built_anew(
    seed: int, tmp_path: Path, encoder: Encoder, drawn: Draw, listed: Listed
) -> None:
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    known = {stored.id: stored for stored in drawn(60, seed)}
    projects, fresh = list(known.values())[:40], list(known.values())[40:]
    build_generation(tmp_path / "grown", listed(projects), encoder, revision="r0", model="bigrams")
    for step in range(4):
        changed(draw, projects, fresh)
        draw.shuffle(projects)
        corpus, revision = listed(projects), f"r{step}"
        found = grow_generation(
            tmp_path / "grown", corpus, encoder, revision=revision, model="bigrams"
        )
        anew = build_generation(
            tmp_path / "anew", corpus, encoder, revision=revision, model="bigrams"
        )
        assert found is not None
        assert found.about == anew.about
        assert answers(tmp_path / "grown", encoder) == answers(tmp_path / "anew", encoder)


def test_only_what_is_new_is_encoded_and_written(
    tmp_path: Path, encoder: Encoder, projects: list[StoredProject], listed: Listed
) -> None:
    build_generation(tmp_path, listed(projects[:-1]), encoder, revision="r1", model="bigrams")
    before = tmp_path / "g000001"
    asked: list[str] = []
    encode = encoder.encode_documents

    class Listening:
        model_id, dim = encoder.model_id, encoder.dim
        encode_queries = encoder.encode_queries

        def encode_documents(self, texts: list[str]) -> object:
            asked.extend(texts)
            return encode(texts)

    assert grow_generation(tmp_path, listed(projects), Listening(), revision="r2", model="bigrams")  # type: ignore[arg-type]
    last = projects[-1].project
    assert set(asked) <= {
        text.replace(" ", "")
        for item in (*last.indicators, *last.goals)
        for text in (getattr(item, "name", ""), getattr(item, "text", ""), last.name, last.purpose)
    } | {row.description for row in last.indicators} | {last.unit}
    for name in ("indicator.name.0.faiss", "indicator.cards.0.jsonl"):
        assert (before / name).samefile(tmp_path / "g000002" / name)


def test_where_much_changed_it_is_left_to_a_full_build(
    folder: Path, encoder: Encoder, projects: list[StoredProject], listed: Listed
) -> None:
    generation = current_name(folder)
    assert (
        grow_generation(folder, listed(projects[:5]), encoder, revision="r2", model="bigrams")
        is None
    )
    assert current_name(folder) == generation


def test_another_model_or_no_index_is_left_to_a_full_build(
    tmp_path: Path, folder: Path, encoder: Encoder, projects: list[StoredProject], listed: Listed
) -> None:
    other = type(encoder)("other")  # type: ignore[call-arg]
    assert grow_generation(folder, listed(projects), other, revision="r1", model="bigrams") is None
    assert (
        grow_generation(
            tmp_path / "none", listed(projects), encoder, revision="r1", model="bigrams"
        )
        is None
    )


def test_a_damaged_generation_is_not_added_to(
    folder: Path, encoder: Encoder, projects: list[StoredProject], listed: Listed
) -> None:
    (folder / current_name(folder) / "indicator.name.0.faiss").write_bytes(b"x")
    assert (
        grow_generation(folder, listed(projects), encoder, revision="r1", model="bigrams") is None
    )
    with pytest.raises(IndexDamagedError):
        Snapshot.open(folder)


def test_many_additions_are_put_together(
    tmp_path: Path, encoder: Encoder, drawn: Draw, listed: Listed
) -> None:
    projects = drawn(30, 3)
    build_generation(tmp_path, listed(projects), encoder, revision="r", model="bigrams")
    for number in range(PARTS + 1):
        project = projects[0].project
        row = Indicator("公众号" * (number + 1))
        projects[0] = replace(projects[0], project=replace(project, indicators=(row,)))
        if (
            grow_generation(tmp_path, listed(projects), encoder, revision="r", model="bigrams")
            is None
        ):
            break
    assert number == PARTS - 1
    files = [name for name in read_current(tmp_path).files if name.startswith("indicator.name.")]
    assert len([name for name in files if name.endswith(".faiss")]) == PARTS
