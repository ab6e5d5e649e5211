"""The verification form: choose a verification, see verdict, pictures and doubts, try another model. Widgets only."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets
from IPython.display import HTML, Image, display

from energycalc.apps.forms.messages import guarded, say
from energycalc.apps.forms.verification_state import CONFIDENCES, VerificationState, example_verifications
from energycalc.apps.forms.verification_tables import (
    findings_list,
    plan_table,
    saving_table,
    tried_table,
    verdict_card,
)
from energycalc.apps.forms.views_results import picture
from energycalc.mv.verification import Verified
from energycalc.reports.words import LANGUAGES, words

LANGUAGE_NAMES = {"zh-TW": "中文", "en": "English"}


class VerificationForm:
    """A form over one verification, for a notebook: name it in the last line of a cell to see it.

    Args:
        file: name of an example, or a verification file.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, file: str | Path = "office", language: str = "zh-TW") -> None:
        self.state = VerificationState(file, language)
        self.box = widgets.VBox()
        self.messages = widgets.HTML()
        self._drawn: dict[str, bytes] = {}
        self._build()

    # --- for cells of a notebook: static, so that a reopened notebook still shows them

    def _ipython_display_(self) -> None:
        display(self.box)

    @property
    def verified(self) -> Verified:
        """What the form shows."""
        return self.state.verified

    def verdict(self) -> HTML:
        """The verdict, and what a plain comparison would have claimed."""
        return HTML(verdict_card(self.verified, self.state.language))

    def table(self) -> HTML:
        """Adjusted baseline, metered energy, saving with its ±."""
        return HTML(saving_table(self.verified, self.state.language))

    def tried(self) -> HTML:
        """The models tried."""
        return HTML(tried_table(self.verified, self.state.language))

    def findings(self) -> HTML:
        """All doubts."""
        return HTML(findings_list(self.verified, self.state.language))

    def plan(self) -> HTML:
        """The M&V plan with what is missing."""
        return HTML(plan_table(self.verified, self.state.language))

    def figure(self, name: str = "energy_over_time") -> Image:
        """One picture by its name.

        Raises:
            KeyError: this verification has no picture of the name; the message lists those it has.
        """
        found = self._pictures()
        if name not in found:
            raise KeyError(f"{name}; this verification has {', '.join(found)}")
        return Image(found[name])

    def export(self, folder: str | Path) -> HTML:
        """Write ``verification.json``, the workbook and the figures; a refusal is shown as a sentence."""
        guarded(self.messages, lambda: self._exported(folder))
        return HTML(str(self.messages.value))

    def _pictures(self) -> dict[str, bytes]:
        from energycalc.reports.verification.figures import verification_figures

        return {name: picture(figure) for name, figure in verification_figures(self.verified, self.state.language)}

    # --- building

    def _build(self) -> None:
        state, text = self.state, words("verification_terminal", self.state.language)
        self.verdict_box, self.table_box = widgets.HTML(), widgets.HTML()
        self.tried_box, self.findings_box, self.plan_box = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.picture = widgets.Image(format="png", layout=widgets.Layout(max_width="100%", align_self="flex-start"))
        self.chosen_picture = widgets.Dropdown(layout=widgets.Layout(width="20em"))
        self.chosen_picture.observe(lambda _: self._show_picture(), "value")
        pictures = widgets.VBox([self.chosen_picture, self.picture])
        pages = {
            text["tab_pictures"]: pictures,
            text["tried"]: self.tried_box,
            text["findings"]: self.findings_box,
            text["tab_plan"]: self.plan_box,
        }
        self.tabs = widgets.Tab(children=tuple(pages.values()), titles=tuple(pages))
        beside = widgets.Layout(flex="1 1 26em", min_width="22em", padding="0 1.5em 0 0")
        side = widgets.VBox([self.table_box], layout=beside)
        main = widgets.VBox([self.tabs], layout=widgets.Layout(flex="3 1 44em", min_width="30em"))
        layout = widgets.Layout(flex_flow="row wrap", align_items="flex-start")
        body = widgets.HBox([side, main], layout=layout)
        self.box.children = [self._top(state), self.messages, self.verdict_box, body]
        self._show()

    def _top(self, state: VerificationState) -> widgets.HBox:
        text = words("verification_terminal", state.language)
        names = example_verifications()
        chosen = next((name for name, file in names.items() if file == state.file), None)
        examples = widgets.Dropdown(options=list(names), value=chosen, layout=widgets.Layout(width="12em"))
        path = widgets.Text(value=str(chosen or state.file), layout=widgets.Layout(width="20em"))
        button = widgets.Button(description=text["open"], icon="folder-open", layout=widgets.Layout(width="7em"))
        confidence = widgets.Dropdown(
            options=[(f"{each:.0%}", each) for each in sorted({*CONFIDENCES, state.declared.confidence})],
            value=state.declared.confidence,
            layout=widgets.Layout(width="6em"),
        )
        models = sorted({each.key for each in state.verified.selection.tried})
        model = widgets.Dropdown(
            options=[(text["all_models"], ""), *((each, each) for each in models)],
            value=state.declared.forms[0] if len(state.declared.forms) == 1 else "",
            layout=widgets.Layout(width="14em"),
        )
        language = widgets.ToggleButtons(
            options=[(LANGUAGE_NAMES[key], key) for key in LANGUAGES],
            value=state.language,
            style={"button_width": "6.5em"},
        )
        examples.observe(lambda change: setattr(path, "value", str(change["new"])), "value")
        button.on_click(lambda _: guarded(self.messages, lambda: self._reopen(path.value)))
        confidence.observe(lambda change: guarded(self.messages, lambda: self._try_confidence(change["new"])), "value")
        model.observe(lambda change: guarded(self.messages, lambda: self._try_model(change["new"])), "value")
        language.observe(lambda change: self._speak(change["new"]), "value")
        parts = [
            widgets.Label(text["file"]), examples, path, button,
            widgets.Label(text["confidence_label"]), confidence,
            widgets.Label(text["model"]), model, language,
        ]  # fmt: skip
        return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

    # --- what people do

    def _show(self) -> None:
        language = self.state.language
        self.verdict_box.value = verdict_card(self.verified, language)
        self.table_box.value = saving_table(self.verified, language)
        self.tried_box.value = tried_table(self.verified, language)
        self.findings_box.value = findings_list(self.verified, language)
        self.plan_box.value = plan_table(self.verified, language)
        self._drawn = self._pictures()
        text, before = words("verification_terminal", language), self.chosen_picture.value
        options = tuple((text[f"picture_{name}"], name) for name in self._drawn)
        if options != self.chosen_picture.options:  # setting them goes back to the first, which would flash up
            self.chosen_picture.options = options
        # a list that was empty has nothing chosen, and new options do not choose either
        self.chosen_picture.value = before if before in self._drawn else next(iter(self._drawn), None)
        self._show_picture()

    def _show_picture(self) -> None:
        """Show the chosen picture; without one no frame is left, and not the picture of another result."""
        drawn = self._drawn.get(self.chosen_picture.value, b"")
        self.picture.layout.display = None if drawn else "none"
        self.picture.value = drawn

    def _reopen(self, file: str) -> None:
        self.state = VerificationState(file, self.state.language)
        self._build()

    def _try_confidence(self, confidence: float) -> None:
        self.state.with_confidence(confidence)
        self._show()

    def _try_model(self, form: str) -> None:
        self.state.with_model(form)
        self._show()

    def _speak(self, language: str) -> None:
        page, shown = self.tabs.selected_index, self.chosen_picture.value
        self.messages.value = ""  # said in the other language
        self.state.language = language
        self._build()
        self.tabs.selected_index, self.chosen_picture.value = page, shown

    def _exported(self, folder: str | Path) -> None:
        files = self.state.export(folder)
        text = words("verification_terminal", self.state.language)
        say(self.messages, text["exported"].format(count=len(files), folder=folder), good=True)
