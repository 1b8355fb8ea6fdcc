"""Points, cells and circles; the one home of distance, pure and as SQL.

`points.Point` is a place in micro-degrees, `points.distance_m` the metres between two. `grid.Block`
is the cells that a circle touches. `distance_sql` has what statements that are built once measure
by, `circle.within` the condition that a project lies in a circle.
"""
