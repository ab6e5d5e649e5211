"""What no machine can do: physical ceilings (TP) and the load of machines (TL), on a claim or on a measure.

``facts`` is what a check sees, ``technology`` says of which kind a machine is, ``judge`` runs the checks; claims and
projects collect the facts, each in its own ``physical_facts``. The laws are those of ``energycalc.physics``; limits stand
in ``data/checks/TP_limits.csv`` and ``TL_limits.csv``.
"""
