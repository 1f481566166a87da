"""Each verb does what it says, and its exit code tells."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is missing")

Run = Callable[..., Any]
Lines = Callable[[Any], list[dict[str, Any]]]


def of_type(answers: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [answer for answer in answers if answer["type"] == kind]


def test_help_names_every_verb(run: Run) -> None:
    done = run("--help")
    assert done.exit_code == 0
    verbs = "parse ingest search correct stats verify build export app eval bench".split()
    assert all(f"\n  {verb} " in done.stdout for verb in verbs)
    assert run().stdout == done.stdout


@pytest.mark.parametrize(
    "command",
    ["parse", "ingest", "search", "correct", "stats", "verify", "build", "export", "app",
     "eval retrieval", "eval parsing", "eval concepts", "bench cold-search", "bench ingest",
     "bench reading", "bench search", "bench fuzz"],
)  # fmt: skip
def test_every_verb_takes_home_and_json(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help").stdout
    assert "--home" in shown
    assert "--json" in shown


def test_parse_prints_the_project_before_its_rows(run: Run, lines: Lines) -> None:
    answers = lines(run("parse", SAMPLES / "013_B_danwei_zaiqian.txt", "--json"))
    assert answers[0]["type"] == "project"
    first = of_type(answers, "indicator")[0]
    assert (first["name"], first["value"]["number"], first["value"]["measure"]) == (
        "新改建农村公路里程",
        46.8,
        "公里",
    )
    assert first["source"]["file"] == "013_B_danwei_zaiqian.txt"


def test_parse_reads_a_folder_and_standard_input_alike(
    run: Run, lines: Lines, tmp_path: Path
) -> None:
    data = (SAMPLES / "013_B_danwei_zaiqian.txt").read_bytes()
    (tmp_path / "stdin").write_bytes(data)
    assert lines(run("parse", tmp_path, "--json")) == lines(run("parse", "-", "--json", stdin=data))


def test_parse_goes_on_after_a_bad_file(run: Run, lines: Lines, tmp_path: Path) -> None:
    bad = tmp_path / "empty.txt"
    bad.touch()
    done = run("parse", bad, SAMPLES / "013_B_danwei_zaiqian.txt", "--json")
    assert done.exit_code == 1
    answers = lines(done)
    assert answers[0]["type"] == "problem"
    assert answers[0]["file"] == "empty.txt"
    assert len(of_type(answers, "indicator")) == 12


def test_parse_for_people_shows_values_as_they_read_them(run: Run) -> None:
    shown = run("parse", SAMPLES / "013_B_danwei_zaiqian.txt").stdout
    assert "三级指标" in shown
    assert "新改建农村公路里程" in shown


def test_ingest_tells_what_it_did_and_the_second_time_nothing(run: Run, tmp_path: Path) -> None:
    documents, home = tmp_path / "documents", tmp_path / "home"
    documents.mkdir()
    (documents / "a.txt").write_bytes((SAMPLES / "001_A1_jiaoyu.txt").read_bytes())
    first = json.loads(run("ingest", documents, "--home", home, "--json").stdout)
    again = json.loads(run("ingest", documents, "--home", home, "--json").stdout)
    assert (first["added"], first["unchanged"], first["indicators"]) == (1, 0, 23)
    assert (again["added"], again["unchanged"], again["indicators"]) == (0, 1, 23)
    assert again["generation"] == first["generation"]


def test_ingest_prunes_only_when_told(run: Run, tmp_path: Path) -> None:
    documents, home = tmp_path / "documents", tmp_path / "home"
    documents.mkdir()
    (documents / "a.txt").write_bytes((SAMPLES / "001_A1_jiaoyu.txt").read_bytes())
    (documents / "b.txt").write_bytes((SAMPLES / "013_B_danwei_zaiqian.txt").read_bytes())
    run("ingest", documents, "--home", home)
    (documents / "a.txt").unlink()
    kept = json.loads(run("ingest", documents, "--home", home, "--json").stdout)
    (documents / "b.txt").unlink()
    pruned = json.loads(run("ingest", documents, "--prune", "--home", home, "--json").stdout)
    assert (kept["documents"], kept["removed"]) == (2, 0)
    assert (pruned["documents"], pruned["removed"]) == (0, 2)


def test_search_finds_and_filters(run: Run, home: Path) -> None:
    every = json.loads(run("search", "满意度", "--home", home, "--json").stdout)
    names = [hit["name"] for hit in every["hits"]]
    assert "满意度" in names[0]
    limited = json.loads(run("search", "满意度", "--top", "1", "--home", home, "--json").stdout)
    assert [hit["name"] for hit in limited["hits"]] == names[:1]
    where = ("--where", "level2=数量", "--where", "level2=质量")
    kept = json.loads(run("search", "学校", *where, "--home", home, "--json").stdout)
    assert {hit["level2"] for hit in kept["hits"]} == {"数量", "质量"}


@pytest.mark.parametrize("scope", ["indicator", "goal", "project"])
def test_search_in_every_scope(run: Run, home: Path, scope: str) -> None:
    found = json.loads(run("search", "校舍维修", "--in", scope, "--home", home, "--json").stdout)
    assert "校舍" in found["hits"][0]["name"]


def test_search_without_hits_is_an_answer(run: Run, home: Path) -> None:
    done = run("search", "学校", "--where", "unit=没有这个单位", "--home", home, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["hits"] == []


def test_search_for_people_is_a_table(run: Run, home: Path) -> None:
    shown = run("search", "维修校舍面积", "--home", home).stdout
    assert all(head in shown for head in ("指标值", "单位", "来源"))
    assert "≥8600平方米" in shown


def test_batch_answers_in_order_with_ids(run: Run, lines: Lines, home: Path) -> None:
    asked = [
        {"id": 7, "text": "满意度", "top": 1},
        {"id": "goal", "text": "校舍", "in": "goal", "top": 1},
        {"id": None, "text": "学校", "where": {"level2": ["数量", "质量"], "measurable": True}},
    ]
    text = "\n\n".join(json.dumps(item, ensure_ascii=False) for item in asked)
    done = run("search", "--batch", "-", "--home", home, stdin=text)
    answers = lines(done)
    assert done.exit_code == 0
    assert [answer["id"] for answer in answers] == [7, "goal", None]
    single = json.loads(run("search", "满意度", "--top", 1, "--home", home, "--json").stdout)
    assert answers[0]["hits"] == single["hits"]
    assert {hit["level2"] for hit in answers[2]["hits"]} <= {"数量", "质量"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("no json", "JSON object"),
        ("[1]", "list"),
        ('{"id": 1}', "text"),
        ('{"id": 1, "text": "x", "extra": 2}', "extra"),
        ('{"id": 1, "text": "x", "top": 0}', "top"),
        ('{"id": 1, "text": "x", "top": true}', "top"),
        ('{"id": 1, "text": "x", "in": "column"}', "column"),
        ('{"id": 1, "text": "x", "in": ["goal"]}', "in expects"),
        ('{"id": 1, "text": "x", "where": {"colour": "red"}}', "colour"),
        ('{"id": 1, "text": "x", "where": "unit=a"}', "where"),
        ('{"id": 1, "text": "x", "where": {"unit": null}}', "unit"),
        ('{"id": 1, "text": 5}', "text"),
        ("[" * 100_000, "JSON object"),
        ('"\\ud800"', "JSON object"),
    ],
)  # fmt: skip
def test_a_bad_batch_line_is_answered_and_the_next_goes_on(
    run: Run, lines: Lines, home: Path, tmp_path: Path, line: str, named: str
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(f'{line}\n{{"id": "next", "text": "满意度"}}\n', encoding="utf-8")
    done = run("search", "--batch", batch, "--home", home)
    bad, good = lines(done)
    assert done.exit_code == 1
    assert set(bad) == {"id", "error"}
    assert named in bad["error"]
    assert bad["id"] == (1 if line.startswith('{"id"') else None)
    assert good["id"] == "next"
    assert good["hits"]


def test_stats_counts_what_export_prints(run: Run, lines: Lines, home: Path) -> None:
    facts = json.loads(run("stats", "--home", home, "--json").stdout)
    exported = lines(run("export", "--home", home, "--json"))
    kinds = [line["kind"] for line in of_type(exported, "project")]
    assert facts["projects"] == kinds.count("project")
    assert facts["whole_unit"] == kinds.count("whole_unit")
    assert facts["goals"] == len(of_type(exported, "goal"))
    assert facts["indicators"] == len(of_type(exported, "indicator")) == 35
    assert sum(facts["by_value_kind"].values()) == 35


def test_what_export_writes_ingest_reads_back(
    run: Run, lines: Lines, home: Path, tmp_path: Path
) -> None:
    out, second = tmp_path / "all.jsonl", tmp_path / "second"
    assert run("export", "--out", out, "--home", home).exit_code == 0
    exported = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert exported == lines(run("export", "--home", home))
    assert run("ingest", out, "--home", second).exit_code == 0
    again = lines(run("export", "--home", second))
    assert sorted(map(json.dumps, again)) == sorted(map(json.dumps, exported))


def test_a_failed_export_leaves_the_old_file(run: Run, home: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    out.write_text("old", encoding="utf-8")
    (home / "corpus.sqlite").write_bytes(b"no database" * 1000)
    assert run("export", "--out", out, "--home", home).exit_code == 2
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "home"]


def test_build_makes_a_new_generation_that_answers_alike(run: Run, home: Path) -> None:
    search = ("search", "校舍维修面积", "--home", home, "--json")
    before = json.loads(run(*search).stdout)
    built = json.loads(run("build", "--home", home, "--json").stdout)
    assert built["indicators"] == 35
    assert (
        json.loads(run("stats", "--home", home, "--json").stdout)["generation"]
        == (built["generation"])
    )
    assert json.loads(run(*search).stdout)["hits"] == before["hits"]


def test_build_diff_shows_the_lists_before_and_after(
    run: Run, home: Path, tiny_model: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("校舍维修面积\n群众满意度\n", encoding="utf-8")
    command = ("build", "--model", tiny_model, "--diff", "--queries", queries, "--home", home)
    shown = run(*command)
    assert shown.exit_code == 0, shown.stderr
    assert "“校舍维修面积”" in shown.stdout
    assert "2 条查询中 2 条的前五名有变化" in shown.stdout
    again = json.loads(run(*command, "--json").stdout)
    assert (again["queries"], again["changed"]) == (2, 0)
    own = json.loads(run("build", "--model", "default", "--diff", "--home", home, "--json").stdout)
    assert own["queries"] >= 100
    assert 0 < own["changed"] == len(own["changes"])


def test_queries_need_diff(run: Run, home: Path) -> None:
    done = run("build", "--queries", "queries.txt", "--home", home)
    assert done.exit_code == 2
    assert "--diff" in done.stderr


def test_verify_finds_nothing_in_a_sound_home(run: Run, home: Path) -> None:
    done = run("verify", "--home", home, "--json")
    facts = json.loads(done.stdout)
    assert done.exit_code == 0
    assert facts["sound"]
    assert (facts["documents"], facts["problems"]) == (2, [])


@needs_seeds
def test_the_five_documents_are_read_whole(run: Run, lines: Lines) -> None:
    found = {}
    for path in sorted(SEEDS.glob("*.txt")):
        done = run("parse", path, "--json")
        assert done.exit_code == 0
        answers = lines(done)
        kinds = [line["kind"] for line in of_type(answers, "project")]
        rows = len(of_type(answers, "indicator"))
        found[path.name[:3]] = (rows, kinds.count("project"), kinds.count("whole_unit"))
    assert found == {
        "000": (54, 6, 1),
        "001": (20, 3, 1),
        "002": (39, 2, 1),
        "003": (24, 3, 1),
        "004": (56, 5, 1),
    }


@needs_seeds
def test_the_first_search_of_a_user(run: Run, tmp_path: Path) -> None:
    assert run("ingest", SEEDS, "--home", tmp_path / "home").exit_code == 0
    asked = ("search", "公众号粉丝数量", "--home", tmp_path / "home", "--json")
    hits = json.loads(run(*asked).stdout)["hits"]
    assert {hit["name"]: hit["value"] for hit in hits[:4]} == {
        "渌口发布抖音号粉丝量": "≥40000人",
        "渌口发布粉丝量": "≥100000人",
        "掌上渌口粉丝量": "≥50000人",
        "渌口融媒粉丝量": "≥5000人",
    }
    assert all("渌口" in hit["unit"] and hit["source"]["row"] for hit in hits[:4])
