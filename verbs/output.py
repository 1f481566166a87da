"""How the command line speaks: JSON, tables for people, progress, one line for an error.

Answers go to stdout, everything else to stderr; progress only where stderr is a terminal.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from errors import DuibiaoError, UsageError

if TYPE_CHECKING:
    from index.results import SearchAnswer
    from service.correct import Correction, CorrectionReport

Progress = Callable[[int, int, str], None]

_PIPE_WIDTH = 160  # columns where the answer does not go to a terminal

# Base class of what is wrong with arguments: click's own, or that of typer's copy of click.
_ArgumentError: type[Exception] = typer.BadParameter.__mro__[2]

_INTERRUPTED = "interrupted; what was complete is kept, nothing is half-written"
_COMPLAINTS = ("skipped", "problems")

_LABELS = {
    "documents": "文件",
    "drafts": "草稿",
    "old": "旧草稿",
    "added": "新增",
    "changed": "更新",
    "unchanged": "未变",
    "removed": "移除",
    "skipped": "未读出",
    "units": "单位",
    "projects": "项目",
    "whole_unit": "部门整体",
    "goals": "目标语句",
    "indicators": "指标",
    "unique_texts": "不同文本",
    "masked": "已遮盖个人信息",
    "seconds": "用时（秒）",
    "generation": "索引版本",
    "model": "模型",
    "behind": "索引落后于语料",
    "home": "数据目录",
    "url": "网址",
    "template": "模板",
    "size": "条数",
    "samples": "样例文件",
    "folder": "文件夹",
    "truth": "真值",
    "scale": "倍数",
    "counties": "县",
    "weak_indicators": "弱指标",
    "kinds": "表的来历",
    "weak": "所违规则",
    "own": "自写",
    "standard": "规定",
    "copied": "照抄",
    "carried": "沿用",
    "echo": "复述",
    "one_value": "一值到底",
    "by_year": "按年度",
    "by_level2": "按二级指标",
    "by_value_kind": "按指标值类型",
    "": "（不明）",
    "numeric": "数值",
    "deadline": "时限",
    "qualitative": "定性",
    "empty": "空",
    "sound": "完好",
    "index_files": "索引文件",
    "runs": "次数",
    "first_seconds": "首次（秒）",
    "median_seconds": "中位数（秒）",
    "slowest_seconds": "最慢（秒）",
    "indicators_per_second": "每秒指标",
    "documents_per_second": "每秒文件",
    "indicators_per_document": "每份指标",
    "megabytes": "大小（MB）",
    "format": "格式",
    "mean_characters": "平均字数",
    "build_seconds": "重建索引（秒）",
    "encoded_per_second": "每秒编码文本",
    "encoded_alone": "每秒编码文本（单进程）",
    "segmenter": "分词",
    "added_seconds": "新增一份（秒）",
    "searchable_seconds": "新增至可检索（秒）",
    "kind": "查询类型",
    "filters": "筛选条件",
    "inputs": "输入",
    "seed": "种子",
    "read": "读出",
    "refused": "拒读",
    "failures": "失败",
    "number": "编号",
    "queries": "查询",
    "machine": "机器",
    "system": "系统",
    "processor": "处理器",
    "cores": "核数",
    "names": "不同名称",
    "rows": "行",
    "file": "文件",
    "family": "版式",
    "gold_rows": "应有行",
    "found_rows": "读出行",
    "accuracy": "字段正确率",
    "error": "错误",
    "concepts": "概念",
    "concept": "概念",
    "phrasings": "说法",
    "department": "行业",
    "level2": "二级指标",
    "fault": "疑点",
    "findings": "处数",
    "text": "文字",
    "other": "相近者",
    "similarity": "相似度",
}


class Verbs(TyperGroup):
    """All verbs; every way to fail ends here, in one line on stderr and an exit code."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run one verb and leave the process with its exit code."""
        options["standalone_mode"] = False
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(arguments or ["--help"], *rest, **options)
        except _ArgumentError as error:
            complain(f"{error.format_message()} (see duibiao --help)")  # type: ignore[attr-defined]
            sys.exit(2)
        except (KeyboardInterrupt, typer.Abort):
            complain(_INTERRUPTED)
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's or click's context
        """Run the verb; errors meant for users become one line."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # not later, where a closed pipe could not be caught
        except DuibiaoError as error:
            complain(str(error))
            raise typer.Exit(2) from None
        except (typer.Exit, typer.Abort, _ArgumentError):
            raise
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            complain(_INTERRUPTED)
            raise typer.Exit(130) from None
        except Exception as error:
            # The last resort: a user is told one line and never shown a traceback.
            if os.environ.get("DUIBIAO_TRACEBACK"):
                raise
            complain(
                f"internal error ({type(error).__name__}: {error}); please report it; "
                "DUIBIAO_TRACEBACK=1 shows where"
            )
            raise typer.Exit(2) from None


def emit(answer: object) -> None:
    """One JSON object on one line of stdout."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def emit_lines(objects: Iterable[object]) -> None:
    """JSON lines."""
    for item in objects:
        emit(item)


def emit_answers(answers: Iterable[Mapping[str, object]]) -> int:
    """JSON lines, each sent off before the next is asked for; return how many are errors."""
    errors = 0
    for answer in answers:
        emit(answer)
        sys.stdout.flush()
        errors += "error" in answer
    return errors


def show_report(report: object, json: bool) -> None:
    """A report of figures, as JSON or as tables."""
    from service.contract import plain

    if json:
        emit(plain(report))
    else:
        show_figures(plain(report))


def complain(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    sys.stderr.write(f"duibiao: {' '.join(message.split())}\n")


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """A bar on stderr fed by (done, total, label), or None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[label]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, label="")

        def report(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, label=label[-40:])

        yield report


@contextmanager
def batch_lines(name: str) -> Iterator[Iterable[bytes]]:
    """Lines of a batch file, or of standard input for `-`."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"--batch expects a readable file, found {name}: {why}") from None
    with file:
        yield file


def show_figures(figures: Mapping[str, object]) -> None:
    """A report of figures: single ones as one table, lists and groups as tables of their own.

    What was not read or is damaged is left to stderr, one line each.
    """
    figures = {key: _masked(value) if key == "masked" else value for key, value in figures.items()}
    single = [(_label(k), _text(v)) for k, v in figures.items() if not isinstance(v, (list, dict))]
    _print_table(("", ""), single)
    for key, value in figures.items():
        if key in _COMPLAINTS or not value:
            continue
        if isinstance(value, dict):
            say(_label(key))
            _print_table(("", ""), [(_label(k), _text(v)) for k, v in value.items()])
        elif isinstance(value, list):
            rows = [item if isinstance(item, dict) else {key: item} for item in value]
            show_rows([_label(k) for k in rows[0]], [list(row.values()) for row in rows])


def show_rows(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under Chinese heads."""
    _print_table(heads, [[_text(cell) for cell in row] for row in rows])


def show_search(answer: "SearchAnswer") -> None:
    """The hits as a table, with the count and the time in front."""
    shown = f"，列出前 {len(answer.hits)} 组" if answer.hits else ""
    concept = f"；最接近的常用指标：{answer.nearest_concept}" if answer.nearest_concept else ""
    found = f"{answer.total} 条{shown}" if answer.hits else "没有相近的内容"
    say(f"“{answer.query}”：{found}{concept}（{answer.took_ms:.0f} 毫秒）")
    if answer.hits:
        show_rows(
            ("#", "相近", "指标", "指标值", "二级指标", "单位", "项目", "年度", "相同", "来源"),
            (
                (
                    hit.rank,
                    f"{hit.band} {hit.score:.2f}".strip(),
                    hit.name,
                    hit.value,
                    hit.level2,
                    hit.unit,
                    hit.project,
                    hit.year,
                    hit.count,
                    source_text(hit.source.file, hit.source.place, hit.source.row),
                )
                for hit in answer.hits
            ),
        )


def show_corrections(found: Iterable["Correction"]) -> None:
    """Corrections as a table; those without effect say why."""
    from service.correct import FIELD_NAMES

    rows = [
        (
            one.id,
            one.record,
            one.project,
            one.name,
            FIELD_NAMES[one.field],
            one.old,
            "（删去）" if one.field == "row" else one.new,
            source_text(one.source.file, one.source.place, one.source.row),
            "已生效" if one.in_effect else f"未生效：{one.reason}",
        )
        for one in found
    ]
    if not rows:
        say("没有更正。")
        return
    show_rows(("更正", "编号", "项目", "原指标", "字段", "原文", "更正为", "来源", "状态"), rows)


def show_corrected(report: "CorrectionReport") -> None:
    """What was put right or taken back."""
    if report.corrections:
        say("已更正：")
        show_corrections(report.corrections)
    if report.withdrawn:
        say(f"已撤销：{'、'.join(one.id for one in report.withdrawn)}")
    if not report.corrections and not report.withdrawn:
        say("没有改动：与读到的原文相同。")


def source_text(file: str, place: str, row: int) -> str:
    """A source as people read it: file, place, row."""
    parts = [file, place, f"第{row}行" if row else ""]
    return " ".join(part for part in parts if part)


def _masked(counts: object) -> str:
    """What was masked, in words: 姓名 2，电话 1."""
    from service.report import masked_words

    return (masked_words(counts) if isinstance(counts, dict) else "") or "无"


def _label(key: str) -> str:
    return _LABELS.get(key, key)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.3f}".rstrip("0")
    return str(value)


def say(line: str) -> None:
    """One line on stdout."""
    sys.stdout.write(line + "\n")


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or of a fixed width where there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    table = Table(*heads, box=box.SIMPLE if any(heads) else None, show_header=any(heads))
    for row in rows:
        table.add_row(*row)
    Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False).print(table)
