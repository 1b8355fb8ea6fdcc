"""Points, cells and circles; the one home of distance, pure and as SQL.

`points.Point` is a place in micro-degrees, `points.distance_m` the metres between two. `grid.Block`
is the cells that a circle touches. `circle.inside` says what lies in a circle, `distance_sql` has
the same measure for statements, to compare and to sort by.
"""
