"""What kinds of places people name."""

LANDMARK = "landmark"
"""What is none of the others: a park, a theatre, a station of the railway."""

PLACE_KINDS = (
    *("microdistrict", "estate", "street"),
    *("metro_station", "mall", "market", "university", LANDMARK),
)

_AREAS_AND_STREETS = frozenset(("microdistrict", "street"))


def key_kind(kind: str) -> str:
    """Return what stands for the kind where a place is told from others of its name.

    A landmark that is later called a mall stays the same place; a street and a microdistrict of
    one name are two.
    """
    return kind if kind in _AREAS_AND_STREETS else LANDMARK
