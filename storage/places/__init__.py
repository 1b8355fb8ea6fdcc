"""What people call places.

`places` finds microdistricts, streets and landmarks by name and tells about where a point is;
`districts` has the districts and how much is being built in each.
"""
