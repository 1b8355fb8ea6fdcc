"""What the bot says of itself: the menu, help, the data behind it, language and privacy."""
