"""Checks of a project: a case, what follows from it, the verifications it names, and facts stated for the checks."""
