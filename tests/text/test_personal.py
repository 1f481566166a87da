"""Personal data are found wherever a form prints them, and figures are left alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from text.personal import masked_path, masked_text, may_hold, personal_data

NAME, PHONE, ID, EMAIL, ACCOUNT = "〔姓名〕", "〔电话〕", "〔证件号〕", "〔邮箱〕", "〔账号〕"
VALID_ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目负责人：李明", f"项目负责人：{NAME}"),
        ("项目负责人 李 明 联系电话 138 1234 5678", f"项目负责人 {NAME} 联系电话 {PHONE}"),
        ("项目负责人\t童远山\t联系电话\t0312-7788001", f"项目负责人\t{NAME}\t联系电话\t{PHONE}"),
        ("项目负责人\n李明", f"项目负责人\n{NAME}"),
        ("项目负责人马长庚。项目总体目标", f"项目负责人{NAME}。项目总体目标"),
        ("项目负责人及电话 韦树根00000000000", f"项目负责人及电话 {NAME}{PHONE}"),
        ("负责人（签字）：张伟", f"负责人（签字）：{NAME}"),
        ("联 系 人：赵 敏", f"联 系 人：{NAME}"),
        ("填 表 人： 张 三 丰", f"填 表 人： {NAME}"),
        ("填报人：王芳　审核人：欧阳明华", f"填报人：{NAME}　审核人：{NAME}"),
        ("联系人: 李明、王小红", f"联系人: {NAME}、{NAME}"),
        ("分管领导：买买提·艾力", f"分管领导：{NAME}"),
        ("联系人：扎西次仁", f"联系人：{NAME}"),
        ("负责人：财政局 李明", f"负责人：财政局 {NAME}"),
        ("负责人：林业局张三", f"负责人：林业局{NAME}"),
        (
            "项目负责人某某技术推广中心/石敬远市县主管部门",
            f"项目负责人某某技术推广中心/{NAME}市县主管部门",
        ),
        ("单位负责人：高中华 填报日期", f"单位负责人：{NAME} 填报日期"),
        ("项目联系人 高峰 0312-7654321", f"项目联系人 {NAME} {PHONE}"),
        ("经办人李丽电话0312-1234567转801", f"经办人{NAME}电话{PHONE}"),
        ("李建国（13812345678）", f"李建国（{PHONE}）"),
        ("电话：１３８１２３４５６７８", f"电话：{PHONE}"),
        ("请拨 +86 138-1234-5678。", f"请拨 {PHONE}。"),
        ("联系电话：（0312）1234567", f"联系电话：{PHONE}"),
        ("电话13812345678、13912345678", f"电话{PHONE}、{PHONE}"),
        ("电话：7788001", f"电话：{PHONE}"),
        (f"证明 {VALID_ID}", f"证明 {ID}"),
        ("身份证号：130225490101123", f"身份证号：{ID}"),
        ("邮箱：abc.def@163.com", f"邮箱：{EMAIL}"),
        ("开户行账号：6222 0212 3456 7890 123", f"开户行账号：{ACCOUNT}"),
    ],
)
def test_it_is_masked(text: str, expected: str) -> None:
    assert masked_text(text) == expected


FIGURES = (
    "13022526P00000000001A",
    "≥13800000000元",
    "投资13812345678元",
    "总投资额13812345678",
    "预算13800000000",
    "1380000.00万元",
    "13,812,345,678",
    "资金13812345678.50",
    "合同编号13812345678",
    "统一社会信用代码 911302251234567890",
    "110105194912310021",  # the check digit is wrong
    "2023年1月1日至2023年12月31日",
    "2023-01-01 12:30:45",
    "010-20240131",
    "举报电话12388接听率100%",
    "电话回访1000000人次",
    "采购手机138000000部",
    "425001乐亭县广播电视台本级",
    "项目负责人签字",
    "单位负责人签字：",
    "填报单位负责人（盖章）：",
    "负责人职责明确",
    "项目负责人满意度",
    "负责人及时上报",
    "负责人应于每月5日前报送",
    "负责人员培训率",
    "联系人数量",
    "法人单位数量",
    "负责人：办公室",
    "负责人：林业局",
    "责任人：各科室",
    "联系人：待定",
    "负责人：见附件",
    "项目负责人\t主管部门\t实施单位",
    "项目负责人\t\t项目类别",
    "项 目 负 责 人  单 位 名 称",
    "由项目负责人和单位共同确定",
)


@pytest.mark.parametrize("text", FIGURES)
def test_figures_and_duties_are_left_alone(text: str) -> None:
    assert masked_text(text) == text


GAP = st.sampled_from(("，", "。", "；", " ", "\n", "\t"))
PLAIN = st.sampled_from(
    (*(text for text in FIGURES if text[-1] not in "：\t" and "人" not in text),
     "≥95%", "≤80.00万元", "240期", "2023年", "3256.78万元", "5万次", "12月底前完成", "1:20")
)  # fmt: skip
AMOUNT = st.builds(
    "{}{}{}".format,
    st.sampled_from(("≥", "≤", "=", "金额", "预算", "")),
    st.integers(min_value=0, max_value=10**13),
    st.sampled_from(("元", "万元", "人次", "户", "%")),
)
WORD = st.text(
    st.sampled_from("播出率完成及时满意提升建设维护农村公路水库设备培训教师"), max_size=8
)


@given(st.lists(st.tuples(st.one_of(PLAIN, AMOUNT, WORD), GAP), max_size=12))
def test_texts_without_personal_data_are_unchanged(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + gap for part, gap in parts)
    assert masked_text(text) == text


LABELS = (
    "项目负责人",
    "联系人",
    "填报人：",
    "联系电话",
    "身份证号",
    "账号",
    "姓名\t",
    "签字",
    "及电话",
)
SAID = (
    "李明",
    "欧阳 修",
    "13812345678",
    "0312-7654321",
    VALID_ID,
    "a@b.cn",
    "财政局",
    "、",
    "\n",
    "：",
)
MIXED = st.lists(st.sampled_from(LABELS + SAID), max_size=10).map("".join)


@example("及电话13812345678a@b.cn")
@given(st.one_of(MIXED, st.text(max_size=40)))
def test_findings_stand_apart_and_masking_twice_changes_nothing(text: str) -> None:
    found = personal_data(text)
    assert not found or may_hold(text)
    edges = [edge for finding in found for edge in (finding.start, finding.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    once = masked_text(text)
    assert masked_text(once) == once


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(("", " ", "：", "（")))
def test_every_mobile_number_goes(number: str, before: str) -> None:
    assert number not in masked_text(f"请联系{before}{number}。")


@given(st.integers(0, 10**17 - 1), st.dates())
def test_every_card_number_with_its_check_digit_goes(digits: int, born: object) -> None:
    first = f"{digits % 900_000 + 100_000}{str(born).replace('-', '')}{digits % 1000:03d}"
    if not "1800" <= first[6:10] < "2100":
        return
    weights = [2**place % 11 for place in range(17, 0, -1)]  # GB 11643
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    card = first + "10X98765432"[total % 11]
    assert masked_text(f"参保人 {card} 已核对") == f"参保人 {ID} 已核对"


def test_file_names_lose_numbers_and_stay_different() -> None:
    one = masked_path("/docs/李明_13812345678.docx")
    other = masked_path("/docs/李明_13912345678.docx")
    assert one != other
    assert one.startswith("/docs/李明_〔电话〕~")
    assert one.endswith(".docx")
    for name in ("/a/002_0e465d20128a6177.txt", "001-20240131.xlsx", "负责人名单.xlsx"):
        assert masked_path(name) == name
