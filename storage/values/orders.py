"""In what order projects are told."""

from typing import Literal, get_args

TopOrder = Literal[
    "dearest", "cheapest", "largest", "smallest", "newest", "oldest", "latest", "soonest"
]
"""By what a project can be the first of all."""

Order = Literal["title", "due", "cost"] | TopOrder
"""By what a list can be sorted."""

TOP_ORDERS: tuple[TopOrder, ...] = get_args(TopOrder)
