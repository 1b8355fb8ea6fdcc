"""The running service of digests: plan, claim, compose, send, record.

`service.Digests` is the whole of it; `planning` makes deliveries of what is due, `delivery` sends
them under one lease by `sending`, with the patience of `backoff` and the times of `limits`; `texts`
composes each content once, `progress` tells the operator how it goes.
"""
