"""What the review form holds, without widgets: the claim as typed, and what came out of it, judged at every change."""

from __future__ import annotations

import csv
import functools
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from energycalc.case.yaml_text import plain, read_tree
from energycalc.checks.claims.keys import claim_keys, key_of_heading
from energycalc.checks.claims.reading import CHOICES, claim_entries, claim_of
from energycalc.checks.claims.review import ClaimReview, review_claim
from energycalc.checks.claims.words import title
from energycalc.data_files import examples_folder
from energycalc.errors import CaseFileError, InputError
from energycalc.reports.review.summary import STAMP
from energycalc.reports.words import words

GROUPS = ("about", "energy", "money", "carbon", "evidence", "more")
HERE = Path(__file__).parent
OWN_EXAMPLE = "example"
BLOCK = "measurement"
LINES = "calculations"


@dataclass(frozen=True)
class Field:
    """One field of the form.

    Attributes:
        group: of ``GROUPS``.
        key: of the claim; ``measurement.before`` stands inside a block.
        title: in the language of the form.
        unit: sample units; empty for texts.
        example: shown while the field is empty.
        choices: the words it takes, if it takes no others.
        text: as typed.
        problem: why the text was left out, if it was.
    """

    group: str
    key: str
    title: str
    unit: str
    example: str
    choices: tuple[str, ...]
    text: str
    problem: str


def example_claims() -> dict[str, Path]:
    """The constructed claims that come with the program, by a short name."""
    folder = examples_folder() / "claims"
    files = sorted(path for path in folder.glob("*") if path.suffix in (".yaml", ".yml", ".json"))
    return {OWN_EXAMPLE: HERE / "review_example.yaml", **{path.stem: path for path in files}}


class ReviewState:
    """A claim that a reviewer types in.

    Args:
        source: name of an example, or a claim file in YAML or JSON; empty for a blank form.
        language: ``zh-TW`` or ``en``.
    """

    def __init__(self, source: str | Path = OWN_EXAMPLE, language: str = "zh-TW") -> None:
        self.language = language
        self.entries: list[Any] = [{}]
        self.number = 0
        self.rest_problem = ""
        self._written: set[Path] = set()
        self.data: dict[str, Any] = {}
        if str(source):
            self.open(source)
        else:
            self._judge()

    # --- what is shown

    @property
    def review(self) -> ClaimReview:
        """What came out of the claim as it stands."""
        return self._review

    @property
    def names(self) -> list[str]:
        """The claims of the file that was opened, by number and title."""
        shown = [entry if isinstance(entry, Mapping) else {} for entry in self.entries]
        return [f"{i}  {e.get('title') or e.get('id') or ''}".strip() for i, e in enumerate(shown, 1)]

    def fields(self) -> list[Field]:
        """Every field of the form, in its order; further keys of the claim come last."""
        standing = [(row["group"], row["key"], row["example"]) for row in _layout()]
        known = {key for _, key, _ in standing}
        more = [("more", key, "") for key, value in self.data.items() if key not in known and _is_scalar(value)]
        return [self._field(*entry) for entry in [*standing, *more]]

    def addable(self) -> list[tuple[str, str]]:
        """Title and key of the fields that may still be added."""
        shown = {field.key for field in self.fields()}
        keys = [key for key in claim_keys().values() if key.kind in ("figure", "text") and key.key not in shown]
        return sorted((title(key.key, self.language[:2]), key.key) for key in keys)

    @property
    def lines(self) -> str:
        """The printed arithmetic, one expression a line."""
        return "\n".join(_line_of(entry, self.language) for entry in _calculations(self.data))

    @property
    def rest(self) -> str:
        """Everything that has no field of its own, as YAML."""
        return _yaml({key: value for key, value in self.data.items() if self._is_rest(key, value)})

    # --- what people do

    def open(self, source: str | Path) -> None:
        """Open an example or a file.

        Raises:
            CaseFileError: it cannot be read; what is shown stays.
        """
        file = example_claims().get(str(source), Path(source))
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CaseFileError("cannot be read", subject=str(source), value=str(error.strerror or error)) from None
        self.load(content, file.name)

    def load(self, content: bytes, name: str) -> None:
        """Take over the content of a claim file.

        Raises:
            CaseFileError: it cannot be read; what is shown stays.
        """
        self.entries, self.number = claim_entries(content, name), 0
        self.choose(0)

    def choose(self, number: int) -> None:
        """Show another claim of the file, from 0."""
        entry = self.entries[number]
        self.number = number
        self.data = (
            {str(key): value for key, value in entry.items()} if isinstance(entry, Mapping) else {"title": str(entry)}
        )
        self._judge()

    def clear(self) -> None:
        """A blank form."""
        self.entries, self.number, self.data = [{}], 0, {}
        self._judge()

    def change(self, key: str, text: str) -> None:
        """Another text of a field; an empty one takes the figure off the claim."""
        block, _, inner = key.partition(".")
        if inner and block == BLOCK:
            kept = dict(_block(self.data))
            kept.pop(inner, None)
            self._put(block, kept | ({inner: text.strip()} if text.strip() else {}))
        else:
            self._put(key, text.strip())
        self._judge()

    def add(self, key: str) -> None:
        """Add an empty field of a key."""
        self.data.setdefault(key, "")
        self._judge()

    def change_lines(self, text: str) -> None:
        """Other printed arithmetic, one expression a line, such as ``saving: 23 kW * 6000 h = 138000 kWh``."""
        before = {_line_of(entry, self.language): entry for entry in _calculations(self.data)}
        told = [line.strip() for line in text.splitlines() if line.strip()]
        self._put(LINES, [before.get(line) or _entry_of(line, i, self.language) for i, line in enumerate(told, 1)])
        self._judge()

    def change_rest(self, text: str) -> None:
        """Other YAML of the keys without a field; one that cannot be read is kept out and said so."""
        try:
            new = plain(read_tree(text, "YAML")) if text.strip() else {}
        except CaseFileError as error:
            self.rest_problem = error.sentence()
            return
        kept = {key: value for key, value in self.data.items() if not self._is_rest(key, value)}
        self.data = kept | {str(key): value for key, value in new.items()}
        self._judge()

    def save(self, path: str | Path) -> Path:
        """Write the claim as a YAML file.

        Raises:
            InputError: another ending, a file of somebody else stands there, or the YAML of the form cannot be read.
        """
        target = Path(path)
        if target.suffix not in (".yaml", ".yml"):
            raise InputError("a claim file ends in .yaml", value=str(target), next_step="Write for example claim.yaml")
        if self.rest_problem:
            raise InputError(
                "the other keys cannot be read at present", value=self.rest_problem, next_step="Correct them first"
            )
        content = _yaml(_said(self.data)).encode()
        if target.exists() and target.resolve() not in self._written and target.read_bytes() != content:
            raise _taken(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self._written.add(target.resolve())
        return target

    def save_page(self, path: str | Path) -> Path:
        """Write the one-page summary in the form its ending asks for.

        Raises:
            InputError: another ending, or a file of somebody else stands there.
        """
        from energycalc.reports.review.page import write_review

        target = Path(path)
        if target.exists() and target.resolve() not in self._written and not _is_a_page(target):
            raise _taken(target)
        made = write_review(target, self.review, self.language)
        self._written.add(target.resolve())
        return made

    # --- inside

    def _put(self, key: str, value: Any) -> None:
        if value:
            self.data[key] = value
        else:
            self.data.pop(key, None)

    def _judge(self) -> None:
        self.rest_problem = ""
        self._review = review_claim(claim_of(_said(self.data)))

    def _is_rest(self, key: str, value: Any) -> bool:
        if key == LINES:
            return not _are_lines(value)
        return not _is_scalar(value) and not (key == BLOCK and _is_block(value))

    def _field(self, group: str, key: str, example: str) -> Field:
        block, _, inner = key.partition(".")
        if inner and block == BLOCK:
            text = str(_block(self.data).get(inner, ""))
            name = words("review", self.language)[f"form_{BLOCK}_{inner}"]
        else:
            value = self.data.get(key)
            text = "" if value is None or not _is_scalar(value) else str(value)
            name = words("review", self.language).get(f"field_{key}", title(key, self.language[:2]))
        known = claim_keys().get(key)
        unit = " / ".join(known.samples) if known is not None else ""
        unread = next((u for u in self.review.claim.unread if u.key == key), None)
        problem = "" if unread is None else unread.why_zh if self.language.startswith("zh") else unread.why
        return Field(group, key, name, unit, example, CHOICES.get(key, ()), text, problem)


@functools.cache
def _layout() -> tuple[Mapping[str, str], ...]:
    """Which fields stand in which group, with an example each."""
    with (HERE / "review_fields.csv").open(encoding="utf-8", newline="") as text:
        return tuple(csv.DictReader(text))


def _taken(target: Path) -> InputError:
    return InputError("there is another file of this name already", value=str(target), next_step="Choose another name")


def _is_a_page(file: Path) -> bool:
    """Whether a file is an earlier summary, which a new one may replace."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as book:
                return STAMP in book.read("docProps/core.xml").decode()
        text = file.read_text(encoding="utf-8")
        return STAMP in text or '"energycalc_review"' in text
    except (OSError, KeyError, UnicodeDecodeError):
        return False


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """The claim without its empty fields."""
    return {key: value for key, value in data.items() if value not in ("", None)}


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_block(value: Any) -> bool:
    inner = {row["key"].partition(".")[2] for row in _layout() if row["key"].startswith(f"{BLOCK}.")}
    return isinstance(value, Mapping) and set(value) <= inner and all(_is_scalar(v) for v in value.values())


def _block(data: Mapping[str, Any]) -> Mapping[str, Any]:
    value = data.get(BLOCK)
    return value if isinstance(value, Mapping) and _is_block(value) else {}


def _are_lines(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(e, Mapping) and _is_scalar(e.get("expression", [])) for e in value
    )


def _calculations(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = data.get(LINES)
    return value if isinstance(value, list) and _are_lines(value) else []


def _line_of(entry: Mapping[str, Any], language: str) -> str:
    name = title(str(entry.get("quantity") or ""), language[:2])
    result = entry.get("result")
    line = f"{name}: {entry['expression']}" if name else str(entry["expression"])
    return line if result in (None, "") else f"{line} = {result}"


def _entry_of(line: str, number: int, language: str) -> dict[str, str]:
    """A line as the claim file has it; one that names no quantity gets a name of its own and is compared with none."""
    name, colon, rest = line.replace("：", ":", 1).partition(":")
    quantity = (
        (key_of_heading(name) or name.strip())
        if colon
        else words("review", language)["form_line"].format(number=number)
    )
    expression, equals, result = (rest if colon else line).rpartition("=")
    if not equals:
        return {"quantity": quantity, "expression": result.strip()}
    return {"quantity": quantity, "expression": expression.strip(), "result": result.strip()}


def _yaml(data: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    if not data:
        return ""
    writer = YAML()
    writer.width = 10_000  # a long expression stays on its line
    text = io.StringIO()
    writer.dump(_dumpable(data), text)
    return text.getvalue()


def _dumpable(value: Any) -> Any:
    """Only mappings, lists and texts: a text that looks like a number or a yes is put into quotes by the writer."""
    if isinstance(value, Mapping):
        return {str(key): _dumpable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_dumpable(inner) for inner in value]
    return "" if value is None else value if isinstance(value, str) else str(value)
