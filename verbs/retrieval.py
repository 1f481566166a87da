"""How measures of search are shown: one row a system, one column a type of query."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from verbs import output

if TYPE_CHECKING:
    from eval.retrieval_report import RefusalLine, RetrievalFigures, RetrievalLine

_KINDS = {
    "all": "全部",
    "term": "术语",
    "synonym": "同义",
    "colloquial": "口语",
    "goal": "目标",
    "cross": "跨行业",
    "abbreviation": "简称",
    "note": "草记",
    "typo": "错字",
    "wording": "动词量词",
    "near": "同部门无此事",
    "homonym": "同词异义",
    "absent": "政务但未收录",
    "far": "政务之外",
    "noise": "无意义",
    "development": "开发半",
    "held out": "留出半",
}
_FEW_IDS = 12
_SYSTEMS = {"product": "对标", "dense": "仅向量", "bm25": "BM25", "tfidf": "字 TF-IDF"}


def show_retrieval(figures: "RetrievalFigures") -> None:
    """Tables of the measures with their intervals, then the verdicts."""
    output.say(
        f"{figures.set}：{figures.rows} 行，{figures.names} 个不同名称，{figures.queries} 条查询；"
        f"方括号内为 95% 区间（配对自助法 {figures.resamples} 次）"
    )
    output.say("nDCG@10")
    _show(figures, lambda line: _number(line.ndcg10, line.ndcg10_low, line.ndcg10_high))
    output.say("Recall@20")
    _show(figures, lambda line: _number(line.recall20, line.recall20_low, line.recall20_high))
    output.say("MRR")
    _show(figures, lambda line: _number(line.mrr, line.mrr_low, line.mrr_high))
    output.say("对标领先（nDCG@10 之差，逐条配对）")
    _show(figures, lambda line: _number(line.ahead, line.ahead_low, line.ahead_high, "+"), first=1)
    _show_verdicts(figures)


def _show(
    figures: "RetrievalFigures", cell: Callable[["RetrievalLine"], str], first: int = 0
) -> None:
    lines = {(line.system, line.queries): line for line in figures.lines}
    systems = list(dict.fromkeys(line.system for line in figures.lines))[first:]
    kinds = list(dict.fromkeys(line.queries for line in figures.lines))
    counts = {line.queries: line.count for line in figures.lines}
    heads = ["", *(f"{_KINDS.get(kind, kind)}（{counts[kind]}）" for kind in kinds)]
    rows = [
        [_SYSTEMS.get(system, system), *(cell(lines[system, kind]) for kind in kinds)]
        for system in systems
    ]
    output.show_rows(heads, rows)


def _show_verdicts(figures: "RetrievalFigures") -> None:
    worse = [
        _KINDS.get(line.queries, line.queries) for line in figures.against_lexical if line.worse
    ]
    said = f"在{'、'.join(worse)}上显著落后" if worse else "没有一类显著落后"
    output.say(f"与每类最好的词面方法相比：{said}。")
    found = figures.refusals
    if found.rightly_refused is None:
        output.say("无相近结果：未作判断。")
        return
    output.say(
        f"无相近结果：本无答案的 {found.without_answer} 条中答对 {found.rightly_refused} 条"
        f"{_ids(found.missed)}，有答案的 {found.with_answer} 条中误拒 {found.wrongly_refused} 条"
        f"{_ids(found.wrong)}。"
    )
    _show_refusals(found.lines)


def _show_refusals(lines: Sequence["RefusalLine"]) -> None:
    """Where the errors come from: shares refused, by type and part."""
    rows = [
        [
            "有" if line.with_answer else "无",
            _KINDS.get(line.queries, line.queries),
            str(line.count),
            str(line.refused),
            _number(line.share, line.low, line.high),
        ]
        for line in lines
    ]
    output.show_rows(["答案", "查询", "条数", "答“无相近结果”", "占比"], rows)


def _ids(ids: Sequence[str]) -> str:
    more = " 等" if len(ids) > _FEW_IDS else ""
    return f"（{'、'.join(ids[:_FEW_IDS])}{more}）" if ids else ""


def _number(mean: float, low: float, high: float, sign: str = "") -> str:
    shown = [f"{number:{sign}.3f}".replace("0.", ".", 1) for number in (mean, low, high)]
    return f"{shown[0]} [{shown[1]} {shown[2]}]"
