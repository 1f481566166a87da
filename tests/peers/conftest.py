"""A small real home of invented units, asked through the real search and store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.jsonlines import to_lines
from corpus.layouts.levels import level1_of
from corpus.records import Indicator, Level1, Level2, Project, Source
from corpus.values import parse_value
from service.home import Home
from service.refresh import ingest
from service.search import Session
from service.suggest import Advisor

ROWS = (
    ("广播节目播出期数", "数量", "≥{count}期", "全年播出的广播节目期数"),
    ("设备验收合格率", "质量", "=100%", "验收合格的设备占全部设备的比例"),
    ("工程完工时间", "时效", "{month}月底前", ""),
    ("项目总成本", "成本", "≤{budget}万元", ""),
    ("社会影响力", "社会效益", "社会影响力", ""),
    ("公众号粉丝数量", "社会效益", "≥{fans}人", ""),
    ("听众满意度", "满意度", "≥{rate}%", "满意人数占受访人数的比例"),
)
UNITS = tuple(f"{name}县融媒体中心" for name in "砚澄霁岚芷砺笺荻")


def project(number: int, unit: str) -> Project:
    """A project whose values follow from its number."""
    budget = 20.0 + 30 * number
    source = f"{number}.txt"
    said = {
        "count": 40 + 4 * number,
        "month": 12 if number % 3 else 11,
        "budget": f"{budget:g}",
        "fans": 10_000 * (number + 1),
        "rate": (90, 95, 95)[number % 3],
    }
    return Project(
        unit=unit,
        name="广播节目制作经费" if number % 2 else "广播节目制作专项",
        code=f"C{number:03d}",
        year=2024,
        budget_wan=budget,
        department="宣传融媒体",
        county=f"{unit[:2]}",
        indicators=tuple(
            Indicator(
                name=name,
                value=parse_value(raw.format(**said), name=name, level2=level2),
                level1=level1_of(f"{level2}指标") or Level1.OUTPUT,
                level2=Level2(level2),
                description=description,
                source=Source(source, "", line),
            )
            for line, (name, level2, raw, description) in enumerate(ROWS, start=10)
        ),
        source=Source(source, "", 1),
    )


@pytest.fixture(scope="session")
def projects() -> tuple[Project, ...]:
    """One project for each unit."""
    return tuple(project(number, unit) for number, unit in enumerate(UNITS))


@pytest.fixture(scope="session")
def peer_home(tmp_path_factory: pytest.TempPathFactory, projects: tuple[Project, ...]) -> Home:
    """Their home, read and indexed."""
    folder = tmp_path_factory.mktemp("peers")
    path: Path = folder / "rows.jsonl"
    lines = [json.dumps(line, ensure_ascii=False) for one in projects for line in to_lines(one)]
    path.write_text("\n".join(lines), "utf-8")
    home = Home.open(folder / "home", create=True)
    ingest(home, [path])
    return home


@pytest.fixture(scope="session")
def advisor(peer_home: Home) -> Iterator[Advisor]:
    """Peers of that home."""
    with Session.open(peer_home) as session, Advisor(peer_home, session) as found:
        yield found
