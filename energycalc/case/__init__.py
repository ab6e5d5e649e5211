"""The nouns: plant, lines, machines, meters, bills, measures, and the case file they are written in."""
