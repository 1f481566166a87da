"""Documents in, index in step; whatever breaks off in between, an index stays valid."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpus.records import Goal, Indicator, Project, ProjectKind
from embed.weights import MODULE_TYPE
from errors import HomeLockedError, HomeUnwritableError, IndexMissingError, ModelError, UsageError
from index.generations import read_current
from index.results import SearchRequest
from index.rows import rows_of
from service.cluster_records import ClustersRequest
from service.clusters import clusters
from service.home import Home
from service.refresh import build, ingest
from service.search import Session

Write = Callable[..., Path]


def a_project(unit: str, *rows: str) -> Project:
    return Project(unit=unit, name="建设项目", year=2024, indicators=tuple(map(Indicator, rows)))


def names(home: Home, text: str = "公众号粉丝数量") -> set[str]:
    with Session.open(home) as session:
        return {hit.name for hit in session.search(SearchRequest(text, top=50)).hits}


def generation(home: Home) -> str:
    return read_current(home.index_dir).name


def test_a_first_ingest(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量", "群众满意度"))
    write("b.jsonl", a_project("水利局", "公众号粉丝数量", "水库维修数量"))
    (documents / "empty.txt").write_bytes(b"")
    report = ingest(home, [documents])
    assert (report.documents, report.added, report.unchanged) == (2, 2, 0)
    assert (report.projects, report.whole_unit, report.indicators) == (2, 0, 4)
    assert [Path(skipped.file).name for skipped in report.skipped] == ["empty.txt"]
    assert report.skipped[0].reason
    assert report.unique_texts == 4  # three names of indicators, one of projects
    assert names(home) >= {"公众号粉丝数量", "水库维修数量"}
    assert set(asdict(report)) >= set(
        "documents added changed unchanged removed skipped projects whole_unit goals "
        "indicators unique_texts seconds".split()
    )


def test_an_unchanged_folder_keeps_its_index(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    ingest(home, [documents])
    before = generation(home)
    report = ingest(home, [documents])
    assert (report.added, report.unchanged, report.generation) == (0, 1, before)
    assert generation(home) == before


def test_a_changed_and_a_vanished_file(home: Home, documents: Path, write: Write) -> None:
    first = write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    second = write("b.jsonl", a_project("水利局", "公众号点击数量"))
    ingest(home, [documents])
    write("a.jsonl", a_project("教育局", "公众号文章数量"))
    assert ingest(home, [first]).changed == 1
    assert names(home) == {"公众号文章数量", "公众号点击数量"}
    second.unlink()
    assert ingest(home, [documents], prune=True).removed == 1
    assert names(home) == {"公众号文章数量"}


def test_nothing_readable_gives_an_index_of_nothing(home: Home, documents: Path) -> None:
    (documents / "noise.txt").write_bytes(bytes(range(256)))
    report = ingest(home, [documents])
    assert (report.documents, len(report.skipped)) == (0, 1)
    assert names(home) == set()


def test_a_missing_path_leaves_everything(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    ingest(home, [documents])
    before = generation(home)
    with pytest.raises(UsageError, match="nowhere"):
        ingest(home, [documents / "nowhere"])
    assert generation(home) == before


def test_an_ingest_broken_off_is_made_good_by_the_next(
    home: Home, documents: Path, write: Write
) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    ingest(home, [documents])
    before = generation(home)
    for number in range(3):
        write(f"b{number}.jsonl", a_project(f"局{number}", f"公众号文章{number}数量"))

    def break_off(done: int, total: int, label: str) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(home, [documents], progress=break_off)
    assert generation(home) == before
    with Session.open(home) as session:
        assert session.behind  # the store is ahead, and the session knows
        assert session.search(SearchRequest("公众号粉丝数量")).total == 1
    report = ingest(home, [documents])
    assert report.indicators == 4
    assert len(names(home)) == 4
    with Session.open(home) as session:
        assert not session.behind


def test_a_damaged_index_is_built_again(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    ingest(home, [documents])
    for path in (home.index_dir / generation(home)).glob("*.faiss"):
        path.unlink()
    assert ingest(home, [documents]).unchanged == 1
    assert names(home) == {"公众号粉丝数量"}
    (home.index_dir / "CURRENT").write_text("?", "utf-8")
    assert build(home).indicators == 1
    assert names(home) == {"公众号粉丝数量"}


def test_a_build_says_what_it_holds(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量", "公众号粉丝数量"))
    ingest(home, [documents])
    steps: list[tuple[int, int, str]] = []
    report = build(home, progress=lambda *step: steps.append(step))
    assert (report.projects, report.goals, report.indicators) == (1, 0, 2)
    assert report.unique_texts == 2
    assert report.generation == generation(home)
    assert report.model == read_current(home.index_dir).about.model_id


def test_a_home_being_written_to_is_left_alone(home: Home, documents: Path, write: Write) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    with home.writing("build"):
        with pytest.raises(HomeLockedError, match="duibiao build"):
            ingest(home, [documents])
        with pytest.raises(HomeLockedError):
            build(home)
    assert not home.database.exists()


def test_an_unwritable_home_is_told_before_anything_is_read(
    home: Home, documents: Path, write: Write
) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    home.files_dir.write_text("a file in the way", "utf-8")
    with pytest.raises(HomeUnwritableError):
        ingest(home, [documents])
    assert not home.database.exists()


def test_a_broken_model_is_told_before_anything_is_read(
    home: Home, documents: Path, write: Write, tmp_path: Path
) -> None:
    write("a.jsonl", a_project("教育局", "公众号粉丝数量"))
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "modules.json").write_text(json.dumps([{"type": MODULE_TYPE}]), "utf-8")
    with pytest.raises(ModelError):
        ingest(home, [documents], model=str(tmp_path / "model"))
    assert not home.database.exists()
    with pytest.raises(IndexMissingError):
        read_current(home.index_dir)


def test_a_large_corpus_keeps_its_boilerplate_until_the_next_build(
    home: Home, documents: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.in_step._SOON_LOOKED_THROUGH", 1)  # every corpus is large
    write("a.jsonl", a_project("教育局", "公众号粉丝数量", "群众满意度"))
    ingest(home, [documents])
    with pytest.raises(IndexMissingError, match="duibiao build"):
        clusters(home, ClustersRequest())
    build(home)
    assert not clusters(home, ClustersRequest()).behind
    write("b.jsonl", a_project("水利局", "公众号粉丝数量", "水库维修数量"))
    ingest(home, [documents])  # half of the corpus is new: the index is built anew
    assert clusters(home, ClustersRequest()).behind
    build(home)
    assert not clusters(home, ClustersRequest()).behind


def test_a_build_is_told_of_all_its_texts_beforehand(
    home: Home, documents: Path, write: Write
) -> None:
    goals = (Goal(1, "新建校舍 2 栋"),)
    whole = replace(a_project("教育局"), kind=ProjectKind.WHOLE_UNIT, goals=goals)
    write("a.jsonl", a_project("水利局", "水库维修数量"), replace(whole, goal="办好教育"))
    ingest(home, [documents])
    with home.store() as store:
        told = set().union(*store.searched_texts()) | {""}
        rows = rows_of(store.listed())
    asked = {(row.name, row.description, row.goal) for found in rows.values() for row in found}
    assert set().union(*asked) == told
