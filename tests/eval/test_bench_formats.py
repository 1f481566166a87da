"""What the benchmarks measure is read whole, in every format."""

import pytest

from corpus.parse import parse_bytes
from corpus.records import ProjectKind
from errors import UsageError
from eval.bench_documents import documents, printed_documents
from eval.bench_formats import FORMATS
from eval.bench_reading import reading


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_rows_of_the_text(ending: str) -> None:
    texts = (text for text, _ in documents(36, projects=2))
    for (opening, projects), text in zip(printed_documents(36, projects=2), texts, strict=True):
        data = FORMATS[ending](opening, projects)
        found = parse_bytes(data, f"a.{ending}").projects
        expected = parse_bytes(text.encode(), "a.txt").projects
        kinds = [p for p in found if p.kind is ProjectKind.PROJECT]
        assert [p.name for p in kinds] == [
            p.name for p in expected if p.kind is ProjectKind.PROJECT
        ]
        rows, same = (
            [(i.level1, i.level2, i.name, i.value.raw, i.description, i.basis)
             for p in parsed for i in p.indicators]
            for parsed in (found, expected)
        )  # fmt: skip
        assert rows == same


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="expected a format of txt, docx, xlsx, found pdf"):
        reading(1, formats=["pdf"])
