"""The process: settings, commands, wiring, the way to Telegram, digests, the sandbox.

`commands` has a module for each command, `app` puts the application together, `schedule`
says what runs when, `digests` plans and delivers, `telegram` is all that touches Telegram,
`running` begins and ends an application, `loop` is the event loop that it runs in, `settings` is
the only reader of the environment, `typed` says how a command is typed here.
"""
