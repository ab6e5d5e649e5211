"""A claim as a reviewer has it on paper: read, completed where arithmetic allows, recomputed and judged.

``reading`` makes a ``claim`` of a file, with ``figures`` in the ``units`` of people; ``review`` is the order of the play:
``inference`` completes by the laws of ``relations``, ``identities``, ``printed`` and ``parts`` hold the figures against each
other, ``carbon`` and ``oil_and_money`` against what is published (``background``), ``plausible`` and ``evidence`` against
what can be and what was measured. The ``ledger`` keeps what contradicts, what holds and what is missing.
"""
