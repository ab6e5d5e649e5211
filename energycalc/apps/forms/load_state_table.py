"""Load states of several machines of one file as static HTML: what ran how long, at which power, and what it used."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping, Sequence
from pathlib import Path

from IPython.display import HTML

from energycalc.apps.forms.tables import FONT, QUIET
from energycalc.apps.forms.verification_state import example_verifications
from energycalc.apps.forms.verification_tables import html_table
from energycalc.case.verification_file import load_verification
from energycalc.metering import read_meter
from energycalc.mv.isolation.load_states import LoadStates, load_states
from energycalc.reports.words import words


def load_state_table(file: str | Path, columns: Sequence[str], language: str = "zh-TW") -> HTML:
    """States of each column of the meter file that a verification reads.

    Args:
        file: name of an example, or a verification file; its meter says how the file is read.
        columns: headers of the columns, one machine each.
        language: ``zh-TW`` or ``en``.

    Raises:
        EnergycalcError: a column cannot be read as the meter of the verification is.
    """
    declared = load_verification(example_verifications().get(str(file), Path(file)))
    layout, text = declared.meter.layout, words("verification_terminal", language)
    rows: list[tuple[str, ...]] = []
    notes: list[str] = []
    for column in columns:
        found = load_states(read_meter(dataclasses.replace(layout, value_column=column, meter=column)))
        rows += _rows(column, found, text)
        notes += [each.sentence_zh if language == "zh-TW" else each.sentence for each in found.findings]
    heads = [text[f"states_{key}"] for key in ("machine", "state", "hours", "power", "energy")]
    said = "".join(f"<li>{html.escape(note)}</li>" for note in dict.fromkeys(notes))
    return HTML(f'{html_table(heads, rows)}<ul style="{FONT};{QUIET}">{said}</ul>')


def _rows(column: str, found: LoadStates, text: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [
        (
            html.escape(column) if place == 0 else "",
            html.escape(text[f"state_{state.name.replace(' ', '_')}"]),
            f"{state.hours:,.1f}",
            f"{state.mean_power_kw:,.1f}",
            f"{state.energy_kwh:,.0f}",
        )
        for place, state in enumerate(found.states)
    ]
