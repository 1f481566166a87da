"""What the words of an indicator's name speak of: work, effects, money, duties of management.

General morphology only: what an indicator of a department means is for `knowledge.concepts`.
"""

import re

from text.name_classes import plain_name

LONGEST_NAME = 20
"""Characters that a name may have (rule N04)."""

_CLAUSE = re.compile(r"[，,；;。]")
_BRACKETS = re.compile(r"[（(\[【][^（）()\[\]【】]*[)）\]】]")
_STEADY = re.compile(r"稳定|正常|平稳|安全运行|不间断|全天候")

_PROCESS = re.compile(
    r"制度(?:的)?(?:健全|完善|建设|执行|有效|落实)|(?:健全|完善).{0,6}制度|专款专用|合规|规范性|资金(?:使用|管理)"
    r".{0,4}(?:规范|合法|安全)|台账|档案(?:管理|归档|完整)|监督机制|内控|管理办法|长效机制|管理制度"
)
_ACHIEVED = re.compile(
    r"完成|完工|竣工|发放|拨付|支付|兑付|兑现|缴纳|验收|覆盖|到位|达标|合格|落实|保障|执行|使用|利用|处[理置]|整改|办结"
    r"|回复|答复|消除|清零|日清|合规|规范|正常|完好|准确|通过|达到|实现|控制|达成|配备|履行|履约|公开|入户|清零|建成|知晓|普及"
)
_SPENDING = re.compile(
    r"(?:资金|经费|预算|专款)[^，、]{0,4}(?:支出|使用|执行|拨付)(?:情况|进度|比例|比率|率)?$"
)
_INPUT = re.compile(r"投入(?!产出|使用|运[行营])|资金到位|配套资金")
_OUTCOME = re.compile(
    r"减少|增加|带动|受益|惠及|就业|避免|提升|提高|节约|创收|增收|收入|点击|阅读|观看|粉丝|参与|获奖|下降|降低"
    r"|改善|满意|知晓|利润|税|产值|产量|引[进资]|挽回|防止|存活|成活|吸引|接待|游客|访问|浏览|转发|使用人"
)
_OUTPUT = re.compile(
    r"完成|开展|举办|培训|发放|购置|采购|维修|维护|建设|播[发出]|制作|印[发刷]|检查|巡查|安装|更新|新建|改造|编[发印]"
    r"|组织|召开|拍摄|报道|发布|刊[登发]|验收|推送|种植|采集|配备|修缮|清运|下乡"
)


def is_steadiness(name: str) -> bool:
    """Whether a name says that something runs without break (设备稳定运行)."""
    return _STEADY.search(plain_name(name)) is not None


def is_sentence(name: str) -> bool:
    """Whether a name is longer than twenty characters, brackets left out, or has clauses."""
    bare = _BRACKETS.sub("", name).strip("。，；,; ")
    return len(bare) > LONGEST_NAME or _CLAUSE.search(bare) is not None


def is_management(name: str) -> bool:
    """Whether a name is a duty of management (制度健全性, 专款专用), no output and no effect."""
    return _PROCESS.search(plain_name(name)) is not None


def is_achievement(name: str) -> bool:
    """Whether a name says that something is achieved, so that a percentage is its rate.

    补贴发放, 设备验收合格 and 政策落实 may be 100 %; 宣传活动 may not.
    """
    return _ACHIEVED.search(plain_name(name)) is not None


def is_input(name: str) -> bool:
    """Whether a name speaks of what is put in: 人员投入数, 资金到位."""
    return _INPUT.search(plain_name(name)) is not None


def is_spending(name: str) -> bool:
    """Whether a name only says that money is spent: 资金支出率, 预算执行进度."""
    return _SPENDING.search(plain_name(name)) is not None


def is_output(name: str) -> bool:
    """Whether a name says what was done, and nothing of what came of it: 播发条数."""
    plain = plain_name(name)
    return _OUTPUT.search(plain) is not None and _OUTCOME.search(plain) is None


def is_outcome(name: str) -> bool:
    """Whether a name says that something becomes better, more or less for somebody."""
    return _OUTCOME.search(plain_name(name)) is not None
