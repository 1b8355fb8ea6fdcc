"""Every table of the store, and nothing else; importing this package declares them all.

`facts`: projects, statements, places, programmes, imports. `conversation`: persons and what is kept
of their questions. `subscriptions`: subscribers, filters, digests. `numbers`: the small numbers
under which names are stored. `columns`: types and names that all of them share.
"""

from storage.tables import conversation, facts, subscriptions

__all__ = ["conversation", "facts", "subscriptions"]
