"""What a proposal form knows: the case text, its changes, the last good assessment, and what stands in the way. No widgets."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

from energycalc.apps.forms.inputs import Input, inputs_of, rewritten
from energycalc.apps.forms.preview import FirstOrderUncertainty, Preview, Rehearsal
from energycalc.assessment import Assessment, assess
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text, changed_text, load_case
from energycalc.data_files import examples_folder
from energycalc.effects.effects import effects_of
from energycalc.effects.results import Effects
from energycalc.errors import EnergycalcError, InputError
from energycalc.factors import published_factors
from energycalc.quantity import Quantity, read_number, read_uncertainty
from energycalc.quantity.gum import BudgetRow
from energycalc.quantity.uncertainty import UncertainResult


def example_cases() -> dict[str, Path]:
    """The example cases by the name of their folder."""
    return {file.parent.name: file for file in sorted(examples_folder().glob("*/case.yaml"))}


def results_of(effects: Effects) -> dict[str, Quantity]:
    """Results a reader may choose, by a key that stays the same when numbers change (``measure.A.saving``)."""
    found: dict[str, Quantity | None] = {"plant.emission_saving": effects.plant.emission_saving}
    for level in (effects.plant, *effects.lines, *effects.machines):
        stem = level.level if level.level == "plant" else f"{level.level}.{level.id}"
        for carrier, result in level.carriers.items():
            for name in ("saving", "saving_rate", "energy_before", "energy_after", "emission_saving"):
                found[f"{stem}.{carrier}.{name}"] = getattr(result, name)
        for name in ("emission_saving", "cost_saving", "kloe_saving"):
            found[f"{stem}.{name}"] = getattr(level, name)
    for measure in effects.measures:
        for name in ("saving", "saving_rate", "remaining", "emission_saving", "cost_saving", "simple_payback"):
            found[f"measure.{measure.measure.id}.{name}"] = getattr(measure, name)
    found["plant.simple_payback"] = effects.totals.simple_payback
    return {key: quantity for key, quantity in found.items() if quantity is not None}


def carriers_of(effects: Effects) -> dict[Quantity, str]:
    """The carrier of every result that is about one carrier of the plant, a line or a machine."""
    levels = (effects.plant, *effects.lines, *effects.machines)
    results = [(carrier, result) for level in levels for carrier, result in level.carriers.items()]
    return {
        quantity: carrier
        for carrier, result in results
        for field in dataclasses.fields(result)
        if isinstance(quantity := getattr(result, field.name), Quantity)
    }


class ProposalState:
    """The state of a form over one case file.

    A change is tried on the whole case. If it is refused, the reason is kept in ``blockers`` and everything shown stays at
    the last good case. A moved slider is previewed on the trace of the last effects and tried when it rests (``settle``).

    Args:
        case: name of an example, folder of a case, or a case file.
        language: ``zh-TW`` or ``en``.

    Attributes:
        file: the case file.
        language: language of labels and exports.
        result: key of the chosen result, one of ``results_of(state.shown.effects)``.
        changes: accepted changes, path to text.
        rejected: refused changes, path to text.
        blockers: path to the sentence that says why.
        shown: effects and uncertainty to be shown now: assessed, or a preview.
        settled: whether ``shown`` is the full assessment.
        sliding: place and text of a slider that has not come to rest yet.
        as_written: text of the case file by path, before any change.

    Raises:
        EnergycalcError: the case cannot be read or assessed as it stands.
    """

    def __init__(self, case: str | Path = "steel_plant", language: str = "zh-TW") -> None:
        given = example_cases().get(str(case), Path(case))
        self.file = given / "case.yaml" if given.is_dir() else given
        self.language = language
        self.result = "plant.emission_saving"
        self.changes: dict[str, str] = {}
        self.rejected: dict[str, str] = {}
        self.blockers: dict[str, str] = {}
        self._case = load_case(self.file)
        data = self.file.read_bytes()
        self._mark = data[:3] if data[:3] == b"\xef\xbb\xbf" else b""
        self._original = self._text = data.decode("utf-8-sig")
        self._factors = published_factors()
        first = assess(self._case, self._factors)
        self._meters = first.meters
        self._metered = {id: s.total(name="metered_energy", symbol=f"E_{id}") for id, s in first.meters.items()}
        self._saved = {self.file.resolve()}
        self.sliding: dict[str, str] = {}
        self._accept_assessment(first, {})
        self.as_written = {i.path: i.text for i in self.inputs()} | {
            i.uncertainty_path: i.uncertainty for i in self.inputs() if i.uncertainty_path
        }

    # --- what may be changed and what follows -----------------------------------------------------------------------------

    @property
    def case(self) -> Case:
        """The last accepted case."""
        return self._case

    @property
    def text(self) -> str:
        """The text of the last accepted case."""
        return self._text

    def inputs(self) -> tuple[Input, ...]:
        """The changeable entries of the accepted case, in the order of its file."""
        if self._inputs is None:
            self._inputs = inputs_of(self._case, self._text)
        return self._inputs

    @property
    def assessment(self) -> Assessment:
        """The full assessment of the last accepted case; a preview is settled first."""
        self.settle()
        return self._assessment

    @property
    def last_assessment(self) -> Assessment:
        """The last good full assessment, which what is shown may have left already."""
        return self._assessment

    @property
    def chosen(self) -> Quantity:
        """The chosen result as it is shown now."""
        return results_of(self.shown.effects)[self.result]

    def uncertain(self, result: Quantity) -> UncertainResult:
        """Uncertainty of a shown result: of the assessment where it has it, else first order."""
        return self.shown.uncertainty[result]

    def tornado(self, result: str = "") -> tuple[BudgetRow, ...]:
        """The uncertainty budget of a result, largest share first; empty when no input states an uncertainty.

        Args:
            result: key of the result; the chosen one when left out.
        """
        found = self.uncertain(results_of(self.shown.effects)[result or self.result])
        return found.gum.budget if found.gum is not None else ()

    # --- changes ------------------------------------------------------------------------------------------------------------

    def change(self, path: str, text: str) -> bool:
        """Try another text at a place of the case file, together with what was refused before, then by itself.

        Args:
            path: place, as in ``Input.path`` or ``Input.uncertainty_path``.
            text: what a person wrote there.

        Returns:
            Whether it was accepted; if not, ``blockers[path]`` says why and the last good case stays.
        """
        self.sliding = {}
        own = {**self.changes, path: text}
        together = {**self.changes, **self.rejected, path: text}
        attempts = [together, own] if together != own else [own]
        for attempt in attempts:
            try:
                self._try(attempt)
            except EnergycalcError as error:
                reason = error.sentence()
            else:
                for accepted in attempt:
                    self.rejected.pop(accepted, None)
                    self.blockers.pop(accepted, None)
                return True
        self.rejected[path], self.blockers[path] = text, reason
        self.shown = self._base
        return False

    def slide(self, path: str, value: float) -> Preview:
        """Preview another number at a place, by the trace alone; the text follows when the slider rests (``settle``).

        Args:
            path: place of an input with a slider.
            value: the number as it would be written, in front of the input's own unit.

        Raises:
            CalculationError: the trace has no finite number there.
        """
        if self.sliding and path not in self.sliding:
            self.change(*next(iter(self.sliding.items())))
        entry = next(i for i in self.inputs() if i.path == path)
        assert entry.leaf is not None and entry.slider is not None
        text = rewritten(entry.text, value)
        if path not in self._rehearsals:
            self._rehearsals[path] = Rehearsal(self._base.effects, self._base.uncertainty, entry.leaf)
        number, unit = read_number(text, entry.name)
        stated = read_uncertainty(entry.uncertainty, number, unit or "1", entry.name) if entry.uncertainty else None
        self.sliding = {path: text}
        self.shown, self.settled = self._rehearsals[path].at(number, stated), False
        return self.shown

    def settle(self) -> bool:
        """Accept the slider's place and assess in full; returns whether anything was refused on the way (then it is kept out)."""
        accepted = self.change(*next(iter(self.sliding.items()))) if self.sliding else True
        if self.settled or self._base is self._good:
            self.shown, self.settled = self._base, True
            return accepted
        try:
            assessment = assess(self._case, self._factors, meters=self._meters)
        except EnergycalcError as error:
            changed = {path: text for path, text in self.changes.items() if self._good_changes.get(path) != text}
            self.rejected |= changed
            self.blockers |= dict.fromkeys(changed, error.sentence())
            self._accept_assessment(self._assessment, self._good_changes)
            return False
        self._accept_assessment(assessment, self.changes)
        return accepted

    def _try(self, wanted: Mapping[str, str]) -> None:
        changes = {path: text for path, text in wanted.items() if self.as_written.get(path) != text}
        text = changed_text(self._original, changes)
        case = case_from_text(text, folder=self.file.parent, name=self.file.name)
        effects = effects_of(case, self._factors, self._metered)
        self._case, self._text, self.changes = case, text, changes
        self._show(Preview(effects, FirstOrderUncertainty()), settled=False)

    def _accept_assessment(self, assessment: Assessment, changes: Mapping[str, str]) -> None:
        self._case, self._assessment = assessment.case, assessment
        self.changes = self._good_changes = dict(changes)
        self._text = changed_text(self._original, changes) if changes else self._original
        self._show(Preview(assessment.effects, FirstOrderUncertainty(assessment.uncertainty)), settled=True)
        self._good = self._base

    def _show(self, preview: Preview, *, settled: bool) -> None:
        self.shown = self._base = preview
        self.settled = settled
        self._inputs: tuple[Input, ...] | None = None
        self._rehearsals: dict[str, Rehearsal] = {}
        if self.result not in results_of(preview.effects):
            self.result = "plant.emission_saving"

    # --- keeping ------------------------------------------------------------------------------------------------------------

    def save(self, path: str | Path) -> list[Path]:
        """Write the accepted case text to a file, with its meter files beside it.

        Args:
            path: a file ending in ``.yaml``; only this form's own file, or one it wrote, is replaced.

        Returns:
            The files written.

        Raises:
            InputError: an entry is refused at present, or a file of another content stands there already.
        """
        self.settle()
        self._require_clean()
        target = Path(path)
        if target.suffix not in (".yaml", ".yml"):
            raise InputError("a case file ends in .yaml", value=str(path), next_step="Write for example my_case/case.yaml")
        data = self._mark + self._text.encode("utf-8")
        if target.exists() and target.resolve() not in self._saved and target.read_bytes() != data:
            raise InputError("there is another file of this name already", value=str(path), next_step="Choose another name")
        copies = [(self.file.parent / m.file, target.parent / m.file) for m in self._case.meters]
        missing = [(own, copy) for own, copy in copies if own.resolve() != copy.resolve()]
        for own, copy in missing:
            if copy.exists() and copy.read_bytes() != own.read_bytes():
                raise InputError("another meter file of this name stands there already", value=str(copy),
                                 next_step="Choose another folder")  # fmt: skip
        for own, copy in missing:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(own, copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._saved.add(target.resolve())
        return [target, *(copy for _, copy in missing)]

    def export(self, folder: str | Path) -> list[Path]:
        """Write case, results, workbook and figures into a folder; files of an earlier export are replaced.

        Args:
            folder: not the folder of the case itself.

        Returns:
            The files written: ``case.yaml`` with its meter files, ``results.json``, ``workbook.xlsx``, ``figures/``.

        Raises:
            InputError: an entry is refused at present, or the folder holds another case.
        """
        from energycalc.reports.figures import write_figures
        from energycalc.reports.results_json import write_results
        from energycalc.reports.workbook import write_workbook

        out = Path(folder)
        if out.resolve() == self.file.parent.resolve():
            raise InputError("this is the folder of the case itself", value=str(folder), next_step="Choose another folder")
        if (out / "results.json").exists():
            self._saved.add((out / "case.yaml").resolve())
        written = self.save(out / "case.yaml")
        assessment = assess(load_case(written[0]), self._factors, meters=self._meters)
        written.append(write_results(out / "results.json", assessment))
        written.append(write_workbook(out / "workbook.xlsx", assessment, self.language))
        return [*written, *write_figures(out / "figures", assessment, self.language)]

    def _require_clean(self) -> None:
        if self.blockers:
            place, reason = next(iter(self.blockers.items()))
            raise InputError("an entry is refused at present and would be lost", subject=place, value=self.rejected[place],
                             limit=reason, next_step="Correct it, or put back what stood there")  # fmt: skip
