"""Write the worked examples beside this file: `make contract`.

Every example is what the command printed over a few sample documents and one empty file, run in
a temporary folder. Figures of time are those of that run, the machine is left out.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from cli import app
from corpus.jsonlines import value_object
from corpus.values import parse_value
from embed import DEFAULT_MODEL
from embed.weights import StaticWeights
from service.home import Home
from service.refresh import ingest

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "corpus" / "samples"

DOCUMENTS = ("004_A1_gongan.txt", "013_B_danwei_zaiqian.txt", "025_B_jiaotong_gbk.html")
_MACHINE = {"system": "Linux", "processor": "x86_64", "cores": 2, "python": "3.11.0"}
_BATCH = (
    {"id": "a", "text": "信号灯维护数量", "top": 1},
    {"id": "b", "text": "满意度", "top": 1, "where": {"level2": ["满意度"], "measurable": True}},
    {"id": "c", "text": "满意度", "within": "goal"},
)
_EVALUATION = {
    "indicators.jsonl": (
        {"id": "r1", "name": "护林员培训人次", "description": "全年培训护林员"},
        {"id": "r2", "name": "路灯维修数量", "description": ""},
        {"id": "r3", "name": "群众满意度", "description": "对服务满意的比例"},
    ),
    "queries.jsonl": ({"qid": "q1", "type": "term", "query": "培训人次"},),
}
_GOLD_ROW = {
    "name": "新改建农村公路里程",
    "level1": "产出指标",
    "level2": "数量指标",
    "operator": "≥",
    "number": 46.8,
    "measure": "公里",
    "value_raw": "46.8",
    "kind": "numeric",
    "unit": "区公路事务中心",
    "project": "农村公路建设与养护",
    "budget_wan": 1680.45,
    "year": 2026,
}
_CONCEPTS = tuple(
    {
        "name": name,
        "level2": "数量",
        "measure_class": "count",
        "measures": ["人次"],
        "polarity": "higher",
        "phrasings": [f"{name}数量", "多少人来听课"],
        "value": "≥300人次",
        "confused_with": ["培训期数"],
    }
    for name in ("护林员培训人次", "护河员培训人次")
)
CORRECTED = "56958ee40ccb-i001"
"""Id of the first indicator of the second document."""

_REAL_ROWS = tuple(
    {
        "id": own_id,
        "unit": "",
        "project": "",
        "year": 2026,
        "name": name,
        "description": "",
        "value_raw": "≥95%",
        "source": "",
    }
    for own_id, name in (("s000-22", "护林员培训人次"), ("s004-04", "路灯维修数量"))
)

_DRAFTS = (
    {"id": "a", "name": "护林员培训人次", "budget_wan": 40},
    {"id": "b", "name": "社会影响力", "level2": "社会效益", "where": {"year": 2025}},
    {"id": "c", "name": "护林员培训人次", "level2": "幸福"},
)
_JUDGED = {
    "indicators.jsonl": tuple(
        {
            "id": own_id,
            "unit": "某县林业局",
            "project": "护林员培训",
            "year": 2026,
            "budget_wan": 12.5,
            "level1": "产出指标",
            "level2": level2,
            "name": name,
            "description": "",
            "value_raw": value,
            "operator": "",
            "measure": "",
            "kind": kind,
            "source": "",
        }
        for own_id, level2, name, value, kind in (
            ("j1", "数量", "护林员培训人次", "≥300人次", "numeric"),
            ("j2", "数量", "发放护林手册数量", "发放护林手册数量", "qualitative"),
        )
    ),
    "quality.jsonl": (
        {"id": "j1", "label_a": "good", "label_b": "good", "defects_a": [], "defects_b": []},
        {
            "id": "j2",
            "label_a": "weak",
            "label_b": "weak",
            "defects_a": ["V01"],
            "defects_b": ["V01"],
        },
    ),
    "pairs.jsonl": (
        {
            "id": "pp1",
            "left": {"folder": "samples", "file": DOCUMENTS[1], "project": "农村公路建设与养护"},
            "right": {
                "folder": "samples",
                "file": "017_D_ascii_moban.txt",
                "project": "产业基础设施项目",
            },
            "alike": 2,
            "pairs": [
                ["新改建农村公路里程", "新建产业路里程"],
                ["沿线群众满意度", "受益群众满意度"],
            ],
        },
    ),
}
_GRADES = "qid\trow\tgrade\nq1\tr1\t3\n"


@dataclass(frozen=True, slots=True)
class Example:
    """A verb's answer: the name of its schema and example, and the command after `duibiao`.

    `home` is the data folder that it is asked of; `browser` says that it needs one.
    """

    name: str
    command: tuple[str, ...]
    lines: bool = False
    home: str = "data"
    browser: bool = False

    @property
    def file(self) -> str:
        """File name of the example."""
        return f"{self.name}.example.{'jsonl' if self.lines else 'json'}"


EXAMPLES = (
    Example("parse", ("parse", *(f"documents/{n}" for n in ("empty.txt", DOCUMENTS[1]))), True),
    Example(
        "parse-explain",
        ("parse", "--explain", *(f"documents/{n}" for n in ("empty.txt", DOCUMENTS[1]))),
        True,
    ),
    Example("ingest", ("ingest", "documents")),
    Example("search", ("search", "信号灯维护数量", "--top", "2")),
    Example("search-batch", ("search", "--batch", "questions.jsonl"), True),
    Example(
        "suggest",
        ("suggest", "--name", "护林员培训人次", "--level2", "数量", "--budget-wan", "40"),
        home="peers",
    ),
    Example("suggest-batch", ("suggest", "--batch", "drafts.jsonl"), True, home="peers"),
    Example("draft", ("draft", "--project", "护林防火", "--budget-wan", "40"), home="peers"),
    Example("correct", ("correct", CORRECTED, "--set", "value=≥50公里", "--set", "basis=年度计划")),
    Example("correct-list", ("correct", "--list")),
    Example("stats", ("stats",)),
    Example("verify", ("verify",)),
    Example("build", ("build",)),
    Example("build-diff", ("build", "--model", "model", "--diff", "--queries", "questions.jsonl")),
    Example("export", ("export",), True),
    Example("eval-retrieval", ("eval", "retrieval", "evaluation")),
    Example("eval-bands", ("eval", "bands")),
    Example("eval-parsing", ("eval", "parsing", "gold")),
    Example(
        "eval-concepts",
        ("eval", "concepts", "concepts", "--queries", "evaluation/queries.jsonl"),
    ),
    Example("eval-values", ("eval", "values", "--invented", "30", "--rows", "40")),
    Example("eval-boilerplate", ("eval", "boilerplate", "yardsticks", "--scale", "0")),
    Example("bench-boilerplate", ("bench", "boilerplate", "--texts", "300")),
    Example("bench-cold-search", ("bench", "cold-search", "--indicators", "90", "--runs", "1")),
    Example("bench-ingest", ("bench", "ingest", "--indicators", "90")),
    Example("bench-reading", ("bench", "reading", "--documents", "2", "--format", "docx")),
    Example("bench-search", ("bench", "search", "--texts", "60", "--queries", "5")),
    Example("bench-suggest", ("bench", "suggest", "--texts", "300", "--drafts", "5")),
    Example("bench-app", ("bench", "app", "--rounds", "1"), browser=True),
    Example("bench-fuzz", ("bench", "fuzz", "--inputs", "40", "--processes", "1")),
    Example("clusters", ("clusters", "--of", "description", "--top", "2")),
    Example("clusters-members", ("clusters", "--members", "description-0001")),
    Example("check", ("check", "documents/empty.txt", f"documents/{DOCUMENTS[0]}")),
    Example("similar", ("similar", CORRECTED[:12], "--top", "2")),
    Example("compare", ("compare", CORRECTED[:12], "--file", f"documents/{DOCUMENTS[2]}")),
    Example("eval-quality", ("eval", "quality", "judged")),
    Example("eval-alignment", ("eval", "alignment", "judged/pairs.jsonl")),
    Example("pairs", ("pairs", "--top", "2"), home="taught"),
    Example("drafts", ("drafts", "--older-than", "90")),
    Example("samples", ("samples", "invented")),
    Example("app", ("app", "--port", "8599")),
)


def prepare(folder: Path) -> None:
    """Write what the commands of `EXAMPLES` read, for running them in this folder."""
    documents = folder / "documents"
    documents.mkdir()
    for name in DOCUMENTS:
        (documents / name).write_bytes((SAMPLES / name).read_bytes())
    (documents / "empty.txt").touch()
    _write_lines(folder / "questions.jsonl", _BATCH)
    _write_lines(folder / "drafts.jsonl", _DRAFTS)
    _write_lines(folder / "peers.jsonl", tuple(_peer_lines()))
    ingest(Home.open(folder / "peers", create=True), [folder / "peers.jsonl"])
    _write_lines(folder / "taught.jsonl", tuple(_taught_lines()))
    ingest(Home.open(folder / "taught", create=True), [folder / "taught.jsonl"])
    evaluation = folder / "evaluation"
    evaluation.mkdir()
    for name, lines in _EVALUATION.items():
        _write_lines(evaluation / name, lines)
    judged = folder / "judged"
    judged.mkdir()
    for name, rows in _JUDGED.items():
        _write_lines(judged / name, rows)
    (evaluation / "qrels.tsv").write_text(_GRADES, encoding="utf-8")
    _write_model(folder / "model")
    concepts = folder / "concepts"
    concepts.mkdir()
    _write_lines(concepts / "general.jsonl", _CONCEPTS)
    yardsticks = folder / "yardsticks"
    (yardsticks / "eval").mkdir(parents=True)
    _write_lines(yardsticks / "eval" / "indicators.jsonl", _REAL_ROWS)
    (yardsticks / "seeds").mkdir()
    gold = folder / "gold"
    gold.mkdir()
    (gold / DOCUMENTS[1]).write_bytes((SAMPLES / DOCUMENTS[1]).read_bytes())
    _write_lines(gold / DOCUMENTS[1].replace(".txt", ".gold.jsonl"), (_GOLD_ROW,))


def _taught_lines() -> Iterator[object]:
    """A good and a weak row of one indicator, of two invented units."""
    for place, value in (("砚", "≥160人次"), ("澄", "培训人次")):
        head = {"unit": f"{place}县林业局", "project": "护林防火经费", "year": 2025}
        yield {"type": "project", **head, "department": "林草"}
        yield {
            "type": "indicator",
            **head,
            "level1": "产出指标",
            "level2": "数量",
            "name": "培训人次",
            "description": "全年参加业务培训的人次",
            "basis": "年度培训计划",
            "value": value_object(parse_value(value, name="培训人次")),
            "source": {"file": f"{place}.txt", "place": "", "row": 2},
        }


def _peer_lines() -> Iterator[object]:
    """Six invented units with a project of three indicators each."""
    for number, place in enumerate("砚澄霁芷砺荻", start=1):
        head = {"unit": f"{place}县林业局", "project": "护林防火经费", "year": 2025}
        yield {"type": "project", **head, "budget_wan": 20 * number, "department": "林草"}
        for row, (name, level2, value, description) in enumerate(
            (
                ("护林员培训人次", "数量", f"≥{100 + 10 * number}人次", "全年培训护林员的人次"),
                ("社会影响力", "社会效益", "社会影响力", ""),
                ("林农满意度", "满意度", "≥95%" if number < 5 else "≥98%", ""),
            ),
            start=2,
        ):
            yield {
                "type": "indicator",
                **head,
                "level1": "产出指标" if level2 == "数量" else f"{level2[-3:]}指标",
                "level2": level2,
                "name": name,
                "description": description,
                "value": value_object(parse_value(value, name=name, level2=level2)),
                "source": {"file": f"{place}县.txt", "place": "", "row": row},
            }


def _write_model(folder: Path) -> None:
    """A model that knows a few words of the default one only."""
    known = StaticWeights.load(DEFAULT_MODEL)
    StaticWeights(known.tokens[::2], known.packed[::2], known.scales[::2]).save(folder)


def run(example: Example) -> list[object]:
    """The objects that the command prints, run here; machine and place taken out."""
    arguments = [*example.command, "--home", example.home, "--json"]
    if example.name == "app":
        printed = _first_line([sys.executable, "-m", "cli", *arguments])
    else:
        done = CliRunner().invoke(app, arguments)
        if done.exit_code not in (0, 1):
            raise RuntimeError(f"{example.name}: {done.stderr}")
        printed = done.stdout
    here = str(Path.cwd())
    return [_general(json.loads(line.replace(f"{here}/", ""))) for line in printed.splitlines()]


def _first_line(command: list[str]) -> str:
    """What a command that goes on serving prints first."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as serving:  # noqa: S603
        try:
            return serving.stdout.readline().decode() if serving.stdout else ""
        finally:
            serving.kill()


def _general(answer: object) -> object:
    if isinstance(answer, dict) and "machine" in answer:
        return answer | {"machine": _MACHINE}
    return answer


def _write_lines(path: Path, lines: tuple[object, ...]) -> None:
    path.write_text("".join(_lines(lines)), encoding="utf-8")


def _lines(objects: tuple[object, ...] | list[object]) -> Iterator[str]:
    for item in objects:
        yield json.dumps(item, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all examples, or those named."""
    names = [example.name for example in EXAMPLES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(names)}; default all")
    wanted = parser.parse_args().names or names
    with tempfile.TemporaryDirectory(prefix="duibiao-contract-") as folder, chdir(folder):
        prepare(Path(folder))
        for example in EXAMPLES:
            answers = run(example)  # later ones need the home that earlier ones made
            if example.name not in wanted:
                continue
            if example.lines:
                text = "".join(_lines(answers))
            else:
                text = json.dumps(answers[0], ensure_ascii=False, indent=2) + "\n"
            (HERE / example.file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
