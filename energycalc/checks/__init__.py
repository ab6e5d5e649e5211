"""What a result, or a claim on paper, must not contradict: checks with ids, limits as data, sentences and advice.

From the bottom up; ``pyproject.toml`` holds the order:

- ``table`` opens the tables of ``data/checks``;
- ``catalogue`` has each check with its severity, rule, advice and limits; ``range`` is a number as it is printed;
- ``slips`` and ``prices`` are what claims and projects are both held against;
- ``physics`` are ceilings that no machine passes, on facts from anywhere; ``programme`` are the rules of a grant;
- ``claims`` judge what a reviewer has on paper, ``project`` judges a case with all that was computed from it. Neither
  knows the other: each collects its own facts for the same laws.

A check says a finding, or which fact it lacks; it never passes for want of a fact.
"""
