"""The rows between the level words of a table whose cells nothing parts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.blocks import Cell, Row, Unread
from corpus.layouts.roles import Role, role_of_head, roles_of_heads
from corpus.layouts.run_anchors import Segment, Shape
from corpus.layouts.run_atoms import Atom, Grid, atoms_of
from corpus.layouts.run_damaged import LineAt, damaged_rows
from corpus.layouts.run_fits import DOUBTFUL, fit, is_unused
from corpus.layouts.run_points import POINTS, cuts_are_certain, usual_points
from corpus.layouts.run_rows import Placed, Texts, placed_cells
from corpus.layouts.run_widths import found_widths
from text.normalise import one_line

LEFT_OUT = -1  # a column of the grid that no column of the header is
_WORDY = (Role.DESCRIPTION, Role.BASIS)
_NOTES = (Role.NOTE, Role.REASON, Role.OTHER)
_SCAN_DAMAGE = re.compile(r"\d[OoQIl|]+\d|(?<![A-Za-z])[OoIl]\d|\d[OoIl](?![A-Za-z])|二\d{2}")
_DAMAGED = "values, points and results run together, and the scan is damaged"
_MARK = re.compile(r"指标\d{1,2}[:：]")
_SHOWN = 40
_SHORTEST_NAME = 4
_LEAD = re.compile(r"^(?:用于|主要|是)?(?:反映|考核|衡量|体现|评价|指|即|年度内|全年|本年)")


def body_rows(
    text: str, segments: Sequence[Segment], heads: tuple[str, ...], shape: Shape, line_at: LineAt
) -> Iterator[Row | Unread]:
    """The rows of one table under its header, and what of it could not be told apart."""
    grid = _grid(heads, shape)
    described = None
    if not shape.parted:
        grid, described = _with_descriptions_in_names(grid)
    damaged = Role.NAME in grid.roles and _is_damaged(text, segments, grid)
    reason = _cannot_part(text, segments, grid)
    if reason:
        for segment in segments:
            yield _unread(text, segment, reason, line_at)
        return
    if not shape.parted:
        grid, merged = _merged_words(grid)
        if merged:
            place = f"line {line_at(segments[0].start)}"
            yield Unread(place, f"{merged} run together: left out")
    parts = [
        [Texts(part) for part in _parted_at_unused(atoms_of(text, s.start, s.end, grid))]
        for s in segments
    ]
    grid = _settled([texts for part in parts for texts in part], grid)
    for segment, texts in zip(segments, parts, strict=True):
        rows = tuple(_rows(segment, texts, grid, described, heads, line_at))
        if damaged and any(isinstance(row, Unread) for row in rows):
            yield from damaged_rows(text, segment, heads, line_at, _DAMAGED)
        else:
            yield from rows


def _with_descriptions_in_names(grid: Grid) -> tuple[Grid, int | None]:
    """The grid without a description that stands right behind the name, and its column."""
    roles = grid.roles
    place = roles.index(Role.NAME) + 1 if Role.NAME in roles else len(roles)
    if roles[place : place + 1] != (Role.DESCRIPTION,):
        return grid, None
    left = replace(
        grid,
        roles=(*roles[:place], *roles[place + 1 :]),
        columns=(*grid.columns[:place], *grid.columns[place + 1 :]),
    )
    return left, grid.columns[place]


def _name_and_description(text: str) -> tuple[str, str] | None:
    """A name and its description that nothing parts: a description often begins with its name."""
    for length in range(len(text) // 2, _SHORTEST_NAME - 1, -1):
        if _LEAD.sub("", text[length:]).startswith(text[:length]):
            return text[:length], text[length:]
    return None


def _grid(heads: Sequence[str], shape: Shape) -> Grid:
    """The columns of the header but its levels."""
    roles = [role or Role.OTHER for role in roles_of_heads(heads)]
    columns = [i for i, role in enumerate(roles) if role not in (Role.LEVEL1, Role.LEVEL2)]
    return Grid(tuple(roles[i] for i in columns), tuple(columns), shape)


def _cannot_part(text: str, segments: Sequence[Segment], grid: Grid) -> str:
    """Why the cells of a table cannot be told apart, or ""."""
    if Role.NAME not in grid.roles:
        return "no column of the header holds the names"
    wordy = (
        _wordy_before_value(grid.roles) if _is_glued(_body(text, segments), segments, grid) else ""
    )
    return f"names and {wordy} run together" if wordy else ""


def _is_damaged(text: str, segments: Sequence[Segment], grid: Grid) -> bool:
    """Do values, points and results run together, in a scan that shows damage?"""
    body = _body(text, segments)
    return _SCAN_DAMAGE.search(body) is not None and _is_glued(body, segments, grid)


def _body(text: str, segments: Sequence[Segment]) -> str:
    return text[segments[0].start : segments[-1].end] if segments else ""


def _is_glued(body: str, segments: Sequence[Segment], grid: Grid) -> bool:
    spaces = len(re.findall(r"\S[ \t]+\S", body))
    glued = not grid.parted or spaces < len(segments)
    return glued and grid.shape is not Shape.WRAPPED


def _wordy_before_value(roles: Sequence[Role]) -> str:
    """The columns of words between name and value."""
    if Role.NAME not in roles or Role.VALUE not in roles:
        return ""
    between = roles[roles.index(Role.NAME) + 1 : roles.index(Role.VALUE)]
    return " and ".join(r.value for r in between if r in _WORDY)


def _merged_words(grid: Grid) -> tuple[Grid, str]:
    """Columns of words right beside each other as one that is left out."""
    roles: list[Role] = []
    columns: list[int] = []
    merged: list[str] = []
    for role, column in zip(grid.roles, grid.columns, strict=True):
        if role in _NOTES and Role.VALUE not in roles:
            continue  # an empty column: what stands before the value is its name
        if roles and role in _WORDY and roles[-1] in (*_WORDY, Role.OTHER):
            merged += [r.value for r in (roles[-1], role) if r in _WORDY]
            roles[-1], columns[-1] = Role.OTHER, LEFT_OUT
        else:
            roles.append(role)
            columns.append(column)
    left = replace(grid, roles=tuple(roles), columns=tuple(columns))
    return left, " and ".join(merged)


def _settled(segments: Sequence[Texts], grid: Grid) -> Grid:
    """The grid with what only the whole table tells: widths of columns, usual points."""
    if grid.shape is Shape.WRAPPED:
        return replace(grid, widths=found_widths(segments, grid))
    if not grid.parted and set(POINTS) & set(grid.roles):
        return replace(grid, points=usual_points(segments, grid))
    return grid


def _rows(
    segment: Segment,
    parts: Sequence[Texts],
    grid: Grid,
    described: int | None,
    heads: Sequence[str],
    line_at: LineAt,
) -> Iterator[Row | Unread]:
    """The rows of one segment; `described` is the column of descriptions glued to the names."""
    printed = {Role.LEVEL1: segment.level1, Role.LEVEL2: segment.level2}
    for part in parts:
        if len(part.atoms) == 1 and _MARK.fullmatch(part.atoms[0].text):
            yield _template_row(part.atoms[0], printed, heads, line_at)
            printed = {}
            continue
        for cells in _by_row(placed_cells(part, grid)[1]):
            texts = {c.column: part.text(c.first, c.last) for c in cells}
            numbers = {c.column: line_at(part.atoms[c.first].at) for c in cells}
            first = numbers[cells[0].column]
            said = _by_column(texts, grid, described)
            if not (said and _is_sound(texts, grid) and cuts_are_certain(cells, part, grid)):
                reason = f"{segment.level2 or segment.level1}: cells cannot be told apart: "
                yield Unread(f"line {first}", reason + " ".join(texts.values())[:_SHOWN])
                continue
            row = [Cell(printed.get(role_of_head(h) or Role.OTHER, ""), first) for h in heads]
            places = {grid.columns[column]: number for column, number in numbers.items()}
            for place, text in said.items():
                if place != LEFT_OUT:
                    row[place] = Cell(text, places.get(place, first))
            printed = {}
            yield Row(tuple(row))


def _template_row(
    mark: Atom, printed: Mapping[Role, str], heads: Sequence[str], line_at: LineAt
) -> Row:
    """A row of the form that was not filled in."""
    said = {**printed, Role.NAME: mark.text}
    roles = [role_of_head(head) or Role.OTHER for head in heads]
    return Row(tuple(Cell(said.get(role, ""), line_at(mark.at)) for role in roles))


def _by_column(texts: Mapping[int, str], grid: Grid, described: int | None) -> dict[int, str]:
    """Text by column of the header; nothing where a name and its description stay glued."""
    said = {grid.columns[column]: text for column, text in texts.items()}
    if described is None:
        return said
    name = grid.columns[grid.roles.index(Role.NAME)]
    parted = _name_and_description(said.get(name, ""))
    return said | {name: parted[0], described: parted[1]} if parted else {}


def _parted_at_unused(atoms: Sequence[Atom]) -> Iterator[Sequence[Atom]]:
    """The name of an unused row (……, 指标2：) is a row of its own."""
    start = 0
    for index, atom in enumerate(atoms):
        following = atoms[index + 1].text if index + 1 < len(atoms) else ""
        empty_mark = _MARK.fullmatch(atom.text) and (not following or _MARK.match(following))
        if is_unused(atom.text) or empty_mark:
            yield atoms[start:index]
            yield atoms[index : index + 1]
            start = index + 1
    yield atoms[start:]


def _by_row(cells: Sequence[Placed]) -> Iterator[list[Placed]]:
    for _, row in groupby(cells, lambda cell: cell.row):
        yield list(row)


def _is_sound(texts: Mapping[int, str], grid: Grid) -> bool:
    """Is every cell what its column says, and where cells are not parted, is a value found?"""
    said = [(grid.roles[column], text) for column, text in texts.items()]
    if any(fit(text, role, grid.parted) <= DOUBTFUL for role, text in said):
        return False
    roles = [role for role, _ in said]
    names = [text for role, text in said if role is Role.NAME]
    if not names or grid.parted or is_unused(names[0]):
        return bool(names)
    # a lone 10 behind words is its points, not its value
    return Role.VALUE in roles and (Role.WEIGHT in roles or Role.WEIGHT not in grid.roles)


def _unread(text: str, segment: Segment, reason: str, line_at: LineAt) -> Unread:
    words = one_line(text[segment.start : segment.end])
    level = segment.level2 or segment.level1
    return Unread(f"line {line_at(segment.start)}", f"{level}: {reason}: {words[:_SHOWN]}")
