"""What an error means to a user, in Chinese: what happened, and what to do."""

from dataclasses import dataclass

import errors


@dataclass(frozen=True, slots=True)
class Advice:
    """What happened and what to do, in one sentence each."""

    what: str
    cure: str


_ADVICE: dict[type[errors.DuibiaoError], Advice] = {
    errors.UnreadableError: Advice(
        "这个文件打不开：格式不认识，或者文件已损坏。",
        "请用 Word、Excel 或 WPS 打开它，另存为 .docx 或 .xlsx 后再上传。",
    ),
    errors.NoTableError: Advice(
        "文件能打开，但里面没有找到绩效目标表，也没有目标文字。",
        "请确认文件里有「三级指标」「指标值」这样的表头；扫描图片请先转成文字。",
    ),
    errors.LimitError: Advice(
        "文件太大，或者表格过长、过深，超出了可处理的范围。",
        "请拆成几个较小的文件再上传。",
    ),
    errors.InputError: Advice(
        "这个文件没有读出来。",
        "请确认它能用 Word、Excel 或 WPS 正常打开，再重新上传。",
    ),
    errors.UsageError: Advice(
        "没有找到要看的内容，它可能已被更新或移除。",
        "请回到「检索」重新查找。",
    ),
    errors.HomeMissingError: Advice(
        "还没有任何数据。",
        "请到「语料」上传绩效目标文件。",
    ),
    errors.HomeGoneError: Advice(
        "数据文件夹不见了。",
        "请看网络盘或移动盘是否连着、文件夹是否改了名；接好后刷新页面。有意移走的，请重新启动程序。",
    ),
    errors.HomeLockedError: Advice(
        "另一个程序正在写入语料，暂时不能同时写入。",
        "请等它完成后再试一次。",
    ),
    errors.HomeUnwritableError: Advice(
        "数据文件夹不能写入。",
        "请检查文件夹的权限和磁盘剩余空间，或请系统管理员处理。",
    ),
    errors.StoreError: Advice(
        "语料库文件已损坏，或者是更新版本的程序写成的。",
        "请用备份恢复数据文件夹，或升级本程序。",
    ),
    errors.HomeError: Advice(
        "数据文件夹出了问题。",
        "请检查数据文件夹，或请系统管理员处理。",
    ),
    errors.IndexMissingError: Advice(
        "还没有建立检索索引。",
        "请点「重建索引」，通常只需几秒到几分钟，语料不受影响。",
    ),
    errors.IndexDamagedError: Advice(
        "检索索引不完整或已损坏。",
        "请点「重建索引」，语料不受影响。",
    ),
    errors.IndexModelError: Advice(
        "检索索引与当前使用的模型不一致。",
        "请点「重建索引」，语料不受影响。",
    ),
    errors.SearchIndexError: Advice(
        "检索索引暂时不能使用。",
        "请点「重建索引」，语料不受影响。",
    ),
    errors.DraftMissingError: Advice(
        "没有这份草稿：链接不对，或者草稿已经删除。",
        "请核对链接是否完整；也可以另开一份新草稿。",
    ),
    errors.DraftStaleError: Advice(
        "这份草稿刚在别的窗口改过，您这次的改动没有保存。",
        "现在显示的是最新内容，请再改一次。",
    ),
    errors.DraftDamagedError: Advice(
        "这份草稿的文件已损坏，或者是更新版本的程序写成的。",
        "请系统管理员用备份恢复，或另开一份新草稿。",
    ),
    errors.DraftLimitError: Advice(
        "超出了草稿能容纳的范围：最多 200 行，每格最多 2000 字。",
        "请删去不用的行、写短一些，或另开一份草稿；草稿总数过多时请系统管理员清理旧草稿。",
    ),
    errors.DraftError: Advice(
        "这份草稿暂时不能用。",
        "请再试一次，或另开一份新草稿。",
    ),
    errors.StoppedError: Advice(
        "已停止。",
        "已经读入的文件留在语料里；要继续，重新上传其余的文件，或点「重建索引」。",
    ),
    errors.ModelError: Advice(
        "文字模型没有装好，暂时不能检索。",
        "请重新安装本程序，或请系统管理员处理。",
    ),
    errors.KnowledgeError: Advice(
        "程序自带的规则或词表损坏了。",
        "请重新安装本程序，或请系统管理员处理；语料不受影响。",
    ),
    errors.DuibiaoError: Advice(
        "这一步没有完成。",
        "请再试一次；如果还是不行，请把「程序的原话」发给系统管理员。",
    ),
}


def advice(error: type[errors.DuibiaoError]) -> Advice:
    """For a class of errors, or for the nearest class above it that has words of its own."""
    return next(_ADVICE[kind] for kind in error.__mro__ if kind in _ADVICE)
