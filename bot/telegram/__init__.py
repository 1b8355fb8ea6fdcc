"""All that touches Telegram.

`http` is the client, `outbox` the one road out, at the `pace` of its lane; `errors` says what an
error means for a chat. `polling` and `webhook` bring updates in, `update_order` keeps one person's
in order. `profile` is what Telegram shows of the bot.
"""
