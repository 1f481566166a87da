"""What the benchmarks measure is read whole: invented documents against the parser."""

from corpus.parse import parse_bytes
from corpus.records import ProjectKind
from eval.bench_documents import documents


def test_every_row_written_is_read() -> None:
    total = 0
    for text, rows in documents(120):
        parsed = parse_bytes(text.encode("utf-8"), "bench.txt")
        found = [i for project in parsed.projects for i in project.indicators]
        assert len(found) == rows
        assert all(i.level1 and i.level2 and i.description and i.basis for i in found)
        assert all(i.value.raw for i in found)
        assert sum(p.kind is ProjectKind.PROJECT for p in parsed.projects) == rows // 9
        total += rows
    assert 120 <= total < 120 + 9


def test_the_same_seed_writes_the_same_bytes_and_texts_are_mostly_unlike() -> None:
    first, again = list(documents(900)), list(documents(900))
    assert first == again
    assert list(documents(900, seed=2)) != first
    names = [line for text, _ in first for line in text.splitlines() if "年度内完成" in line]
    assert len(set(names)) > 0.95 * len(names)
