"""Why a file or a row was not read, and where, in Chinese.

The readers say it in English for the log and the command line; pages and reports show the
sentence that fits and, where none does, the original.
"""

import re
from collections.abc import Sequence

from errors import LimitError, NoTableError, UnreadableError
from service.advice import advice

_NO_TABLE, _LIMIT, _USUAL = (
    advice(kind).what + advice(kind).cure for kind in (NoTableError, LimitError, UnreadableError)
)

_FILES: Sequence[tuple[str, str]] = (
    (r"internal error|process that read it died", "程序读这个文件时出了错。请另存为其他格式再试。"),
    (r"no right to read", "没有权限读这个文件，请检查权限，或把它复制到别处再读。"),
    (r"vanished before", "读到它之前文件被移走了，放回后再读一次。"),
    (r"check the disk", "磁盘上读不到这个文件，请检查磁盘，或重新复制一份。"),
    (r"empty file|is empty\b", "文件是空的，请重新导出后再上传。"),
    (
        r"binary data|control characters",
        "文件里不是文字，后缀名可能写错了。请核对这到底是什么文件。",
    ),
    (r"bytes of neither", "文字编码认不出来，请另存为 UTF-8 后再上传。"),
    (
        r"expected LibreOffice",
        "这种旧格式要靠 LibreOffice 转换，这台电脑没有装。"
        "请装好它，或另存为 .docx、.xlsx 后再上传。",
    ),
    (r"LibreOffice can read", "LibreOffice 也读不了这个文件，请另存为 .docx 或 .xlsx 后再上传。"),
    (r"password|encrypt", "文件加了密码，请去掉密码后再上传。"),
    (r"archive inside an archive", "压缩包里面还有压缩包，请把里面的那个解开后再上传。"),
    (r"archive that is no \.zip|rare way of packing", "请解开这个压缩包，或改用 .zip 压缩再上传。"),
    (r"empty archive", "压缩包是空的，请重新压缩后再上传。"),
    (r"found a picture", "这是图片，里面没有文字。请先转成文字（OCR），或上传文件本身。"),
    (r"found slides|found an \.ofd", "这种文件请先打印或另存为 PDF，再上传。"),
    (r"found (a program|sound|a database)", "这不是文档，请核对这到底是什么文件。"),
    (
        r"times the packed size|declarations of its own",
        "文件内部不正常，可能有害，没有读。请用原来的程序打开、另存后再上传。",
    ),
    (r"seconds to (read|convert)", "读这个文件用的时间太长，停下了。请另存，或拆成几份后再上传。"),
    (r"\bscan|no text layer|only (images|pictures)", "这是扫描图片，请先转成文字再上传。"),
    (r"\.docx with", "Word 文件里没有正文，请用 Word 或 WPS 打开、另存后再上传。"),
    (r"expected a workbook", "Excel 文件不完整，请用 Excel 或 WPS 打开、另存后再上传。"),
    (r"web page", "网页文件里没有内容，请重新保存网页后再上传。"),
    (r"another Office file", "这不是 Word 或 Excel 文件，请另存为 .docx 或 .xlsx 后再上传。"),
    (r"OpenDocument", "这不是文字或表格文件，请另存为 PDF 再上传。"),
    (r"intact PDF|PDF with pages", "这份 PDF 读不出来，请重新打印成 PDF 再上传。"),
    (r"comma-separated", "这份 CSV 读不出来，请用 Excel 或 WPS 重新存为 .csv 再上传。"),
    (r"cannot be stored", "文件里有存不下的文字或数字，请另存为 .docx 或 .xlsx 后再上传。"),
    (r"JSON lines", "这个文件看着像导出的数据，但里面没有项目和指标。"),
    (r"only its template", "这份表只有模板，没有填写指标，请换填好的表。"),
    (r"found neither|remarks only|table of indicators", _NO_TABLE),
    (r"at most|longer than|larger than|too (large|long|deep|many)", _LIMIT),
    (
        r"truncated|damaged|corrupt|not a zip|cannot read|could not be read",
        "文件不完整或已损坏，请重新下载或导出后再上传。",
    ),
)

_REMARKS: Sequence[tuple[str, str]] = (
    (r"^goal text is only the template: ?(.*)", r"目标栏里只有模板文字，没有填写：\1"),
    (r"^template row without an indicator under (.*)", r"「\1」下面的空白模板行，没有填写指标"),
    (r"^template row that was not filled in: ?(.*)", r"模板里没有填写的一行：\1"),
    (r"^row without an indicator name: ?(.*)", r"这一行没有三级指标名称：\1"),
    (r"^text that fits no column: ?(.*)", r"这些文字放不进任何一列，没有采用：\1"),
    (r"^read with doubt \(confidence (\S+)\): (.*)", r"这张表读得没有把握（\1），请对照原件核对"),
    (
        r"^expected results of formulas, found (\d+).*",
        r"有 \1 个公式没有算出结果，请用 Excel 或 WPS 打开、保存后再读",
    ),
    (r"^expected an intact PDF.*", r"这一页读不出来，请重新打印成 PDF 再读"),
    (r"^expected at most .* on a page.*", r"这一页的线条和文字多得不正常，没有读"),
    (
        r"^a table without rulings.*",
        r"表格没有框线，单元格又折了行，分不清哪几行是一条，没有读；请换原来的 Word 或 Excel 文件",
    ),
    (r"^lines printed over each other: ?(.*)", r"文字压在一起分不开，没有读：\1"),
    (r"^the page is an image.*", r"这一页是图片，没有可读的文字，请先转成文字"),
    (r"^no word of level 1 or 2.*", r"表头下面没有找到一级、二级指标，这张表没有读"),
    (r"^.*\bscan is damaged: ?(.*)", r"扫描识别有误，数字不可信，没有读：\1"),
    (r"^(.*?): .*run together.*?: ?(.*)", r"「\1」的名称、数值连在一起分不开，没有读：\2"),
    (r"^(.*?): cells cannot be told apart: ?(.*)", r"「\1」的名称、数值分不开，没有读：\2"),
    (r"^(.*?): no value can be told.*?: ?(.*)", r"「\1」下面找不到指标值，没有读：\2"),
    (r"^(.*?): tells a result, no target: ?(.*)", r"「\1」写的是完成情况，不是目标，没有采用：\2"),
    (
        r"^several indicators in one cell, whose values cannot be told apart: ?(.*)",
        r"一格里写了几条指标，分不清各自的指标值，没有读：\1",
    ),
    (r"^.*: (\d+) indicators read without one", r"没有写明是哪个项目，\1 条指标读入时没有项目名称"),
    (r"^.*run together.*", r"文字连在一起分不开，没有读"),
    (r"^line left out: (.*)", r"这一行没有采用（\1）"),
)

_CORRECTIONS: Sequence[tuple[str, str]] = (
    (r"its document is no longer", "这份文件已不在语料里；重新读入后会再生效。"),
    (r"the document itself says so", "文件里现在就是这样写的。"),
    (r"the row no longer stands", "文件里已经没有这一行。"),
    (r"(\d+) rows of the document", r"文件里有 \1 行写法相同，不能确定是哪一行。"),
    (r"the document now says '(.*)' there", r"文件里这一处现在是「\1」，请核对后重新更正。"),
)

_FIELDS: Sequence[tuple[str, str]] = (
    (r"weight: expected points", "分值要填数字，例如 10 或 7.5。"),
    (r"year: expected", "年度要填四位数字，例如 2023。"),
    (r"budget_wan: expected", "预算金额要填大于 0 的数字，以万元为单位，例如 80.5。"),
    (r"name: expected", "名称不能空着；如果这一行不是指标，请点「删去」。"),
    (r"\w+: expected at most", "写得太长了，请缩短。"),
)

_PLACES: Sequence[tuple[str, str]] = (
    (r"\bpage (\d+)", r"第 \1 页"),
    (r"\btable (\d+)", r"表 \1"),
    (r"\bsheet (\S+)", r"工作表 \1"),
    (r"\b(?:line|row) (\d+)", r"第 \1 行"),
)


def file_reason(reason: str) -> str:
    """Why a whole file was not read, with what to do."""
    fits = (text for pattern, text in _FILES if re.search(pattern, reason, re.IGNORECASE))
    return next(fits, _USUAL)


def remark_reason(reason: str) -> str:
    """Why a row was not read or was left out; the original where no sentence fits."""
    for pattern, text in _REMARKS:
        match = re.match(pattern, reason, re.DOTALL)
        if match:
            return match.expand(text)
    return reason


def correction_reason(reason: str) -> str:
    """Why a correction has no effect; the original where no sentence fits."""
    for pattern, text in _CORRECTIONS:
        match = re.match(pattern, reason, re.DOTALL)
        if match:
            return match.expand(text)
    return reason


def field_reason(reason: str) -> str:
    """Why a text cannot stand in a field; a general word where no sentence fits."""
    fits = (text for pattern, text in _FIELDS if re.match(pattern, reason))
    return next(fits, "请核对后再保存。")


def place_name(place: str) -> str:
    """A place in a file: `table 1 row 3` → 表 1 第 3 行."""
    for pattern, text in _PLACES:
        place = re.sub(pattern, text, place)
    return place
