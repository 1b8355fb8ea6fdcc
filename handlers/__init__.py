"""The conversation: one module for each thing a person does in the chat.

Below the topics stand `answers` (a question to its answer) and `subscriptions`, below these `looks`
(a look at the store made a screen), `views` (pure screens), `frame` (what every handler stands on)
and `understanding` (a text to a question). No topic imports another. Texts are in `locales`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.frame.context import Qala


def register(application: "Qala") -> None:
    """Add every topic's handlers to the application.

    The order is the order of asking: who may come in, then commands, labels and buttons of the
    topics, then texts that are none of these, then all the rest.
    """
    from handlers import (
        about,
        budgets,
        districts,
        fallbacks,
        help,  # noqa: A004 - a module
        members,
        nearby,
        news,
        privacy,
        programmes,
        projects,
        questions,
        search,
        settings,
        start,
    )
    from handlers.frame import errors, gate, inline, long_texts
    from handlers.subscriptions import digests, draft, pausing, subscriptions

    topics = (
        gate,  # who may come in, and who is asking
        start,
        help,
        about,
        settings,
        privacy,
        nearby,  # locations and venues too
        districts,
        projects,
        budgets,
        news,
        digests,
        programmes,
        search,
        subscriptions,
        draft,
        pausing,
        long_texts,  # in front of the questions: nobody's question is that long
        questions,  # every text that is no command and no label
        members,  # the bot is added, blocked, let in again
        inline,
        fallbacks,  # what nothing above wanted
        errors,
    )
    for topic in topics:
        topic.register(application)
