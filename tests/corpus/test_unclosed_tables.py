"""Tables whose rows nothing closes, and columns rarely met, written by hand with what they say."""

from io import BytesIO

import pytest
from docx import Document

from corpus.parse import parse_bytes
from tests.corpus.hand_written import differences

_BARS = """
菱溪县城市管理局2026年部门预算
项目支出绩效目标表
单位：万元
项目名称 | 公厕管护经费 | 预算安排 | 88.6
项目实施单位 | 菱溪县环境卫生所
绩效目标 | 保障84座公厕全天开放、干净无味。
绩
效
指
标 | 一级
指标 | 二级指标 | 三级指标 | 指标值 | 备注
产
出
指
标 | 数量指标 | 管护公厕座数 | 84座 |
聘用保洁员
人数 | ≥96人 | 含轮休
质量指标 | 设施完好率 | ≥97% | 按月抽查，以城市管理
考核结果为准
时效指标 | 投诉处置时限 | ≤2小时 |
效
益
指
标 | 社会效益指标 | 市民如厕条件 | 明显改善 |
满意度指标 | 服务对象满意度指标 | 市民满意度 | ≥88% |
总分 | 100 |
"""
_BARS_ROWS = """
数量指标|管护公厕座数|84座|84
数量指标|聘用保洁员人数|≥96人|96
质量指标|设施完好率|≥97%|97
时效指标|投诉处置时限|≤2小时|2
社会效益指标|市民如厕条件|明显改善
服务对象满意度指标|市民满意度|≥88%|88
"""
_BEFORE = """
| 项目绩效目标申报表
| 填报单位：蓟湾市档案馆
| 预算年度：2026
| 项目名称
| 档案数字化加工
| 项目总额
| 145
| 年度绩效目标
| 完成馆藏档案数字化180万页。
| 一级指标
| 二级指标
| 三级指标
| 指标值类型
| 指标值
| 度量单位
||
| 产出指标
| 数量指标
| 数字化页数
| ≥
| 180
| 万页
||
| 质量指标
| 图像合格率
| ≥
| 99.5
| %
||
| 成本指标
| 单页加工成本
| ≤
| 0.35
| 元/页
||
| 效益指标
| 社会效益指标
| 查档利用便捷程度
| 定性
| 提升
| 
||
"""
_BEFORE_ROWS = """
数量指标|数字化页数|180|180
质量指标|图像合格率|99.5|99.5
成本指标|单页加工成本|0.35|0.35
社会效益指标|查档利用便捷程度|提升
"""
_ALONE = "\n|\n".join(
    "蓟湾市档案馆 项目绩效目标表 项目名称 库房恒温改造 实施单位 蓟湾市档案馆 项目金额（万元）"
    " 62.5 总体目标 改造库房6间。 一级指标 二级指标 三级指标 指标值 备注 产出指标 数量指标"
    " 改造库房间数 6间 - 安装恒湿机组 ≥9台 - 质量指标 验收合格率 100% - 满意度指标"
    " 服务对象满意度指标 查档群众满意度 ≥92% -".replace(" -", " ").split(" ")
)
_GRADES = """
项目绩效目标表（2026年度）
项目名称\t护林员劳务补助
预算单位\t苇塘乡人民政府
项目资金（万元）\t41.4
绩效目标\t选聘护林员69名，落实网格化巡护。
一级指标\t二级指标\t三级指标\t优\t良\t中\t差
产出指标\t数量指标\t选聘护林员人数\t≥69人\t≥62人\t≥55人\t＜55人
\t质量指标\t巡护到位率\t≥95%\t≥90%\t≥85%\t＜85%
效益指标\t生态效益指标\t森林火灾发生情况\t未发生\t发生1起\t发生2起\t发生3起及以上
"""
_CUT = """
项目支出绩效目标表
年度 2026
项目名称 孤儿基本生活保障
编制单位：苔城区民政局
年度资金总额（万元） 73.4
年度目标 按月发放孤儿基本生活费。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 保障孤儿人数 38人
质量指标 发放准确率 100%
效益指标 社会效益指标 孤儿生活水平 得到维护
满意度指标 服务对象
满意度指标 孤儿及监护人满意度 ≥95%
"""
DOCUMENTS = {
    "bars only between cells, labels and names in lines of their own": (
        _BARS,
        "project=公厕管护经费|unit=菱溪县环境卫生所|budget=88.6|year=2026|goal=保障84座公厕全天开放、干净无味。",
        _BARS_ROWS,
    ),
    "a bar before each cell": (
        _BEFORE,
        "project=档案数字化加工|unit=蓟湾市档案馆|budget=145|year=2026|goal=完成馆藏档案数字化180万页。",
        _BEFORE_ROWS,
    ),
    "a bar on a line of its own behind each cell": (
        _ALONE,
        "project=库房恒温改造|unit=蓟湾市档案馆|budget=62.5|goal=改造库房6间。",
        """
数量指标|改造库房间数|6间|6
数量指标|安装恒湿机组|≥9台|9
质量指标|验收合格率|100%|100
服务对象满意度指标|查档群众满意度|≥92%|92
""",
    ),
    "what earns each grade in place of a value": (
        _GRADES,
        "project=护林员劳务补助|unit=苇塘乡人民政府|budget=41.4|year=2026",
        """
数量指标|选聘护林员人数|≥69人|69
质量指标|巡护到位率|≥95%|95
生态效益指标|森林火灾发生情况|未发生
""",
    ),
    "a level word cut in its middle, below words that are none": (
        _CUT,
        "project=孤儿基本生活保障|unit=苔城区民政局|budget=73.4|year=2026",
        """
数量指标|保障孤儿人数|38人|38
质量指标|发放准确率|100%|100
社会效益指标|孤儿生活水平|得到维护
服务对象满意度指标|孤儿及监护人满意度|≥95%|95
""",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_says_what_was_noted(name: str) -> None:
    assert differences(*DOCUMENTS[name]) == []


def test_the_lower_grades_are_kept_with_the_best() -> None:
    indicator = parse_bytes(_GRADES.encode(), "grades.txt").projects[0].indicators[0]
    assert [(g.grade, g.standard) for g in indicator.grades] == [
        ("优", "≥69人"),
        ("良", "≥62人"),
        ("中", "≥55人"),
        ("差", "＜55人"),
    ]


def test_heads_of_merged_columns_stand_above_the_names() -> None:
    page = """<table><tr><td colspan=6>项目绩效目标表（2026年）</td></tr>
    <tr><td>项目名称</td><td colspan=5>村级文化广场修缮</td></tr>
    <tr><td colspan=3>绩效指标</td><td colspan=2>年度指标值</td><td rowspan=2>分值权重</td></tr>
    <tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>符号</td><td>数值</td></tr>
    <tr><td rowspan=2>产出指标</td><td>数量指标</td><td>修缮广场个数</td><td>=</td><td>7</td>
    <td>30</td></tr>
    <tr><td>质量指标</td><td>验收合格率（%）</td><td>≥</td><td>98</td><td>20</td></tr></table>"""
    rows = "数量指标|修缮广场个数|7|7|30\n质量指标|验收合格率（%）|98|98|20"
    assert differences(page, "project=村级文化广场修缮|year=2026", rows, "page.html") == []


def test_a_column_may_give_the_code_of_the_unit() -> None:
    text = (
        "预算年度,单位编码,单位名称,项目名称,预算数（万元）,一级指标,二级指标,三级指标,指标值\n"
        "2026,460012,菱溪县图书馆,流动书车,35,产出指标,数量指标,服务站点,≥40个\n"
        "2026,460013,菱溪县文化馆,送戏下乡,52,产出指标,数量指标,演出场次,≥60场\n"
    )
    projects = parse_bytes(text.encode(), "flat.csv").projects
    assert [(p.unit_code, p.unit, p.year) for p in projects] == [
        ("460012", "菱溪县图书馆", 2026),
        ("460013", "菱溪县文化馆", 2026),
    ]


_TABLE = """
项目绩效目标表（2026年度）
项目名称\t堤防养护
实施单位\t蓟湾市河道管理处
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护堤防长度\t≥32公里
{between}
\t质量指标\t设施完好率\t≥95%
满意度指标\t服务对象满意度指标\t沿线群众满意度\t≥88%
"""
_TABLE_ROWS = """
数量指标|养护堤防长度|≥32公里|32
质量指标|设施完好率|≥95%|95
服务对象满意度指标|沿线群众满意度|≥88%|88
"""


@pytest.mark.parametrize(
    "between", ["— 2 —", "第 2 页 共 3 页", "（续表）", "项目绩效目标表（续）", "续上表", "12"]
)
@pytest.mark.parametrize("bars", [" | ", "\t"])
def test_a_page_mark_ends_no_table(between: str, bars: str) -> None:
    text = _TABLE.format(between=between).replace("\t", bars)
    assert differences(text, "project=堤防养护|unit=蓟湾市河道管理处", _TABLE_ROWS) == []


def test_rows_below_no_header_are_reported() -> None:
    parsed = parse_bytes(_TABLE.format(between="附表3").strip("\n").encode(), "a.txt")
    assert [(p.place, p.reason.split(": ")[1]) for p in parsed.problems] == [
        ("line 7", "质量指标 | 设施完好率 | ≥95%"),
        ("line 8", "满意度指标 | 服务对象满意度指标 | 沿线群众满意度 | ≥88%"),
    ]


@pytest.mark.parametrize(("said", "printed"), [("三级指标", "考核要素"), ("指标值", "完成标准")])
def test_a_head_that_is_no_known_word(said: str, printed: str) -> None:
    text = _TABLE.replace("\n{between}", "").replace(said, printed)
    assert differences(text, "", _TABLE_ROWS) == []


@pytest.mark.parametrize("part", [",", " ｜ ", "│", "\t"])
@pytest.mark.parametrize(
    "heads",
    [
        ("绩效指标", "指标类型", "指标名称", "指标值"),
        ("绩效一级指标", "绩效二级指标", "绩效三级指标", "绩效目标值"),
        ("指标", "指标分解", "指标明细", "年度指标值"),
    ],
)
def test_other_heads_and_other_marks_between_cells(heads: tuple[str, ...], part: str) -> None:
    text = _TABLE.replace("\n{between}", "")
    text = text.replace("一级指标\t二级指标\t三级指标\t指标值", "\t".join(heads))
    rows = text.replace("\t", part)
    assert differences(rows, "project=堤防养护|unit=蓟湾市河道管理处", _TABLE_ROWS) == []


def test_of_columns_for_several_years_none_is_guessed() -> None:
    text = _TABLE.replace("\n{between}", "").replace("指标值", "2024年\t2025年\t2026年")
    text = text.replace("≥32公里", "30公里\t31公里\t≥32公里").replace("≥95%", "90%\t93%\t≥95%")
    parsed = parse_bytes(text.strip("\n").encode(), "years.txt")
    assert [i.value.raw for i in parsed.projects[0].indicators] == ["", "", ""]
    assert "no value" in parsed.notes[0].reason


def test_months_of_a_head_are_no_budget() -> None:
    text = """
项目名称 水毁公路修复
项目资金（万元） 年初预算数 1-7月执行数 执行率
年度资金总额 276.5 120 43.4%
一级指标 二级指标 三级指标 年度指标值 1-7月执行情况
产出指标 数量指标 修复公路里程 ≥18公里 7公里
"""
    assert differences(text, "budget=276.5", "数量指标|修复公路里程|≥18公里|18||7公里") == []


def test_titles_and_header_printed_on_each_page_begin_no_project() -> None:
    title = "<tr><td colspan=4>项目绩效目标表</td></tr><tr><td colspan=4>（2026年度）</td></tr>"
    heads = "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
    page = f"""<table>{title}<tr><td>项目名称</td><td colspan=3>堤防养护</td></tr>{heads}
    <tr><td>产出指标</td><td>数量指标</td><td>养护堤防长度</td><td>≥32公里</td></tr>
    {title}{heads}
    <tr><td></td><td>质量指标</td><td>设施完好率</td><td>≥95%</td></tr></table>"""
    projects = parse_bytes(page.encode(), "pages.html").projects
    assert [(p.name, [i.name for i in p.indicators]) for p in projects] == [
        ("堤防养护", ["养护堤防长度", "设施完好率"])
    ]


def test_a_part_of_a_web_page_is_one() -> None:
    lines = _TABLE.replace("\n{between}", "").replace("\t", " | ").strip("\n").split("\n")
    page = "".join(f"<p>{line}</p>\n" for line in lines)
    assert differences(page, "project=堤防养护", _TABLE_ROWS, "part.html") == []


NOTICE = """
关于苇塘乡机耕路硬化项目绩效目标的公示
2026年安排苇塘乡人民政府财政衔接资金72万元，用于机耕路硬化。绩效目标：硬化机耕路3.6公里。
数量指标：硬化机耕路≥3.6公里；新建错车道9处。
质量指标：工程验收合格率100%。
满意度指标：受益群众满意度≥95%。
苇塘乡人民政府
2026年3月2日
"""
NOTICE_ROWS = """
数量指标|硬化机耕路|≥3.6公里|3.6
数量指标|新建错车道|9处|9
质量指标|工程验收合格率|100%|100
满意度指标|受益群众满意度|≥95%|95
"""


@pytest.mark.parametrize("name", ["notice.txt", "notice.html", "notice.docx"])
def test_a_notice_is_read_in_every_format(name: str) -> None:
    lines = NOTICE.strip("\n").split("\n")
    data = NOTICE.strip("\n").encode()
    if name.endswith("html"):
        data = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>".encode()
    elif name.endswith("docx"):
        document, stream = Document(), BytesIO()
        for line in lines:
            document.add_paragraph(line)
        document.save(stream)
        data = stream.getvalue()
    said = "project=苇塘乡机耕路硬化项目|unit=苇塘乡人民政府|budget=72|year=2026"
    assert differences(data, said, NOTICE_ROWS, name) == []
