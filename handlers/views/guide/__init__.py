"""What the bot says of itself: greeting, menu, help, the data behind it, language, privacy."""
