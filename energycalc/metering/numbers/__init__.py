"""From readings as written to numbers, by a strict grammar."""
