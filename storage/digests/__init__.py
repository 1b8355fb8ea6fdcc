"""What is due, planned, told, delivered, forgotten.

`due` reads what is due, `planner` makes deliveries of it (`pipeline` beside a running bot),
with `contents` for what filters bring and `planned_rows` for what is written. `deliveries` is the
way from pending to sent, under a lease of `leases`. `digest` reads what a digest tells, with
`net_changes`, `distances` and `descriptions`. `forecast` and `upcoming` only look on, `heartbeats`
says that the bot is there, `retention` forgets.
"""
