"""From a text to days: `periods.find_periods` is the way in.

`points` reads one moment (`dates` in digits, `calendar_names`, `relative` ones), `bounds` what
since, until and between make of it; `units` are days, weeks, months and years as pairs of days.
"""
