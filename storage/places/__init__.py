"""What people call places.

`places` has microdistricts, streets, metro stations, landmarks and tells about where a point is,
`vicinity` the same out of memory; `named` finds them and the districts by their names; `districts`
has the districts and how much is being built in each.
"""
