"""The inputs as widgets: an accordion with a page per measure, machine and document, a row per entry."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import ipywidgets as widgets

from energycalc.apps.forms.inputs import Input
from energycalc.apps.forms.state import ProposalState
from energycalc.apps.forms.tables import QUIET
from energycalc.quantity.glossary import label
from energycalc.reports.words import words

REFUSED = "2px solid #D55E00"
_NARROW = "11em"


class Row:
    """One entry: label, text with unit (or the choices), slider, and what is written behind ±."""

    def __init__(
        self, entry: Input, language: str, changed: Callable[[str, str], None], slid: Callable[[str, float], None]
    ) -> None:
        self.entry, self._quiet = entry, False
        self._language, self._changed, self._slid = language, changed, slid
        self.label = widgets.HTML(layout=widgets.Layout(width="11.5em"))
        if entry.choices:
            self.text: widgets.Widget = widgets.Dropdown(options=entry.choices, value=entry.text)
        else:
            self.text = widgets.Text(value=entry.text, continuous_update=False)
        self.text.layout.width = _NARROW
        self.text.observe(self._on_text, "value")
        place = entry.slider
        limits = {"min": place.low, "max": place.high, "step": place.step, "value": place.value} if place else {}
        self.slider = widgets.FloatSlider(readout=False, layout=widgets.Layout(width="9em"), **limits)
        self.slider.observe(self._on_slider, "value")
        stated = bool(entry.uncertainty_path)
        self.uncertainty = widgets.Text(
            value=entry.uncertainty, continuous_update=False, layout=widgets.Layout(width="6em")
        )
        self.uncertainty.observe(self._on_uncertainty, "value")
        behind: list[widgets.Widget] = []
        if entry.leaf is not None:
            behind = [self.slider if entry.slider else widgets.HTML(layout=self.slider.layout), widgets.Label("±")]
            behind.append(self.uncertainty if stated else widgets.Label(words("forms", language)["no_uncertainty"]))
        self.box = widgets.HBox(
            [self.label, self.text, *behind], layout=widgets.Layout(align_items="center", flex="0 0 auto")
        )
        self.update(entry, {}, {})

    def update(self, entry: Input, rejected: Mapping[str, str], written: Mapping[str, str]) -> None:
        """Show an entry as it stands now, a refused text in its place with a border.

        Args:
            entry: the entry of the accepted case.
            rejected: refused texts by path.
            written: texts of the case file by path, for the mark of a changed entry.
        """
        self.entry = entry
        with self._silent():
            self.label.value = self._label(written.get(entry.path, entry.text))
            self.text.value = rejected.get(entry.path, entry.text)
            self.text.layout.border = REFUSED if entry.path in rejected else None
            self.uncertainty.value = rejected.get(entry.uncertainty_path, entry.uncertainty)
            self.uncertainty.layout.border = REFUSED if entry.uncertainty_path in rejected else None
            if entry.slider is not None and entry.path not in rejected:
                place = entry.slider
                inside = self.slider.min < place.value < self.slider.max and self.slider.step == place.step
                if not inside:  # a slider that follows its own value would run away under the hand
                    with self.slider.hold_sync():
                        self.slider.min = min(place.low, self.slider.max)  # never above max on the way
                        self.slider.max, self.slider.min, self.slider.step = place.high, place.low, place.step
                self.slider.value = place.value

    def show_text(self, text: str) -> None:
        """Write the text that belongs to the slider's place."""
        with self._silent():
            self.text.value = text

    def _label(self, written: str) -> str:
        text, entry = words("forms", self._language), self.entry
        name = html.escape(label(entry.name, self._language))
        hints = []
        if entry.parameter is not None:
            how = (
                entry.parameter.how_to_measure_zh
                if self._language.startswith("zh")
                else entry.parameter.how_to_measure_en
            )
            hints.append(text["how"].format(text=how))
        if entry.leaf is not None and entry.leaf.source is not None:
            hints.append(str(entry.leaf.source))
        mark = ""
        if written != entry.text:
            mark = (
                f'<div style="color:#1F5A85;font-size:80%">● {html.escape(text["original"].format(text=written))}</div>'
            )
        tip = html.escape("\n".join(hints), quote=True)
        return f'<div title="{tip}" style="line-height:1.25;white-space:normal">{name}{mark}</div>'

    def _on_text(self, change: Mapping[str, object]) -> None:
        if not self._quiet:
            self._changed(self.entry.path, str(change["new"]))

    def _on_uncertainty(self, change: Mapping[str, object]) -> None:
        if not self._quiet:
            self._changed(self.entry.uncertainty_path, str(change["new"]))

    def _on_slider(self, change: Mapping[str, object]) -> None:
        if not self._quiet:
            self._slid(self.entry.path, float(str(change["new"])))

    @contextmanager
    def _silent(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


class InputPages:
    """The accordion; a page is filled when it is opened for the first time.

    Args:
        state: of the form.
        changed: told path and new text.
        slid: told path and new number.
    """

    def __init__(
        self, state: ProposalState, changed: Callable[[str, str], None], slid: Callable[[str, float], None]
    ) -> None:
        self._state, self._changed, self._slid = state, changed, slid
        self.rows: dict[str, Row] = {}
        entries = state.inputs()
        pages = dict.fromkeys(entry.page for entry in entries)
        self._pages = sorted(pages, key=lambda page: not page.startswith("measure"))  # measures first
        boxes = [widgets.VBox(layout=widgets.Layout(overflow="auto", max_height="46em")) for _ in self._pages]
        self.accordion = widgets.Accordion(boxes, selected_index=None)
        self.accordion.observe(self._opened, "selected_index")
        self._name_pages()
        self.accordion.selected_index = 0

    def update(self) -> None:
        """Bring all rows to what the state holds now."""
        for entry in self._state.inputs():
            if entry.path in self.rows:
                self.rows[entry.path].update(entry, self._state.rejected, self._state.as_written)
        self._name_pages()

    def _opened(self, change: Mapping[str, object]) -> None:
        place = change["new"]
        if not isinstance(place, int) or self.accordion.children[place].children:
            return
        page, language = self._pages[place], self._state.language
        found: list[widgets.Widget] = []
        heading = ""
        for entry in self._state.inputs():
            if entry.page != page:
                continue
            if entry.place != heading:
                heading = entry.place
                title = f'<div style="{QUIET};font-weight:600">{html.escape(self._place(heading))}</div>'
                found.append(widgets.HTML(title, layout=widgets.Layout(flex="0 0 auto")))
            row = self.rows[entry.path] = Row(entry, language, self._changed, self._slid)
            row.update(entry, self._state.rejected, self._state.as_written)
            found.append(row.box)
        self.accordion.children[place].children = found

    def _place(self, place: str) -> str:
        text = words("forms", self._state.language)
        head, _, row = place.partition(" ")
        if row.isdigit() and head in text:
            return text["row"].format(place=text[head], row=row)
        return text.get(place, place)

    def _name_pages(self) -> None:
        text = words("forms", self._state.language)
        changed = [
            entry.page
            for entry in self._state.inputs()
            if {entry.path, entry.uncertainty_path} & self._state.changes.keys()
        ]
        for i, page in enumerate(self._pages):
            mark = text["changed"].format(count=changed.count(page)) if page in changed else ""
            self.accordion.set_title(i, self._name(page) + mark)

    def _name(self, page: str) -> str:
        text, case = words("forms", self._state.language), self._state.case
        kind, _, own = page.partition(" ")
        if kind == "measure":
            measure = next(m for m in case.measures if m.id == own)
            return text["page_measure"].format(id=measure.id, name=measure.name, machine=measure.machine)
        if kind == "machine":
            machine = next(m for m in case.plant.machines if m.id == own)
            return text["page_machine"].format(id=machine.id, name=machine.name)
        return text.get(f"page_{page}", page)
