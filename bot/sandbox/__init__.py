"""A Bot API server on loopback with a chat page: try and test a bot with no token.

`bot.sandbox.server.Sandbox` is the server, `bot.sandbox.resident.Resident` the hand of a person
who lives in it. It is a tool for trying out and for tests: `qala run` never starts it.
"""
