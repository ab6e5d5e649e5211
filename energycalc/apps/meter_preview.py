"""``energycalc meter FILE``: what a meter file holds, what must still be declared, and the column map to save."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.metering.layouts.column_map import ColumnMap, read_column_map, write_column_map
from energycalc.metering.preview.preview import Preview, Understood, preview
from energycalc.metering.preview.questions import Question
from energycalc.reports.words import words

NO_TEXT = ("header_row", "register_capacity", "not_numbers")
"""Keys whose values are numbers or lists; every other value of --set is text."""
MARK = {"note": "·", "warning": "!", "error": "✗"}
Words = Mapping[str, str]


def preview_meter(
    file: Path, column_map: str | None, settings: Sequence[str], sheet: str | None, save_map: Path | None, language: str
) -> Preview:
    """Show a meter file and, if asked, save what is settled as a column map.

    Args:
        file: the meter file.
        column_map: path of a saved map, or the name of a shipped one.
        settings: ``key=value``, as a case file writes them; they stand above the map.
        sheet: sheet of a workbook.
        save_map: where to save the map.
        language: ``zh-TW`` or ``en``.

    Returns:
        What was shown.

    Raises:
        InputError: the map or a setting cannot be used.
        MeterDataError: the file cannot be opened.
    """
    declared = dict(read_column_map(map_path(column_map)).declared) if column_map else {}
    declared.update(read_settings(settings))
    shown = preview(file, ColumnMap(declared), sheet=sheet)
    console = Console()
    show_preview(shown, language, console)
    if save_map is not None:
        text = words("meter_preview", language)
        write_column_map(shown.column_map, save_map)
        console.print(text["saved"].format(path=escape(str(save_map))), highlight=False)
        if shown.open_keys:
            console.print(text["saved_open"].format(keys=", ".join(shown.open_keys)), highlight=False)
    return shown


def map_path(name: str) -> Path:
    """The file of a map: a path as it stands, or the name of a map that comes with the program.

    Raises:
        InputError: there is neither.
    """
    shipped = data_folder() / "meter_layouts"
    for path in (Path(name), shipped / f"{name}.toml"):
        if path.is_file():
            return path
    raise InputError(
        "there is no such column map",
        subject="--map",
        value=name,
        limit=f"a file, or one of {', '.join(sorted(path.stem for path in shipped.glob('*.toml')))}",
        next_step="Correct the name",
    )


def read_settings(settings: Sequence[str]) -> dict[str, Any]:
    """``key=value`` words as the keys of a map.

    Raises:
        InputError: a word has no key, or its value is not of the key's kind.
    """
    declared: dict[str, Any] = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            raise InputError("has no key", subject="--set", value=setting, next_step="Write --set stamp=interval_end")
        key, value = key.strip(), value.strip()
        try:
            declared[key] = tomllib.loads(f"value = {value}")["value"] if key in NO_TEXT else value
        except tomllib.TOMLDecodeError:
            raise InputError(
                "is no number or list", subject=f"--set {key}", value=value, next_step='Write 3, or ["N/A"]'
            ) from None
    return declared


def show_preview(shown: Preview, language: str, console: Console) -> None:
    """Print a preview; 80 columns are enough.

    Args:
        shown: what to show.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    text, chinese = words("meter_preview", language), language == "zh-TW"
    look = shown.look
    console.print(f"\n[bold]{escape(shown.name)}[/bold]", highlight=False)
    facts = [
        (text["type"], look.true_type),
        (text["encoding"], look.encoding),
        (text["delimiter"], {"\t": "tab"}.get(look.delimiter, look.delimiter)),
        (text["sheets"], ", ".join(look.sheets)),
        (text["sheet"], look.sheet if len(look.sheets) > 1 else ""),
        (text["header_row"], str(look.header_row_guess)),
        (text["rows"], f"{look.rows:,}"),
    ]
    for name, value in facts:
        if value:
            console.print(f"{name}  {escape(value)}", highlight=False)
    console.print(_columns(shown, text, chinese))
    console.print(_rows(shown, text))
    if shown.refused:
        console.print(f"[yellow]{text['refused']}[/yellow] {escape(shown.refused)}", highlight=False)
    if shown.understood is not None:
        _understood(shown.understood, shown.proposed, text, console)
    _doubts(shown, text, chinese, console)
    _questions(shown.questions, text, chinese, console)
    console.print(f"\n[bold]{text['declaration']}[/bold]", highlight=False)
    for key, value in shown.column_map.declared.items():
        console.print(escape(f"  {key}: {_yaml(value)}"), highlight=False)
    for key in shown.open_keys:
        console.print(f"  [yellow]{key}: ?[/yellow]", highlight=False)


def _columns(shown: Preview, text: Words, chinese: bool) -> Table:
    table = _table(text["columns"], text["header"], text["seems"], text["samples"], text["reason"])
    used = {shown.declared.get(key, shown.proposed.get(key)) for key in ("time_column", "clock_column", "column")}
    for column in shown.columns:
        role = text[f"role_{column.role}"] + (f" {column.unit}" if column.unit else "")
        name = f"[bold]{escape(column.header)}[/bold]" if column.header in used else escape(column.header)
        samples = escape(" | ".join(column.samples))
        table.add_row(name, escape(role), samples, escape(column.reason_zh if chinese else column.reason))
    return table


def _rows(shown: Preview, text: Words) -> Table:
    table = _table(text["sample"], text["as_written"], text["as_read"], text["reading"])
    for row in shown.rows:
        table.add_row(escape(row.stamp), row.stamp_read or "[yellow]?[/yellow]", escape(row.reading))
    return table


def _understood(understood: Understood, proposed: Mapping[str, Any], text: Words, console: Console) -> None:
    console.print(f"\n[bold]{text['trial']}[/bold] {text['trial_note']}", highlight=False)
    console.print(
        f"{text['period']}  {understood.first} – {understood.last}"
        + (f"  ({text['interval']} {proposed['interval']})" if "interval" in proposed else ""),
        highlight=False,
    )
    console.print(f"{text['rows_used']}  {understood.rows:,}", highlight=False)
    for reason, count in understood.excluded:
        console.print(f"{text['rows_excluded']}  {count:,}: {escape(reason)}", highlight=False)
    console.print(f"{text['missing']}  {understood.missing:,}", highlight=False)
    if understood.total is not None:
        console.print(f"{text['total']}  {understood.total:,.6g} {understood.unit}", highlight=False)
    if understood.peak_kw is not None:
        console.print(f"{text['peak']}  {understood.peak_kw:,.4g} kW", highlight=False)
    console.print(f"SHA-256  {understood.sha256}", highlight=False)


def _doubts(shown: Preview, text: Words, chinese: bool, console: Console) -> None:
    said = {f"metering.{notice.kind}" for notice in shown.notices}
    lines = [("·", notice.sentence_zh if chinese else notice.sentence) for notice in shown.notices]
    lines += [
        (MARK[finding.severity], finding.sentence_zh if chinese else finding.sentence)
        for finding in shown.findings
        if finding.id not in said
    ]
    if lines:
        console.print(f"\n[bold]{text['notices']}[/bold]", highlight=False)
    for mark, sentence in lines:
        console.print(f" {mark} {escape(sentence)}", highlight=False)


def _questions(questions: Sequence[Question], text: Words, chinese: bool, console: Console) -> None:
    console.print(f"\n[bold]{text['questions']}[/bold] {text['questions_note']}", highlight=False)
    for question in questions:
        sentence = question.sentence_zh if chinese else question.sentence
        console.print(f"[bold]{question.key}[/bold]  {escape(sentence)}", highlight=False)
        for answer in question.answers:
            meaning = answer.meaning_zh if chinese else answer.meaning
            console.print(escape(f"    {answer.written or '–'}  {meaning}"), highlight=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _yaml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    text = "tab" if value == "\t" else str(value)
    plain = text.replace("_", "").replace(" ", "").replace("-", "").isalnum() and text.strip() == text
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
