"""What no machine can do: physical ceilings (TP) and the load of machines (TL), on a claim or on a measure.

``facts.py`` is what a check sees, ``of_claim.py`` and ``of_measure.py`` collect it, ``judge.py`` runs the checks. The
laws are those of ``energycalc.physics``; limits stand in ``data/checks/TP_limits.csv`` and ``TL_limits.csv``.
"""
