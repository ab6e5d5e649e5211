"""The form of derived effects: choose a case, try another similarity, see tables and pictures. Widgets only."""

from __future__ import annotations

import html
from pathlib import Path

import ipywidgets as widgets
from IPython.display import HTML, Image, display

from energycalc.apps.forms.messages import guarded, say
from energycalc.apps.forms.plantwide_state import EXAMPLE, PlantwideState
from energycalc.apps.forms.tables import FONT, LINE, QUIET
from energycalc.apps.forms.views_results import picture
from energycalc.apps.terminal_derived import SHOWN
from energycalc.apps.terminal_numbers import NOTHING, Numbers
from energycalc.quantity import Quantity
from energycalc.reports.derived_tables import Row, Table, derived_tables
from energycalc.reports.figure_derived import derived_figures
from energycalc.reports.figures import caption_of
from energycalc.reports.words import LANGUAGES, words

LANGUAGE_NAMES = {"zh-TW": "中文", "en": "English"}


class PlantwideForm:
    """A form over the derived effects of one case: name it in the last line of a cell to see it.

    Args:
        file: name of an example, a case file or its folder.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, file: str | Path = EXAMPLE, language: str = "zh-TW") -> None:
        self.state = PlantwideState(file, language)
        self.box, self.messages = widgets.VBox(), widgets.HTML()
        self._build()

    def _ipython_display_(self) -> None:
        display(self.box)

    def table(self, number: int = 0) -> HTML:
        """One table by its number, from 0; static, so that a reopened notebook still shows it.

        Args:
            number: in the order of the form; the last one for -1.
        """
        return HTML(self._html(self._tables()[number]))

    def figure(self, name: str = "derived_path") -> Image:
        """One picture: ``derived_path``, ``derived_rollout`` or ``derived_intensity``.

        Raises:
            KeyError: the case has no picture of the name; the message lists those it has.
        """
        found = self._pictures()
        if name not in found:
            raise KeyError(f"{name}; this case has {', '.join(found)}")
        return Image(found[name])

    def try_similarity(self, target: str, similarity: str) -> HTML:
        """Try another similarity of a roll-out target; a refusal is shown as a sentence.

        Args:
            target: id of the target.
            similarity: as in the case file, e.g. ``80 %``.
        """
        guarded(self.messages, lambda: self._changed(target, similarity))
        return HTML(str(self.messages.value) or self._html(self._tables()[0]))

    def export(self, folder: str | Path) -> HTML:
        """Write case file, ``results.json``, workbook and figures; a refusal is shown as a sentence."""
        guarded(self.messages, lambda: self._exported(folder))
        return HTML(str(self.messages.value))

    # --- building

    def _tables(self) -> list[Table]:
        return list(derived_tables(self.state.derived, self.state.language))

    def _pictures(self) -> dict[str, bytes]:
        known, language = self.state.assessment, self.state.language
        drawn = derived_figures(known.derived, language, known.uncertainty, caption_of(known, language))
        return {name: picture(figure) for name, figure in drawn}

    def _build(self) -> None:
        text, language = words("derived", self.state.language), self.state.language
        speak = widgets.ToggleButtons(
            options=[(LANGUAGE_NAMES[key], key) for key in LANGUAGES],
            value=language,
            style={"button_width": "6.5em"},
        )
        speak.observe(lambda change: self._speak(change["new"]), "value")
        targets = [(f"{t.id} {t.name}", t.id) for t in self.state.derived.targets]
        target = widgets.Dropdown(options=targets, layout=widgets.Layout(width="16em"))
        similarity = widgets.Text(value="80 %", layout=widgets.Layout(width="6em"))
        button = widgets.Button(description=text["form_try"], layout=widgets.Layout(width="6em"))
        button.on_click(lambda _: guarded(self.messages, lambda: self._changed(target.value, similarity.value)))
        tried = [widgets.Label(text["form_similarity"]), target, similarity, button] if targets else []
        top = widgets.HBox([*tried, speak], layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
        self.pages = widgets.Tab()
        self.box.children = [top, self.messages, self.pages]
        self._show()

    def _show(self) -> None:
        text = words("derived", self.state.language)
        tables = "".join(self._html(table) for table in self._tables())
        pictures = [
            widgets.Image(value=drawn, format="png", layout=widgets.Layout(max_width="100%", align_self="flex-start"))
            for drawn in self._pictures().values()
        ]
        self.pages.children = (widgets.HTML(tables), widgets.VBox(pictures))
        self.pages.titles = (text["form_tables"], text["form_pictures"])

    # --- what people do

    def _changed(self, target: str, similarity: str) -> None:
        self.state.with_similarity(target, similarity)
        self._show()

    def _speak(self, language: str) -> None:
        page = self.pages.selected_index
        self.messages.value = ""  # said in the other language
        self.state.language = language
        self._build()
        self.pages.selected_index = page

    def _exported(self, folder: str | Path) -> None:
        files = self.state.export(folder)
        text = words("derived", self.state.language)
        say(self.messages, text["form_exported"].format(count=len(files), folder=folder), good=True)

    # --- tables as static HTML

    def _html(self, table: Table) -> str:
        text = words("derived", self.state.language)
        numbers = Numbers(self.state.assessment.uncertainty, words("terminal", self.state.language))
        titles = [*table.columns, *table.numbers, text["unit"]]
        head = "".join(f'<th style="{_cell(i, table)};{QUIET}">{html.escape(t)}</th>' for i, t in enumerate(titles))
        body = "".join(_line(row, table, numbers) for row in table.rows)
        notes = "".join(f'<div style="{QUIET}">{html.escape(note)}</div>' for note in table.notes)
        grid = f'<table style="border-collapse:collapse"><tr>{head}</tr>{body}</table>' if table.rows else ""
        return f'<div style="{FONT};margin:.6em 0"><b>{html.escape(table.title)}</b>{grid}{notes}</div>'


def _line(row: Row, table: Table, numbers: Numbers) -> str:
    cells = [*row.words, *(_number(q, numbers) for q in row.numbers), SHOWN.get(row.unit, row.unit)]
    weight = ";font-weight:600" if row.strong else ""
    shown = "".join(f'<td style="{_cell(i, table)}{weight}">{html.escape(c)}</td>' for i, c in enumerate(cells))
    return f"<tr>{shown}</tr>"


def _number(q: Quantity | None, numbers: Numbers) -> str:
    return NOTHING if q is None else numbers.line(q, SHOWN.get(str(q.unit), str(q.unit)))


def _cell(place: int, table: Table) -> str:
    is_number = len(table.columns) <= place < len(table.columns) + len(table.numbers)
    align = "right" if is_number else "left"
    wrap = "nowrap" if is_number else "pre-line"
    return f"padding:.3em .8em .3em 0;text-align:{align};white-space:{wrap};vertical-align:baseline;{LINE}"
