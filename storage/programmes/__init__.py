"""Programmes and what they promised and reached.

`programmes` has the tree of them and one with its parts, `indicators` their figures as single rows.
"""
