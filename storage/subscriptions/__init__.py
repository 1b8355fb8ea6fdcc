"""Who wants to hear what, and when.

`subscribers` are the chats: language, pauses, rests, moves. `subscriptions` are added, changed and
previewed; `reduce` makes them rarer or narrower. `schedules` says when a cadence is due.
`planning_lock` keeps planners and changes of subscriptions apart.
"""
