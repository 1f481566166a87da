"""Records that nothing changes, cheap to make."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(record: type[T]) -> type[T]:
    """A dataclass with slots whose fields nothing sets again: the type checker sees to that.

    `dataclass(frozen=True)` sees to it at run time, at some five times the price of making one; a
    document has hundreds.
    """
    return dataclass(slots=True, unsafe_hash=True)(record)
