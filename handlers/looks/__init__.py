"""One look at the store each, made a screen by a pure view: what several topics open.

`card` opens a project, `examples` offers three at /start, `near` what is around a point, `district`
a district, `search` what a text finds or names. `names` asks the store for names that the
vocabulary lacks, `bell` puts the 🔔 under a list.
"""
