"""The published contract against what the verbs print: schemas, worked examples, live output."""

import importlib.util
import json
from collections.abc import Iterator
from contextlib import chdir
from functools import cache
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from corpus.specimens.disclosures import disclosures
from eval.bench_search import FILTERED_BY

CONTRACT = Path(__file__).parents[2] / "docs" / "contract"


def load_writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("writer", CONTRACT / "write_examples.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = load_writer()
NAMES = [example.name for example in WRITER.EXAMPLES]


def read_schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CONTRACT / f"{name}.schema.json").read_text("utf-8"))
    return found


def closed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The same schema, refusing keys that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "additionalProperties" not in schema:
        inner["additionalProperties"] = False
    return inner


@cache
def registry() -> Registry[Any]:
    """All schemas, closed."""
    schemas = [closed(read_schema(other)) for other in NAMES]
    return Registry[Any]().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(closed(read_schema(name)), registry=registry())


def complaints(name: str, answers: list[Any]) -> list[str]:
    checker = validator(name)
    return [
        f"line {number}, {error.json_path}: {error.message[:300]}"
        for number, answer in enumerate(answers, start=1)
        for error in checker.iter_errors(answer)
    ]


def read_example(name: str) -> list[Any]:
    example = next(example for example in WRITER.EXAMPLES if example.name == name)
    text = (CONTRACT / example.file).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()] if example.lines else [json.loads(text)]


def key_paths(answers: list[Any]) -> set[str]:
    """Every key that stands somewhere in the answers, with the keys above it."""

    def walk(part: Any, above: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
        if isinstance(part, dict):
            for key, value in part.items():
                # names of years, facets and levels are data, not keys of the contract
                place = f"{above}/*" if above.rpartition("/")[2] in OPEN else f"{above}/{key}"
                yield place
                yield from walk(value, place)
        elif isinstance(part, list):
            for item in part:
                yield from walk(item, above)

    return {path for answer in answers for path in walk(answer, str(answer.get("type", "")))}


OPEN = frozenset(
    {"facets", "by_year", "by_level2", "by_value_kind", "grades", "kinds", "weak", "by_rule"}
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, told_bands: Path) -> dict[str, list[Any]]:
    """What every verb prints now, over a tiny corpus."""
    folder = tmp_path_factory.mktemp("contract")
    answers = {"eval-bands": [json.loads(told_bands.read_text("utf-8"))]}
    with chdir(folder), pytest.MonkeyPatch.context() as patch:
        # `samples` writes a few of the documents, which tests/corpus/test_disclosures.py holds
        first = "corpus.specimens.disclosures.disclosures"
        patch.setattr(first, lambda scale: islice(disclosures(scale), 60))
        WRITER.prepare(folder)
        for example in WRITER.EXAMPLES:
            if not example.browser and example.name not in answers:
                answers[example.name] = WRITER.run(example)
    return answers


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(read_schema(name))


def test_every_schema_has_an_example_and_a_row_in_the_readme() -> None:
    readme = (CONTRACT / "README.md").read_text("utf-8")
    assert sorted(NAMES) == sorted(
        path.name.removesuffix(".schema.json") for path in CONTRACT.glob("*.schema.json")
    )
    for example in WRITER.EXAMPLES:
        assert f"`{example.name}.schema.json`" in readme
        assert f"`{example.file}`" in readme


@pytest.mark.parametrize("name", NAMES)
def test_the_example_follows_the_schema(name: str) -> None:
    assert complaints(name, read_example(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_live_output_follows_the_schema(name: str, live: dict[str, list[Any]]) -> None:
    if name not in live:
        pytest.skip("it drives a browser for minutes: `make contract` runs it")
    assert live[name], "nothing was printed"
    assert complaints(name, live[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_example_shows_the_keys_of_today(name: str, live: dict[str, list[Any]]) -> None:
    if name not in live:
        pytest.skip("it drives a browser for minutes: `make contract` runs it")
    assert key_paths(read_example(name)) == key_paths(live[name]), "run make contract"


def test_a_missing_key_and_an_unknown_key_are_refused(live: dict[str, list[Any]]) -> None:
    answer = live["stats"][0]
    assert complaints("stats", [{k: v for k, v in answer.items() if k != "units"}])
    assert complaints("stats", [answer | {"more": 1}])


def test_the_benchmark_of_the_search_measures_what_it_says(live: dict[str, list[Any]]) -> None:
    (answer,) = live["bench-search"]
    lines = answer["lines"]
    assert [(line["kind"], line["filters"], line["queries"]) for line in lines] == [
        (kind, filters, count)
        for kind, count in (("phrase", 5), ("goal", 1))
        for filters in range(len(FILTERED_BY) + 1)
    ]
    assert all(0 < line["p50_ms"] <= line["p95_ms"] <= line["max_ms"] for line in lines)
    assert answer["unique_texts"] >= 60
    assert 0 < answer["added_seconds"] <= answer["searchable_seconds"]
