"""The search benchmark writes the texts that it says, the same in every run.

(tests/contract holds what it then prints: kinds of queries, filters, the document added.)
"""

from pathlib import Path

from corpus.parse import parse_bytes
from eval.bench_documents import write_texts


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
