"""关于: the model, the rules, the limits of data and program, versions and licences."""

from collections.abc import Iterable

import streamlit as st

from app_pages.notice import show_error
from app_pages.quick_table import Cell, Part, show_facts, show_table
from app_pages.words import size
from errors import DuibiaoError
from knowledge.rules import BasisStatus, Rule, RuleScope, rules
from service.about import ModelCard, Program, concept_count, model_card, programs
from service.review_report import BASIS_NAMES, SEVERITY_NAMES, basis_text

_SOURCES = {
    "laws": "法律法规条文（行）",
    "work_reports": "政府工作报告（行）",
    "law_heading_article": "法规章节名与条文（对）",
    "law_clauses": "同一条文的两句（对）",
    "stsb_zh_train": "STS-B 中文句对（对）",
    "bge_finetune_hardneg": "BGE 微调样例（对）",
    "pawsx_zh_dev": "PAWS-X 中文句对（对）",
    "csl_title_abstract": "论文题目与摘要（对）",
    "csl_keywords_abstract": "论文关键词与摘要（对）",
}
_FIGURES = {
    "term": "行业用语",
    "synonym": "近义说法",
    "colloquial": "口语",
    "goal": "目标句",
    "cross": "跨行业",
    "all": "全部",
    "Recall@20": "前 20 条找全",
    "MRR": "首个对的排得多前（MRR）",
}
_SYSTEMS = {"alone": "只用向量", "search": "向量与用词合用（本程序的检索）"}
_STATUS = {
    BasisStatus.SEEN: "读到过这句话的原文",
    BasisStatus.KNOWN: "文件存在，条文没有核对过，引用前请自行核对",
    BasisStatus.PRACTICE: "通行的判断，没有引用文件",
}
_SCOPES = {RuleScope.ROW: "一条指标", RuleScope.PROJECT: "整张表"}
_DATA_LIMITS = (
    "语料只有本机读入的文件，来自哪些县区、行业、年度，见「首页」；没有读入的地方，查不到不等于没有。",
    "扫描件不读：整页是图片、或者数字和分值连在一起分不开的，会说明，不猜。",
    "省、市、县区和行业先看文件里印的，没有印才由代码、单位名称和文件名推断，并注明「推断」；"
    "可能指几个地方的名称一律不猜。",
    "指标值以文件为准，文件里写错的照样读入；读错的可以在「语料」里更正。",
    "负责人姓名、电话、证件号、邮箱、账号不存入语料，只计个数；原文件照原样保存在数据文件夹里。",
)
_PRODUCT_LIMITS = (
    "检索按意思找，会漏，也会错；每条结果都写明有多相近，可以打开原表核对。",
    "建议值只来自别的单位写过的值，不是标准；同类太少、说法不一时不给值，并说明原因。",
    "审核按规则提示，不能代替人的判断；标着「条文待核」的依据，引用前请核对原文。",
    "语料超过一万条指标时，套话只在重建索引时更新。",
    "程序在本机运行，不连互联网，不使用大语言模型；上传去审核、对比的文件不会存入语料。",
)


def main() -> None:
    """All sections, one below the other."""
    st.header("关于「对标」", anchor=False)
    st.markdown(
        "把各单位公开的预算绩效目标表读成一条条指标，供编制时参照、审核时比对、培训时讲解。"
        "检索、建议和审核都在本机完成。"
    )
    _limits()
    try:
        _rules()
        _model(_card())
        _programs(_all_programs())
    except DuibiaoError as error:
        show_error(error)


@st.cache_resource(show_spinner=False)
def _card() -> ModelCard:
    return model_card()


@st.cache_resource(show_spinner=False)
def _all_programs() -> tuple[Program, ...]:
    return programs()


def _limits() -> None:
    data, product = st.columns(2)
    with data.container(border=True, height="stretch"):
        st.subheader("数据的局限", anchor=False)
        st.markdown("\n".join(f"- {one}" for one in _DATA_LIMITS))
    with product.container(border=True, height="stretch"):
        st.subheader("程序的局限", anchor=False)
        st.markdown("\n".join(f"- {one}" for one in _PRODUCT_LIMITS))


def _rules() -> None:
    found = list(rules().values())
    st.subheader(f"审核规则（{len(found)} 条）", anchor=False)
    counts = {status: sum(rule.basis_status is status for rule in found) for status in BasisStatus}
    st.markdown(
        "\n".join(
            f"- **{BASIS_NAMES[status]}**（{counts[status]} 条）：{words}。"
            for status, words in _STATUS.items()
        )
    )
    show_table(
        {
            "编号": _short(rule.id for rule in found),
            "规则": _short(rule.title for rule in found),
            "看什么": _short(_SCOPES[rule.scope] for rule in found),
            "程度": _short(SEVERITY_NAMES[rule.severity] for rule in found),
            "审核角度": _short(str(rule.head) for rule in found),
            "什么算弱": [rule.weak_when for rule in found],
            "依据": [_basis(rule) for rule in found],
        },
        key="about_rules",
        alt="审核规则",
    )


def _short(texts: Iterable[str]) -> list[Cell]:
    """Cells that do not wrap."""
    return [[Part(text, "short")] for text in texts]


def _basis(rule: Rule) -> str:
    """The basis with its status, once."""
    said, status = basis_text(rule), BASIS_NAMES[rule.basis_status]
    return said if status in said else f"{said}（{status}）"


def _model(card: ModelCard) -> None:
    st.subheader("文字模型", anchor=False)
    name, _, weights = card.model_id.rpartition("-")
    show_facts(
        {
            "名称": name,
            "权重校验值": weights,
            "向量": f"{card.features:,} 个字词特征，每个 {card.dim} 维，共 {size(card.size)}",
            "指标概念": f"{concept_count():,} 个（训练时 {card.concepts:,} 个，"
            f"{card.phrasings:,} 种说法，本项目编写）",
            "性质": "把词和字的向量相加，懂近义说法，不懂语序，几乎不懂否定",
        },
        key="about_model",
        alt="文字模型",
    )
    st.markdown("**用什么训练**（文本都不随程序分发，来源与许可见 embed/model/README.md）")
    used = {**card.texts, **card.pairs}
    show_table(
        {
            "来源": [_SOURCES.get(name, name) for name in used],
            "用了多少": [f"{count:,}" for count in used.values()],
        },
        key="about_texts",
        fits=True,
        alt="训练用的文本",
    )
    st.markdown(
        "**测得多好**：70 个有答案的查询，前 10 条排得多对（nDCG@10，1 为全对），"
        "取自模型说明；查询没有用来训练。"
    )
    own = [one for one in card.quality if one.own]
    columns: dict[str, list[Cell]] = {"怎么找": [_system(one.system) for one in own]}
    for name, label in _FIGURES.items():
        columns[label] = [one.figures.get(name, "") for one in own]
    show_table(columns, key="about_quality", fits=True, alt="模型的检索质量")


def _programs(found: tuple[Program, ...]) -> None:
    st.subheader("版本与许可", anchor=False)
    st.markdown("本程序以 Apache-2.0 许可发布，使用下列开源软件：")
    show_table(
        {
            "软件": [one.name for one in found],
            "版本": [one.version or "没有安装" for one in found],
            "许可": [one.licence for one in found],
        },
        key="about_programs",
        fits=True,
        alt="版本与许可",
    )


def _system(name: str) -> str:
    return next((words for end, words in _SYSTEMS.items() if name.endswith(end)), name)


main()
