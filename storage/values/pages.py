"""A page of an answer that is too long for one screen."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the answers: `items` are those from `offset` on, of `total` in all."""

    items: tuple[T, ...]
    total: int
    offset: int

    @property
    def end(self) -> int:
        """The offset of the next page."""
        return self.offset + len(self.items)

    @property
    def has_more(self) -> bool:
        return self.end < self.total
