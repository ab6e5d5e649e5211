"""The proposal form: choose a case, change its inputs, see what follows, save, export. Widgets only; see ``state``."""

from __future__ import annotations

import asyncio
import html
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import HTML, Image, display

from energycalc.apps.forms.formula_card import formula_card
from energycalc.apps.forms.preview import Preview
from energycalc.apps.forms.result_list import carriers_of, results_of
from energycalc.apps.forms.state import ProposalState, example_cases
from energycalc.apps.forms.tables import FONT, QUIET, headline, results_table
from energycalc.apps.forms.views_inputs import InputPages
from energycalc.apps.forms.views_results import ResultTabs, picture
from energycalc.assessment import Assessment
from energycalc.errors import EnergycalcError
from energycalc.reports.figures import before_after, caption_of, tornado
from energycalc.reports.words import LANGUAGES, words

PAUSE = 0.8
"""Seconds without a move after which a preview is assessed in full."""
LANGUAGE_NAMES = {"zh-TW": "中文", "en": "English"}


class ProposalForm:
    """A form over one case, for a notebook: name it in the last line of a cell to see it.

    Args:
        case: name of an example, folder of a case, or a case file.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, case: str | Path = "steel_plant", language: str = "zh-TW") -> None:
        self.box = widgets.VBox()
        self._later: asyncio.TimerHandle | None = None
        self.messages = widgets.HTML()
        self._open(str(case), language)

    # --- for cells of a notebook: static, so that a reopened notebook still shows them

    def _ipython_display_(self) -> None:
        display(self.box)

    @property
    def assessment(self) -> Assessment:
        """The full assessment of what the form shows."""
        return self.state.assessment

    def table(self) -> HTML:
        """Headline and table of the results."""
        state, shown = self.state, self._settled()
        return HTML(
            headline(state.case, shown, state.language) + "<br>" + results_table(state.case, shown, state.language)
        )

    def figure(self) -> Image:
        """Energy by machine before and after."""
        state, shown = self.state, self._settled()
        caption = caption_of(state.assessment, state.language)
        return Image(
            picture(before_after(shown.effects, state.language, uncertainty=shown.uncertainty, caption=caption))
        )

    def formula(self, result: str = "") -> HTML:
        """Formula, numbers put in, result ± U, steps and inputs of a result.

        Args:
            result: key such as ``plant.electricity.saving``; the one chosen in the form when left out.
        """
        shown = self._settled()
        q = results_of(shown.effects)[result or self.state.result]
        return HTML(formula_card(shown.uncertainty[q], self.state.language, carriers_of(shown.effects)))

    def tornado(self, result: str = "") -> Image:
        """What makes a result uncertain.

        Args:
            result: key such as ``plant.electricity.saving``; the one chosen in the form when left out.
        """
        shown = self._settled()
        q = results_of(shown.effects)[result or self.state.result]
        return Image(picture(tornado(shown.uncertainty[q], self.state.language)))

    def save(self, path: str | Path) -> HTML:
        """Save the case as it stands in the form; a refusal is shown as a sentence."""
        return HTML(self._tell(lambda: self._saved(path)))

    def export(self, folder: str | Path) -> HTML:
        """Export case, results, workbook and figures; a refusal is shown as a sentence."""
        return HTML(self._tell(lambda: self._exported(folder)))

    def _settled(self) -> Preview:
        self.state.settle()
        return self.state.shown

    # --- building

    def _open(self, case: str, language: str) -> None:
        self.state = ProposalState(case, language)
        self._case_text = case
        self._build()

    def _build(self) -> None:
        state, text = self.state, words("forms", self.state.language)
        self.inputs = InputPages(state, self._changed, self._slid)
        self.results = ResultTabs(state, self._guarded)
        half = widgets.Layout(flex="1 1 36em", min_width="30em")
        hint = widgets.HTML(
            f'<div style="{FONT}"><b>{text["inputs"]}</b>　<span style="{QUIET}">{text["inputs_hint"]}</span></div>'
        )
        left = widgets.VBox([hint, self.inputs.accordion], layout=half)
        choose = widgets.HBox([widgets.Label(text["result"]), self.results.chosen])
        right = widgets.VBox([choose, self.results.tabs], layout=half)
        self.box.children = [
            self._top(),
            self.messages,
            self.results.headline,
            self.results.status,
            widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start")),
            self._bottom(),
        ]
        self.results.update()

    def _top(self) -> widgets.HBox:
        text = words("forms", self.state.language)
        names = list(example_cases())
        shown = self._case_text if self._case_text in names else None
        examples = widgets.Dropdown(options=names, value=shown, layout=widgets.Layout(width="11em"))
        path = widgets.Text(value=self._case_text, placeholder="my_case/case.yaml", layout=widgets.Layout(width="18em"))
        button = widgets.Button(description=text["open"], icon="folder-open", layout=widgets.Layout(width="7em"))
        language = widgets.ToggleButtons(
            options=[(LANGUAGE_NAMES[key], key) for key in LANGUAGES],
            value=self.state.language,
            style={"button_width": "6.5em"},
        )
        examples.observe(lambda change: setattr(path, "value", str(change["new"])), "value")
        button.on_click(lambda _: self._guarded(lambda: self._reopen(path.value)))
        language.observe(self._speak, "value")
        parts = [widgets.Label(text["case"]), examples, widgets.Label(text["path"]), path, button, language]
        return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))

    def _bottom(self) -> widgets.HBox:
        text = words("forms", self.state.language)
        path = widgets.Text(value="out/my_case/case.yaml", layout=widgets.Layout(width="16em"))
        save = widgets.Button(description=text["save"], icon="save", layout=widgets.Layout(width="9em"))
        folder = widgets.Text(value="out/proposal", layout=widgets.Layout(width="14em"))
        export = widgets.Button(
            description=text["export"], icon="download", button_style="primary", layout=widgets.Layout(width="auto")
        )
        save.on_click(lambda _: self._busy(save, lambda: self._saved(path.value)))
        export.on_click(lambda _: self._busy(export, lambda: self._exported(folder.value)))
        gap = widgets.HTML(layout=widgets.Layout(width="2em"))
        parts = [
            widgets.Label(text["save_path"]),
            path,
            save,
            gap,
            widgets.Label(text["export_folder"]),
            folder,
            export,
        ]
        return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))

    # --- what people do

    def _changed(self, path: str, text: str) -> None:
        self._guarded(lambda: self._try(path, text))

    def _try(self, path: str, text: str) -> None:
        with suppress(EnergycalcError):  # what cannot even be previewed is refused by the change, with its reason
            self.state.rehearse(path, text)
            self.results.show_numbers()
        self.state.change(path, text)
        self._show()
        self._settle_later()

    def _slid(self, path: str, value: float) -> None:
        self._guarded(lambda: self._preview(path, value))

    def _preview(self, path: str, value: float) -> None:
        try:
            self.state.slide(path, value)
            self.results.update()
        finally:  # also where the trace has no answer: at rest the case says why
            self.inputs.rows[path].show_text(self.state.sliding[path])
            self._settle_later()

    def _settle_later(self) -> None:
        """Assess in full after a pause; at once where nothing waits, as in a plain Python program."""
        if self._later is not None:
            self._later.cancel()
        try:
            self._later = asyncio.get_running_loop().call_later(PAUSE, lambda: self._guarded(self._settle))
        except RuntimeError:
            self._settle()

    def _settle(self) -> None:
        self._later = None
        self.state.settle()
        self._show()

    def _show(self) -> None:
        """Numbers first, then what stands in the way, then the rows."""
        self.results.update()
        text, state = words("forms", self.state.language), self.state
        refused = [
            text["refused"].format(text=state.rejected[path], reason=reason) for path, reason in state.blockers.items()
        ]
        self._say(*refused, *([text["kept"]] if refused else []))
        self.inputs.update()

    def _reopen(self, case: str) -> None:
        self._say(words("forms", self.state.language)["working"], good=True)
        self._open(case, self.state.language)
        self._say(words("forms", self.state.language)["opened"].format(file=self.state.file), good=True)

    def _speak(self, change: Mapping[str, Any]) -> None:
        self.state.language = str(change["new"])
        self._build()

    def _saved(self, path: str | Path) -> None:
        files = self.state.save(path)
        said = words("forms", self.state.language)["saved"].format(files="、".join(map(str, files)))
        self._say(said, good=True)

    def _exported(self, folder: str | Path) -> None:
        files = self.state.export(folder)
        said = words("forms", self.state.language)["exported"].format(count=len(files), folder=folder)
        self._say(said, good=True)

    # --- sentences

    def _busy(self, button: widgets.Button, action: Callable[[], None]) -> None:
        button.disabled = True
        self._say(words("forms", self.state.language)["working"], good=True)
        self._guarded(action)
        button.disabled = False

    def _tell(self, action: Callable[[], None]) -> str:
        self._guarded(action)
        return str(self.messages.value)

    def _guarded(self, action: Callable[[], None]) -> None:
        """Run what a person asked for; a refusal, or an error of ours, becomes a sentence."""
        try:
            action()
        except EnergycalcError as error:
            self._say(error.sentence())
        except OSError as error:
            self._say(f"{error.filename or ''}: {error.strerror or error}")
        except Exception as error:
            logging.getLogger(__name__).exception("the form met an error of its own")
            said = words("forms", self.state.language)["failed"]
            self._say(said.format(kind=type(error).__name__, text=error))

    def _say(self, *sentences: str, good: bool = False) -> None:
        colour = "#2E7D5B" if good else "#D55E00"
        lines = "".join(
            f'<div style="{FONT};border-left:4px solid {colour};padding:.2em .8em;margin:.2em 0;white-space:pre-wrap">'
            f"{html.escape(sentence)}</div>"
            for sentence in sentences
        )
        self.messages.value = lines
