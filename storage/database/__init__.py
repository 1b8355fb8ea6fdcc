"""Sessions, schema, upserts: nothing of the domain.

`store.Store` opens sessions and commits, nothing else does. `look` is one session and one snapshot
for an update. `prepared.Prepared` is a statement that is compiled once, `lists.among` a list of any
length in one parameter, `parameters` the others. `schema.upgrade` brings a database to the newest
schema. `upsert` has INSERT ... ON CONFLICT and lists of values for both engines, `memory` what
gives memory back without holding up the loop.
"""
