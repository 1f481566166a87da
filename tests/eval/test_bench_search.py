"""What the search benchmark measures is what it says: sizes, filters, the document added."""

from pathlib import Path

from corpus.parse import parse_bytes
from eval.bench_documents import write_texts
from eval.bench_search import FILTERED_BY, search


def test_the_texts_said_to_be_written_are_those_read(tmp_path: Path) -> None:
    rows, texts = write_texts(tmp_path, 300)
    assert len(texts) == len(set(texts)) >= 300
    read = [
        project
        for path in sorted(tmp_path.iterdir())
        for project in parse_bytes(path.read_bytes(), path.name).projects
        if project.name
    ]
    indicators = [indicator for project in read for indicator in project.indicators]
    assert len(indicators) == rows
    found = {text for one in indicators for text in (one.name, one.description)}
    found |= {text for project in read for text in (project.name, project.purpose)}
    found |= {project.goal for project in read}
    assert found <= set(texts)


def test_the_same_texts_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert write_texts(tmp_path / "a", 100) == write_texts(tmp_path / "b", 100)


def test_every_kind_of_query_with_every_number_of_filters() -> None:
    report = search(texts=60, queries=20)
    assert [(line.kind, line.filters, line.queries) for line in report.lines] == [
        (kind, filters, count)
        for kind, count in (("phrase", 20), ("goal", 4))
        for filters in range(len(FILTERED_BY) + 1)
    ]
    assert all(0 < line.p50_ms <= line.p95_ms <= line.max_ms for line in report.lines)
    assert report.unique_texts >= 60
    assert 0 < report.added_seconds <= report.searchable_seconds
