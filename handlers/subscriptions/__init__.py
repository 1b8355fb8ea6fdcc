"""Subscribing: a draft, its change, pauses, digests and the buttons under them.

`subscriptions` is /subscribe, /stop and the list, `draft` one being made, `pausing` less of it,
`digests` what is sent by itself (`digests.compose`) and its buttons. `administrators` says who may,
`chat_facts` reads what their screens know.
"""
