"""A latitude and a longitude to a point, with the mistakes that people make named."""

from storage.geo.points import KAZAKHSTAN, Point, in_kazakhstan
from storage.imports.cells import BadCellError, degrees


class BadPointError(BadCellError):
    """A point that cannot be taken; `column` is the cell to look at."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(expected)
        self.column = column


def point(latitude: str, longitude: str) -> Point:
    """Return the point of two cells; raises BadPointError (one missing, swapped, out of range)."""
    if not latitude or not longitude:
        missing = "longitude" if latitude else "latitude"
        raise BadPointError(missing, "latitude and longitude are needed together")
    lat, lon = _degrees("latitude", latitude), _degrees("longitude", longitude)
    if in_kazakhstan(lat, lon):
        return Point.of(lat, lon)
    if in_kazakhstan(lon, lat):
        right = f"latitude {longitude}, longitude {latitude}"
        raise BadPointError("latitude", f"latitude and longitude are swapped: {right}")
    south, north, west, east = KAZAKHSTAN
    if south <= lat <= north:
        raise BadPointError("longitude", f"degrees east inside Kazakhstan: {west} to {east}")
    raise BadPointError("latitude", f"degrees north inside Kazakhstan: {south} to {north}")


def _degrees(column: str, cell: str) -> float:
    try:
        return float(degrees(cell))
    except BadCellError as error:
        raise BadPointError(column, error.expected) from error
