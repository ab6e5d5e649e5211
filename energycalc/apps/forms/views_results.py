"""The results as widgets: headline, and tabs for table, figure, formula and tornado; only the open tab is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import ipywidgets as widgets

from energycalc.apps.forms.formula_card import formula_card, name_of
from energycalc.apps.forms.result_list import carriers_of, results_of
from energycalc.apps.forms.state import ProposalState
from energycalc.apps.forms.tables import FONT, QUIET, headline, results_table
from energycalc.reports.figures import before_after, caption_of, tornado
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TABS = ("table", "figure", "formula", "tornado")
DOTS_PER_INCH = 110


class ResultTabs:
    """Headline and tabs, linked to a state.

    Args:
        state: of the form.
        guarded: runs an action and shows what it refuses as a sentence.
    """

    def __init__(self, state: ProposalState, guarded: Callable[[Callable[[], None]], None]) -> None:
        self._state, self._guarded = state, guarded
        self.headline = widgets.HTML()
        self.status = widgets.HTML()
        self.chosen = widgets.Dropdown(layout=widgets.Layout(width="auto", flex="1 1 auto"))
        self.table, self.formula = widgets.HTML(), widgets.HTML()
        self.note = widgets.HTML()
        self.figure, self.tornado = widgets.Image(format="png"), widgets.Image(format="png")
        for image in (self.figure, self.tornado):
            image.layout.max_width = "100%"
            image.layout.object_fit = "contain"
        pages = [self.table, self.figure, self.formula, widgets.VBox([self.note, self.tornado])]
        self.tabs = widgets.Tab(pages)
        text = words("forms", state.language)
        for i, tab in enumerate(TABS):
            self.tabs.set_title(i, text[f"tab_{tab}"])
        self._drawn: dict[str, Figure] = {}
        self._current: set[str] = set()
        self.tabs.observe(lambda change: self._guarded(self._draw_open_tab), "selected_index")
        self._list_results()
        self.chosen.observe(self._choose, "value")

    def update(self) -> None:
        """Redraw the numbers, then what the open tab shows; the other tabs follow when they are opened."""
        self._current = set()
        self.show_numbers()
        self._draw_open_tab()

    def show_numbers(self) -> None:
        """Redraw the headline alone."""
        state = self._state
        self.headline.value = headline(state.case, state.shown, state.language)
        self.status.value = self._status()

    def _status(self) -> str:
        text, sampling = words("forms", self._state.language), self._state.case.sampling
        said = text["preview"]
        if self._state.settled:
            said = text["assessed"].format(draws=f"{sampling.draws:,}", seed=sampling.seed)
        return f'<div style="{FONT};{QUIET};font-size:85%">{"●" if self._state.settled else "○"} {said}</div>'

    def _draw_open_tab(self) -> None:
        tab = TABS[self.tabs.selected_index or 0]
        if tab in self._current:
            return
        self._current.add(tab)
        state = self._state
        if tab == "table":
            self.table.value = results_table(state.case, state.shown, state.language)
        elif tab == "formula":
            carriers = carriers_of(state.shown.effects)
            self.formula.value = formula_card(
                state.uncertain(state.chosen), state.language, carriers, whole=state.settled
            )
        elif tab == "figure":
            self.figure.value = picture(self._before_after())
        else:
            self._draw_tornado()

    def _before_after(self) -> Figure:
        state = self._state
        caption = caption_of(state.last_assessment, state.language)
        drawn = before_after(
            state.shown.effects,
            state.language,
            uncertainty=state.shown.uncertainty,
            caption=caption,
            figure=self._drawn.get("figure"),
        )
        self._drawn["figure"] = drawn
        return drawn

    def _draw_tornado(self) -> None:
        state = self._state
        stated = any(row.contribution for row in state.tornado())
        self.note.value = "" if stated else words("forms", state.language)["no_tornado"]
        self.tornado.layout.display = None if stated else "none"
        if stated:
            drawn = tornado(state.uncertain(state.chosen), state.language, figure=self._drawn.get("tornado"))
            self._drawn["tornado"] = drawn
            self.tornado.value = picture(drawn)

    def _list_results(self) -> None:
        state = self._state
        carriers, known = carriers_of(state.shown.effects), results_of(state.shown.effects)
        self.chosen.options = [(name_of(q, state.language, carriers), key) for key, q in known.items()]
        self.chosen.value = state.result

    def _choose(self, change: Mapping[str, object]) -> None:
        self._state.result = str(change["new"])
        self._current -= {"formula", "tornado"}
        self._guarded(self._draw_open_tab)


def picture(figure: Figure) -> bytes:
    """A figure as PNG."""
    from energycalc.reports import figure_style

    data = io.BytesIO()
    with figure_style.settings():
        figure.savefig(data, format="png", dpi=DOTS_PER_INCH)
    return data.getvalue()
