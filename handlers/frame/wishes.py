"""A wish in words does what its command does: «стоп», "menu", «қазақша жаз»."""

from telegram import Message
from telegram.ext.filters import MessageFilter

from storage.vocabulary.whole_texts import wish_of


class Wish(MessageFilter):
    """Messages that are one wish and nothing else, in any language."""

    def __init__(self, wish: str) -> None:
        super().__init__(name=f"Wish({wish})")
        self.wish = wish

    def filter(self, message: Message) -> bool:
        return wish_of(message.text or "") == self.wish
