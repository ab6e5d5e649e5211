"""How one file is to be read: declared by a person, kept as a map, never guessed."""
