"""The review form: type the figures of a claim, see at once what contradicts and what holds. Widgets only."""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import HTML, Image, display

from energycalc.apps.forms.messages import guarded, say
from energycalc.apps.forms.review_state import GROUPS, Field, ReviewState, example_claims
from energycalc.apps.forms.tables import FONT, QUIET
from energycalc.apps.forms.verification import LANGUAGE_NAMES
from energycalc.apps.forms.views_inputs import REFUSED
from energycalc.apps.forms.views_results import picture
from energycalc.checks.claims.review import ClaimReview
from energycalc.reports.review.page import review_fragment
from energycalc.reports.words import LANGUAGES, words

WIDE = ("title", "overlap")
ENTRY = "13.2em"
LABEL = "line-height:1.25;white-space:normal"
HINT = f"{QUIET};font-size:80%;line-height:1.2;white-space:nowrap;overflow:hidden;text-overflow:ellipsis"
FRAME = "1px solid var(--jp-border-color2,#ddd)"


class ReviewForm:
    """A form over one claim, for a notebook: name it in the last line of a cell to see it.

    Args:
        source: name of an example, or a claim file; empty for a blank form.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, source: str | Path = "example", language: str = "zh-TW") -> None:
        self.state = ReviewState(source, language)
        self.box = widgets.VBox()
        self.messages, self.result = widgets.HTML(), widgets.HTML()
        self.rows: dict[str, widgets.Widget] = {}
        self._quiet = False
        self._build()

    # --- for cells of a notebook: static, so that a reopened notebook still shows them

    def _ipython_display_(self) -> None:
        display(self.box)

    @property
    def review(self) -> ClaimReview:
        """What the form shows."""
        return self.state.review

    def change(self, key: str, text: str) -> None:
        """Type a text into a field, as a person would; an empty one takes the figure off the claim."""
        self._renewed(lambda: self.state.change(key, text))

    def page(self) -> HTML:
        """Verdict, headline figures, findings, what holds and what to ask for."""
        return HTML(review_fragment(self.review, self.state.language))

    def factor_years(self) -> Image | HTML:
        """The grid factors by year with the one behind the tonnes; a sentence where the claim has no such factor."""
        from energycalc.reports.review.factor_years import factor_years

        figure = factor_years(self.review.claim, self.state.language)
        if figure is None:
            return HTML(f'<p style="{FONT}">{html.escape(words("review", self.state.language)["factor_nothing"])}</p>')
        return Image(picture(figure))

    def save(self, path: str | Path) -> HTML:
        """Write the claim; a refusal is shown as a sentence."""
        guarded(self.messages, lambda: self._said(self.state.save(path)))
        return HTML(str(self.messages.value))

    def save_page(self, path: str | Path) -> HTML:
        """Write the one-page summary; a refusal is shown as a sentence."""
        guarded(self.messages, lambda: self._said(self.state.save_page(path)))
        return HTML(str(self.messages.value))

    # --- building

    def _build(self) -> None:
        text = words("review", self.state.language)
        self.inputs = widgets.VBox(layout=widgets.Layout(flex="1 1 27em", min_width="25em", max_height="64em",
                                                         overflow="hidden auto", padding="0 .8em .6em",
                                                         margin="0 1.2em 0 0", border=FRAME))  # fmt: skip
        hint = widgets.HTML(f'<div style="{FONT};{QUIET};font-size:85%">{html.escape(text["form_hint"])}</div>')
        right = widgets.VBox([self.result], layout=widgets.Layout(flex="3 1 42em", min_width="30em"))
        body = widgets.HBox([self.inputs, right], layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"))
        self._fill()
        self.box.children = [self._top(text), hint, self.messages, body, self._bottom(text)]
        self._show()

    def _top(self, text: Mapping[str, str]) -> widgets.HBox:
        self.examples = widgets.Dropdown(options=[("", ""), *((n, n) for n in example_claims())], layout=_width("16em"))
        self.chosen = widgets.Dropdown(layout=_width("20em"))
        self.upload = widgets.FileUpload(accept=".yaml,.yml,.json", multiple=False, description=text["form_upload"],
                                         layout=_width("10em"))  # fmt: skip
        blank = widgets.Button(description=text["form_new"], icon="eraser", layout=_width("7em"))
        language = widgets.ToggleButtons(options=[(LANGUAGE_NAMES[key], key) for key in LANGUAGES],
                                         value=self.state.language, style={"button_width": "6.5em"})  # fmt: skip
        self.examples.observe(self._on_example, "value")
        self.chosen.observe(self._on_chosen, "value")
        self.upload.observe(self._on_upload, "value")
        blank.on_click(lambda _: self._renewed(self.state.clear))
        language.observe(lambda change: self._speak(change["new"]), "value")
        self._list_claims()
        parts = [widgets.Label(text["form_file"]), self.examples, self.upload, blank, self.chosen, language]
        return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

    def _bottom(self, text: Mapping[str, str]) -> widgets.HBox:
        parts: list[widgets.Widget] = []
        for label, value, name, action in (
            ("form_path_claim", "out/claim.yaml", "form_save", self.save),
            ("form_path_page", "out/review.html", "form_save_page", self.save_page),
        ):
            path = widgets.Text(value=value, layout=_width("14em"))
            button = widgets.Button(description=text[name], icon="save", layout=_width("12em"))
            button.on_click(lambda _, path=path, action=action: action(path.value))
            parts += [widgets.Label(text[label]), path, button]
        return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

    def _fill(self) -> None:
        """All fields anew: another claim, another language, or a field more."""
        text, fields = words("review", self.state.language), self.state.fields()
        self.rows, children = {}, list[widgets.Widget]()
        for group in GROUPS:
            children.append(_head(text[f"group_{group}"]))
            children += [self._row(field, text) for field in fields if field.group == group]
            if group == "evidence":
                children += self._lines(text)
        self.inputs.children = [*children, *self._more(text)]

    def _row(self, field: Field, text: Mapping[str, str]) -> widgets.HBox:
        label = widgets.HTML(f'<div style="{LABEL}">{html.escape(field.title)}</div>', layout=_width("8.5em"))
        if field.choices:
            options = [(text["form_choose"], ""), *((text.get(f"{field.key}_{c}", c), c) for c in field.choices)]
            unknown = field.text not in ("", *field.choices)
            options += [(field.text, field.text)] if unknown else []
            entry: widgets.Widget = widgets.Dropdown(options=options, value=field.text)
        else:
            example = text["form_example"].format(text=field.example) if field.example else ""
            entry = widgets.Text(value=field.text, placeholder=example, continuous_update=False)
        entry.layout.width = "19em" if field.key in WIDE else ENTRY
        entry.observe(lambda change, key=field.key: self._on_text(key, str(change["new"])), "value")
        self.rows[field.key] = entry
        parts: list[widgets.Widget] = [label, entry]
        if field.unit not in ("", "1") and field.key not in WIDE:
            shown = html.escape(field.unit.replace(" / ", ", "))
            parts.append(widgets.HTML(f'<div title="{shown}" style="{HINT}">{shown}</div>', layout=_width("9em")))
        return widgets.HBox(parts, layout=widgets.Layout(align_items="center", flex="0 0 auto"))

    def _lines(self, text: Mapping[str, str]) -> list[widgets.Widget]:
        self.lines = _area(self.state.lines, text["form_calculations_hint"], "5.5em")
        self.lines.observe(lambda change: self._on_lines(str(change["new"])), "value")
        return [_small(text["form_calculations"]), self.lines]

    def _more(self, text: Mapping[str, str]) -> list[widgets.Widget]:
        self.addable = widgets.Dropdown(options=[("", ""), *self.state.addable()], layout=_width("15em"))
        self.addable.observe(self._on_add, "value")
        self.rest = _area(self.state.rest, text["form_rest_hint"], "7em")
        self.rest.observe(lambda change: self._on_rest(str(change["new"])), "value")
        adding = widgets.HBox([widgets.Label(text["form_add"]), self.addable], layout=widgets.Layout(flex="0 0 auto"))
        return [adding, _small(text["form_rest"]), self.rest]

    # --- what people do

    def _show(self) -> None:
        """What came out, and a border around what was left out."""
        self.result.value = review_fragment(self.review, self.state.language)
        for field in self.state.fields():
            if field.key in self.rows:
                self.rows[field.key].layout.border = REFUSED if field.problem else None
                self.rows[field.key].tooltip = field.problem or None
        self.rest.layout.border = REFUSED if self.state.rest_problem else None

    def _on_text(self, key: str, new: str) -> None:
        if not self._quiet:
            guarded(self.messages, lambda: self.state.change(key, new))
            self._show()

    def _on_lines(self, new: str) -> None:
        if not self._quiet:
            guarded(self.messages, lambda: self.state.change_lines(new))
            self._show()

    def _on_rest(self, new: str) -> None:
        if not self._quiet:
            guarded(self.messages, lambda: self.state.change_rest(new))
            self._show()
            if self.state.rest_problem:
                say(self.messages, self.state.rest_problem)

    def _on_add(self, change: Mapping[str, Any]) -> None:
        if change["new"] and not self._quiet:
            self._renewed(lambda: self.state.add(str(change["new"])))

    def _on_example(self, change: Mapping[str, Any]) -> None:
        if change["new"]:
            self._renewed(lambda: self.state.open(str(change["new"])))

    def _on_upload(self, change: Mapping[str, Any]) -> None:
        for file in change["new"]:
            content, name = bytes(file["content"]), str(file["name"])
            self._renewed(functools.partial(self.state.load, content, name))

    def _on_chosen(self, change: Mapping[str, Any]) -> None:
        if change["new"] is not None and not self._quiet:
            self._renewed(lambda: self.state.choose(int(change["new"])))

    def _renewed(self, action: Callable[[], None]) -> None:
        """Another claim, or another field: the fields are built anew; a refused file changes nothing."""
        guarded(self.messages, action)
        self._list_claims()
        self._fill()
        self._show()

    def _list_claims(self) -> None:
        """The list of claims is shown only where a file holds several."""
        names, before = self.state.names, self._quiet
        self._quiet = True
        self.chosen.options = [(name, i) for i, name in enumerate(names)]
        self.chosen.value = self.state.number
        self.chosen.layout.display = None if len(names) > 1 else "none"
        self._quiet = before

    def _speak(self, language: str) -> None:
        self.messages.value = ""
        self.state.language = language
        self._build()

    def _said(self, file: Path) -> None:
        say(self.messages, words("review", self.state.language)["form_saved"].format(file=file), good=True)


def _width(width: str) -> widgets.Layout:
    return widgets.Layout(width=width)


def _area(value: str, example: str, height: str) -> widgets.Textarea:
    layout = widgets.Layout(width="98%", height=height, flex="0 0 auto")
    return widgets.Textarea(value=value, placeholder=example, continuous_update=False, layout=layout)


def _head(text: str) -> widgets.HTML:
    style = f"{FONT};font-weight:600;margin-top:.6em;border-bottom:2px solid #1F5A85"
    return widgets.HTML(f'<div style="{style}">{html.escape(text)}</div>', layout=widgets.Layout(flex="0 0 auto"))


def _small(text: str) -> widgets.HTML:
    return widgets.HTML(f'<div style="{FONT};{QUIET};font-size:85%">{html.escape(text)}</div>')
