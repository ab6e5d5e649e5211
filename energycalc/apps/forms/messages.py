"""What a form says after something was done or refused: one place for its look, and for what becomes of a refusal."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as widgets

from energycalc.apps.forms.tables import FONT
from energycalc.errors import EnergycalcError

GOOD, REFUSED = "#2E7D5B", "#D55E00"


def say(place: widgets.HTML, sentence: str, *, good: bool = False) -> None:
    """Show a sentence; line breaks are kept, and nothing in it is taken for markup.

    Args:
        place: where the form shows its messages.
        sentence: what is said.
        good: something was done; else something was refused.
    """
    colour = GOOD if good else REFUSED
    style = f"{FONT};border-left:4px solid {colour};padding:.2em .8em;margin:.2em 0;white-space:pre-wrap"
    place.value = f'<div style="{style}">{html.escape(sentence)}</div>'


def guarded(place: widgets.HTML, action: Callable[[], object]) -> None:
    """Run what a person asked for; a refusal becomes a sentence, and what is shown stays.

    Args:
        place: where the form shows its messages; emptied first.
        action: what was asked for.
    """
    place.value = ""
    try:
        action()
    except EnergycalcError as error:
        say(place, error.sentence())
    except OSError as error:
        say(place, f"{error.filename or ''}: {error.strerror or error}")
