"""What a file holds and how it would be read, with the questions that are still open."""
