"""A constructed plant with one machine for every technology, each carrying the technology's published example."""

import re

from energycalc.apps.starter_technology import technology_case
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.equipment import TECHNOLOGIES

_HEAD = """\
energycalc: 1
title: one of each
constructed: yes
period: {first_day: 2024-01-01, last_day: 2024-12-31}
plant:
  name: constructed plant
  lines:
    - id: L
      name: line
      machines:
"""


def one_of_each() -> Case:
    """The plant; machines and measures are called T0, T1 ... in the order of the technologies."""
    machines, measures, tail = [], [], ""
    for i, key in enumerate(TECHNOLOGIES):
        text = technology_case(key, "en")
        head, measure = text.split("\nmeasures:\n")
        energy = re.search(r"energy:\n\s+(.*)\n", head)
        assert energy
        machines.append(f"        - {{id: T{i}, name: {key}, process: other, energy: {{{energy[1]}}}}}\n")
        measures.append(
            re.sub(r"machine: M-01", f"machine: T{i}", re.sub(r"- id: A\n", f"- id: T{i}\n", measure, count=1), count=1)
        )
        tail = head[head.index("\nfactors:") :]
    return case_from_text(_HEAD + "".join(machines) + tail + "\nmeasures:\n" + "\n".join(measures))
