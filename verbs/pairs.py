"""The verb that teaches: `duibiao pairs`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verbs import output
from verbs.options import HomeOption, JsonOption

if TYPE_CHECKING:
    from service.teach import PairsAnswer


def pairs(
    level2: Annotated[str, typer.Option("--level2", help="Only of this 二级指标 (数量 …).")] = "",
    department: Annotated[
        str, typer.Option("--department", help="Only of this department (教育 …).")
    ] = "",
    top: Annotated[int, typer.Option("--top", metavar="K", help="How many pairs.")] = 50,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A sheet: .docx or .html.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Teaching pairs: a weak and a good target of the same indicator, and the rules between."""
    from service import teach
    from service.contract import plain
    from service.home import Home, default_home

    opened = Home.open(home or default_home())
    found = teach.pairs(opened, level2=level2, department=department, top=top)
    if out is not None:
        teach.write_sheet(found, out)
    if json:
        output.emit(plain(found))
    else:
        _show(found)


def _show(found: "PairsAnswer") -> None:
    output.say(f"{found.total} 组对照，列出前 {len(found.pairs)} 组")
    rows = [
        (
            pair.concept,
            f"{pair.weak.name} {pair.weak.value}（{pair.weak.unit}）",
            f"{pair.good.name} {pair.good.value}（{pair.good.unit}）",
            "；".join(f"{one.rule} {one.message}" for one in pair.reasons),
        )
        for pair in found.pairs
    ]
    output.show_rows(("指标", "弱", "好", "为什么"), rows)
