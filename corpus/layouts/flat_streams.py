"""Flat exports of which only the cells are known, in order: each project with a head of its own.

单位名称 项目名称 预算数 一级指标 … stands once, and what it announces before the first level word
of each project, or of each row. Here it is put as labels before the header, which every project
repeats: so these documents read as those of several projects.
"""

from collections.abc import Iterator, Sequence

from corpus.blocks import Cell, Line
from corpus.layouts.align import names_unit
from corpus.layouts.contents import Content, content_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role, flat_role_of_head, role_of_head

_TELLING = frozenset({Role.UNIT, Role.PROJECT_CODE, Role.YEAR})  # no cells of a row look so
_LONGEST_HEADER = 24  # cells


def unflattened(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a flat export with a head for each project; all others as they are."""
    found = _flat_header(cells)
    if found is None:
        return cells
    start, end, body = found
    return (*cells[:start], *_with_heads(cells[start:end], cells[end:body], cells[body:]))


def unflattened_line(line: Line) -> Line:
    """As `unflattened`, for a table on one line whose cells are parted by spaces."""
    if "一级" not in line.text:
        return line
    cells = tuple(Cell(word, line.number) for word in line.text.split())
    changed = unflattened(cells)
    return line if changed is cells else line._replace(text=" ".join(c.text for c in changed))


def _flat_header(cells: Sequence[Cell]) -> tuple[int, int, int] | None:
    """Where the heads of the project begin, where they end, and where the body begins."""
    for end, cell in enumerate(cells):
        if role_of_head(cell.text) is not Role.LEVEL1:
            continue
        start = end
        while start and flat_role_of_head(cells[start - 1].text):
            start -= 1
        body = end
        while body < min(end + _LONGEST_HEADER, len(cells)) and role_of_head(cells[body].text):
            body += 1
        roles = [flat_role_of_head(c.text) or Role.OTHER for c in cells[start:end]]
        telling = Role.PROJECT in roles and bool(_TELLING & set(roles))
        if telling and _fits(cells[body : body + len(roles)], roles):
            return start, end, body
        return None
    return None


def _with_heads(
    labels: Sequence[Cell], header: Sequence[Cell], body: Sequence[Cell]
) -> Iterator[Cell]:
    roles = [flat_role_of_head(c.text) or Role.OTHER for c in labels]
    width = len(roles)
    said: list[str] = []
    position = 0
    while position < len(body):
        project = body[position : position + width]
        following = body[position + width].text if position + width < len(body) else ""
        known = level1_of(following) or level2_of(following)
        if not (known and _fits(project, roles)):
            yield body[position]
            position += 1
            continue
        if said != [c.text for c in project]:
            for label, cell in zip(labels, project, strict=True):
                yield Cell(label.text, cell.number)
                yield cell
            yield from (Cell(c.text, project[0].number) for c in header)
        said = [c.text for c in project]
        position += width


def _fits(cells: Sequence[Cell], roles: Sequence[Role]) -> bool:
    return len(cells) == len(roles) and all(
        _is_of(cell.text, role) for cell, role in zip(cells, roles, strict=True)
    )


def _is_of(text: str, role: Role) -> bool:
    content = content_of(text)
    if role is Role.UNIT:
        return names_unit(text)
    if role is Role.BUDGET:
        return content is Content.NUMBER
    if role is Role.YEAR:
        return text.startswith("20")
    if role is Role.PROJECT_CODE:
        return text[:1].isalnum() and any(c.isdigit() for c in text)
    return content in (Content.WORDS, Content.MEASURE) and not level1_of(text)
