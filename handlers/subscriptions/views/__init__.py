"""The screens of subscriptions: pure functions of what `chat_facts` and digests bring.

`digest` and `digest_items` draw a digest; `draft` and `draft_menus` a subscription being made;
`subscriptions` and `pausing` the list and less of it; `filter_names` and `schedule_words` say what
and when in words.
"""
