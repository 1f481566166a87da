"""The store gives back what was put, whatever the order, and never half of anything."""

import hashlib
import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.records import (
    Document,
    Goal,
    Indicator,
    Level2,
    Parsed,
    Project,
    ProjectKind,
    Remark,
    Source,
    Value,
    ValueKind,
)
from corpus.store.listing import ListedProject
from corpus.store.store import Store, StoredProject
from errors import (
    HomeLockedError,
    HomeUnwritableError,
    UnreadableError,
    UsageError,
)

UNIT = "怀来县融媒体中心"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corpus.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, write=True) as opened:
        yield opened


def document(name: str, *projects: Project, path: str | None = None) -> Document:
    digest = hashlib.sha256(name.encode()).hexdigest()
    where = f"/docs/{name}" if path is None else path
    return Document(digest, name, where, len(name), "2024-01-01", Parsed(projects))


def table(*rows: str, file: str = "", goals: tuple[str, ...] = (), code: str = "1307") -> Project:
    """A table of one project whose rows are written name=value."""
    pairs = [row.partition("=")[::2] for row in rows]
    return Project(
        unit=UNIT,
        name="公众号运维",
        code=code,
        year=2023,
        goals=tuple(Goal(number, text) for number, text in enumerate(goals, start=1)),
        indicators=tuple(Indicator(name, Value(raw)) for name, raw in pairs),
        source=Source(file, "", 1),
    )


def content(store: Store) -> list[StoredProject]:
    return list(store.projects())


# Round trip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(st.data())
def test_every_field_comes_back(
    any_parsed: st.SearchStrategy[Parsed], store: Store, data: st.DataObject
) -> None:
    parsed = data.draw(any_parsed)  # tables of one document never merge: all are active
    store.put(replace(document("any.txt"), parsed=parsed))
    active = content(store)
    assert tuple(found.project for found in active) == parsed.projects
    listed = {one.id: one for one in store.listed()}
    searched = store.searched_texts()
    for shown in active:
        bare = replace(shown.project, goals=(), indicators=())
        assert listed.pop(shown.id) == replace(ListedProject.of(shown), head=bare)
        assert list(store.listed([shown.id])) == [replace(ListedProject.of(shown), head=bare)]
        rows = shown.project.indicators
        said = {text for row in rows for text in (row.name, row.description)}
        assert said | {goal.text for goal in shown.project.goals} <= {*searched.lines, ""}
        assert shown.project.goal in (*searched.goals, "")
        if shown.project.kind is ProjectKind.WHOLE_UNIT:
            assert shown.project.unit in (*searched.lines, "")
    assert not listed
    assert len({found.id for found in active}) == len(active)
    (found,) = store.documents()
    assert (found.problems, found.notes) == (parsed.problems, parsed.notes)
    assert [(row.project_id, row.indicator) for row in store.indicators()] == [
        (one.id, row) for one in active for row in one.project.indicators
    ]
    assert [(row.project_id, row.goal) for row in store.goals()] == [
        (one.id, row) for one in active for row in one.project.goals
    ]
    for row in store.indicators():
        assert row.head == replace(store.project(row.project_id).project, goals=(), indicators=())


def test_rows_are_numbered_from_one(store: Store) -> None:
    store.put(document("a", table("一=1", "二=2", goals=("目标",))))
    (project,) = store.projects()
    assert [row.id for row in store.indicators()] == [f"{project.id}-i001", f"{project.id}-i002"]
    assert [row.id for row in store.goals()] == [f"{project.id}-g001"]
    assert len(project.id) == 12


def test_documents_tell_what_they_gave(store: Store) -> None:
    parsed = Parsed((table("一=1", goals=("目标",)),), (Remark("a", "line 3", "cut"),))
    store.put(replace(document("a.txt"), parsed=parsed))
    store.add_path(document("a.txt").id, "/another/a.txt")
    (found,) = store.documents()
    assert (found.name, found.size, found.added) == ("a.txt", 5, "2024-01-01")
    assert found.paths == ("/another/a.txt", "/docs/a.txt")
    assert found.path == "/another/a.txt"
    assert (found.projects, found.goals, found.indicators) == (1, 1, 1)
    assert (found.problems, found.notes) == (parsed.problems, ())


def test_unknown_names_are_said(store: Store) -> None:
    with pytest.raises(UsageError, match="'abc'"):
        store.project("abc")
    with pytest.raises(UsageError, match="'abc'"):
        store.remove("abc")
    with pytest.raises(UsageError, match="'abc'"):
        store.add_path("abc", "/x")


# Identity

ROWS = ("粉丝量=5万", "编发数=240期", "满意度=≥95%", "及时率=100%", "成本=12万元")
PDF = document("a.pdf", table(*ROWS[:4], file="a.pdf"))
XLSX = document("a.xlsx", table(*ROWS, file="a.xlsx"))
REVISED = document("b.docx", table("粉丝量=9万", *ROWS[3:], "新增=1", file="b.docx"))
TWINS = document("c.txt", table(*ROWS, file="c.txt"), table(*ROWS[:3], file="c.txt"))
OTHER = document("d.txt", table(*ROWS, file="d.txt", code="99"), Project(name="无单位"))
FAMILY = (PDF, XLSX, REVISED, TWINS, OTHER)


def test_one_disclosure_met_twice_is_one_project(store: Store) -> None:
    store.put(PDF)
    (alone,) = store.projects()
    assert alone.project == PDF.parsed.projects[0]
    store.put(XLSX)
    (found,) = store.projects()
    assert (found.id, found.project, found.document_id) == (
        alone.id,
        XLSX.parsed.projects[0],
        XLSX.id,
    )
    assert found.sources == (Source("a.xlsx", "", 1), Source("a.pdf", "", 1))
    assert len(list(store.indicators())) == len(ROWS)
    assert store.stats().projects == 1


def test_the_other_source_comes_back_when_a_document_is_removed(store: Store) -> None:
    store.put(PDF)
    before = content(store)
    store.put(XLSX)
    store.remove(XLSX.id)
    assert content(store) == before
    store.put(XLSX)
    store.put(replace(XLSX, parsed=Parsed()))  # read again: the table is no longer in it
    assert content(store) == before


def test_tables_that_disagree_stay_apart(store: Store) -> None:
    store.put(XLSX)
    store.put(REVISED)
    one, other = sorted(store.projects(), key=lambda found: found.id)
    assert other.id == f"{one.id}-2"
    assert {one.document_id, other.document_id} == {XLSX.id, REVISED.id}
    assert store.project(other.id) == other
    assert [row.project_id for row in store.indicators()].count(other.id) == 4


def test_two_tables_of_one_document_never_merge(store: Store) -> None:
    store.put(TWINS)
    one, other = store.projects()
    assert other.id == f"{one.id}-2"
    store.put(PDF)
    assert [found.sources for found in store.projects()] == [
        (Source("c.txt", "", 1), Source("a.pdf", "", 1)),
        (Source("c.txt", "", 1),),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(FAMILY[:4])), ids=range(24))
def test_the_order_of_documents_does_not_matter(order: tuple[Document, ...], path: Path) -> None:
    with Store.open(path.with_name("expected"), write=True) as expected:
        for one in FAMILY:
            expected.put(one)
        with Store.open(path, write=True) as store, store.batch():
            for one in (*order, OTHER):
                store.put(one)
            assert content(store) == content(expected)
            assert list(store.indicators()) == list(expected.indicators())
            assert store.revision() == expected.revision()
            assert store.stats() == expected.stats()


STEPS = st.lists(st.tuples(st.sampled_from(FAMILY), st.booleans()), max_size=12)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(steps=STEPS)
def test_only_what_is_there_at_the_end_counts(
    steps: list[tuple[Document, bool]], tmp_path: Path
) -> None:
    left: dict[str, Document] = {}
    for name in ("walked", "direct"):
        (tmp_path / name).unlink(missing_ok=True)
    with Store.open(tmp_path / "walked", write=True) as walked:
        for one, put in steps:
            if put:
                walked.put(one)
                left[one.id] = one
            elif left.pop(one.id, None):
                walked.remove(one.id)
        with Store.open(tmp_path / "direct", write=True) as direct:
            for one in left.values():
                direct.put(one)
            assert content(walked) == content(direct)
            assert walked.revision() == direct.revision()
            assert walked.verify() == []


def test_revision_names_the_records(store: Store) -> None:
    seen = [store.revision()]
    store.put(PDF)
    seen.append(store.revision())
    store.put(XLSX)
    seen.append(store.revision())
    changed = replace(PDF.parsed.projects[0], purpose="维护")
    store.put(replace(PDF, parsed=Parsed((changed,))))
    seen.append(store.revision())
    assert len(set(seen)) == len(seen)
    store.put_skipped("/docs/x", "x", "", "no right")
    store.put(replace(PDF, parsed=Parsed((changed,)), added="2025", path="/elsewhere"))
    assert store.revision() == seen[-1]
    store.put(PDF)
    assert store.revision() == seen[2]
    store.remove(XLSX.id)
    assert store.revision() == seen[1]


# Paths and skipped files


def test_a_path_leads_to_what_was_last_read_there(store: Store) -> None:
    store.put(PDF)
    store.put(replace(XLSX, path=PDF.path))
    assert [found.id for found in store.documents()] == [XLSX.id]
    assert store.known() == store.paths() == {PDF.path: XLSX.id}


def test_a_document_stays_while_a_path_leads_to_it(store: Store) -> None:
    store.put(PDF)
    store.add_path(PDF.id, "/copy")
    store.put(replace(XLSX, path=PDF.path))
    assert {found.id for found in store.documents()} == {PDF.id, XLSX.id}
    assert store.drop_path(PDF.path)
    assert not store.drop_path("/unknown")
    assert store.drop_path("/copy")
    assert list(store.documents()) == []
    assert content(store) == []


def test_skipping_keeps_what_was_read_before(store: Store) -> None:
    store.put(PDF)
    store.put_skipped(PDF.path, "a.pdf", "f" * 64, "damaged")
    assert store.has(PDF.id)
    assert store.known() == {PDF.path: "f" * 64}
    assert [(file.path, file.reason) for file in store.skipped()] == [(PDF.path, "damaged")]
    store.put_skipped(PDF.path, "a.pdf", "", "no right")
    assert store.known() == {}  # another try may read it
    assert store.paths() == {PDF.path: PDF.id}
    store.put(PDF)
    assert list(store.skipped()) == []
    assert store.known() == {PDF.path: PDF.id}


def test_figures(store: Store) -> None:
    whole = Project(unit=UNIT, year_inferred=2022, kind=ProjectKind.WHOLE_UNIT)
    row = Indicator("一", Value("≥1", ValueKind.NUMERIC), level2=Level2.QUALITY)
    store.put(PDF)
    store.put(XLSX)
    store.put(
        document("e.txt", replace(whole, goals=(Goal(1, "目标"),)), Project(indicators=(row,)))
    )
    store.put_skipped("/x", "x", "", "no right")
    stats = store.stats()
    assert (stats.documents, stats.skipped, stats.units) == (3, 1, 1)
    assert (stats.projects, stats.whole_unit, stats.goals, stats.indicators) == (2, 1, 1, 6)
    assert stats.by_year == {"": 1, "2022": 1, "2023": 1}
    assert stats.by_level2 == {"": 5, "质量": 1}
    assert stats.by_value_kind == {"empty": 5, "numeric": 1}


# Transactions


def test_a_put_that_fails_leaves_nothing(store: Store) -> None:
    store.put(PDF)
    before, revision = content(store), store.revision()
    for bad in (table("一=\ud800"), replace(table("一=1"), year=2**70)):
        with pytest.raises(UnreadableError, match=r"a\.pdf"), store.batch():
            store.put(XLSX)
            store.remove(XLSX.id)
            store.put(replace(PDF, parsed=Parsed((table("新=1"), bad))))
    assert content(store) == before
    assert store.revision() == revision


def test_a_batch_broken_off_keeps_what_is_complete(store: Store, path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), store.batch():
        store.put(PDF)
        store.put(XLSX)
        raise KeyboardInterrupt
    with Store.open(path) as reader:
        assert content(reader) == content(store)
        assert len(content(reader)[0].sources) == 2


def test_readers_see_one_state(store: Store, path: Path) -> None:
    for number in range(5):
        store.put(document(f"{number}", table("一=1", code=f"{number}")))
    with Store.open(path) as reader:
        walking = reader.indicators()
        first = next(walking)
        for one in list(store.documents()):
            store.remove(one.id)
        store.put(XLSX)
        assert reader.project(first.project_id).project.indicators == (first.indicator,)
        assert len([first, *walking]) == 5
        assert len(list(reader.indicators())) == len(ROWS)


def test_a_reader_serves_several_threads(store: Store, path: Path) -> None:
    with store.batch():
        for number in range(30):
            store.put(document(f"{number}", table(*ROWS, code=f"{number}")))
    expected = content(store)
    wrong: list[object] = []
    with Store.open(path) as reader:

        def ask() -> None:
            try:
                if content(reader) != expected:
                    wrong.append("other projects")
                wrong.extend(one.id for one in expected if reader.project(one.id) != one)
            except Exception as error:
                wrong.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_reader_cannot_write(store: Store, path: Path) -> None:
    store.put(PDF)
    with Store.open(path) as reader, pytest.raises(HomeUnwritableError):
        reader.put(XLSX)


def test_a_second_writer_is_told(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.store.database._WAIT_SECONDS", 0.01)
    with Store.open(path, write=True) as second, store.batch():
        store.put(PDF)
        with pytest.raises(HomeLockedError, match="another process"):
            second.put(XLSX)
    assert [found.id for found in store.documents()] == [PDF.id]
