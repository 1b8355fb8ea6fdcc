"""What changed, and which news passes which filter.

`changes` is what is new and what changed in a time. `recent` is what was completed, is due, overdue
or unheard of, `first_told` since when a project is. `filters.NewsFilter` is what a subscription is
about: `matching.Board` applies it in memory to all news since a change; on projects' rows it is a
condition like any filter of projects.
"""
