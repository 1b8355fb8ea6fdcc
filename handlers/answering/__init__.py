"""From a question to its answer: which queries it means, what they find, and how it is kept."""
