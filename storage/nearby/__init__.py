"""What is near a point: the hot path of near me.

`within.nearby` is a page of what lies in a circle, `within.without_point` what is in a district
without a point; both begin with what is alive. `nearest.nearest` has the first few, `named.near`
takes any filter and what is named after the place. `statements` are their statements, built once,
`parameters` what filters and cells put into them.
"""
