"""Checks of a case: its file, its meters, its verifications, and everything that was computed from them.

``review`` is the order of the play. ``raised`` puts what other rooms raise or refuse under the id of its check;
``units``, ``load``, ``baseline``, ``printed``, ``aggregation``, ``statistics``, ``carbon`` and ``money`` judge what nobody
else does, each a plain function on a ``Project``; ``accepting`` marks what somebody accepts by name.
"""
