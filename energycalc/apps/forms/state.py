"""What a proposal form knows: case text, changes, last good assessment, what stands in the way. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from energycalc.apps.forms.inputs import Input, inputs_of, rewritten
from energycalc.apps.forms.keeping import save_case, write_reports
from energycalc.apps.forms.preview import FirstOrderUncertainty, Preview, Rehearsal
from energycalc.apps.forms.result_list import results_of
from energycalc.assessment import Assessment, assess
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text, changed_text, load_case
from energycalc.data_files import examples_folder
from energycalc.effects.effects import effects_of
from energycalc.errors import EnergycalcError, InputError
from energycalc.factors import published_factors
from energycalc.quantity import Quantity, read_number, read_uncertainty
from energycalc.quantity import unit as read_unit
from energycalc.quantity.gum import BudgetRow
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.quantity.units import conversion


def example_cases() -> dict[str, Path]:
    """The example cases by the name of their folder."""
    return {file.parent.name: file for file in sorted(examples_folder().glob("*/case.yaml"))}


class ProposalState:
    """The state of a form over one case file.

    A change is tried on the whole case. If it is refused, the reason is kept in ``blockers`` and everything shown
    stays at the last good case. A moved slider is previewed on the trace of the last effects and tried when it rests
    (``settle``).

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
        self._inputs: tuple[Input, ...] = ()
        self._rehearsals: dict[str, Rehearsal] = {}
        self._accept_assessment(first, {})
        self.as_written = {i.path: i.text for i in self.inputs()} | {
            i.uncertainty_path: i.uncertainty for i in self.inputs() if i.uncertainty_path
        }

    # --- what may be changed and what follows

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
        if not self._inputs:
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

    # --- changes

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
            EnergycalcError: the trace has no finite number there.
        """
        return self.rehearse(path, rewritten(self._entry(path).text, value))

    def rehearse(self, path: str, text: str) -> Preview:
        """Preview another text at the place of a number, by the trace alone; it is tried in full by ``settle``.

        Args:
            path: place of a number.
            text: number with unit.

        Raises:
            InputError: the text is no number of the input's kind.
            CalculationError: the trace has no finite number there.
        """
        if self.sliding and path not in self.sliding:
            self.change(*next(iter(self.sliding.items())))
        entry = self._entry(path)
        if entry.leaf is None:
            raise InputError("is not a number of its own", subject=entry.name, value=text)
        number, unit = read_number(text, entry.name)
        factor, offset = conversion(read_unit(unit or "1"), entry.leaf.unit)
        stated = None
        if entry.uncertainty:
            stated = read_uncertainty(entry.uncertainty, number * factor + offset, str(entry.leaf.unit), entry.name)
        if path not in self._rehearsals:
            self._rehearsals[path] = Rehearsal(self._base.effects, self._base.uncertainty, entry.leaf)
        self.sliding, self.settled = {path: text}, False
        self.shown = self._rehearsals[path].at(number * factor + offset, stated)
        return self.shown

    def settle(self) -> bool:
        """Accept the slider's place and assess in full.

        Returns:
            False when something was refused on the way; it is kept out then, and ``blockers`` says why.
        """
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

    def _entry(self, path: str) -> Input:
        found = next((entry for entry in self.inputs() if entry.path == path), None)
        if found is None:
            raise InputError("there is no such input", subject=path)
        return found

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
        self._inputs, self._rehearsals = (), {}
        if self.result not in results_of(preview.effects):
            self.result = "plant.emission_saving"

    # --- keeping

    def save(self, path: str | Path) -> list[Path]:
        """Write the accepted case text to a file, with its meter files beside it; see :func:`keeping.save_case`.

        Args:
            path: a file ending in ``.yaml``; only this form's own file, or one it wrote, is replaced.

        Returns:
            The files written.

        Raises:
            InputError: an entry is refused at present, or a file of another content stands there already.
        """
        self.settle()
        self._require_clean()
        files = save_case(self._case, self._mark + self._text.encode("utf-8"), Path(path), may_replace=self._saved)
        self._saved.add(files[0].resolve())
        return files

    def export(self, folder: str | Path) -> list[Path]:
        """Write case, results, workbook and figures into a folder; files of an earlier export are replaced.

        Args:
            folder: not the folder of the case itself.

        Returns:
            The files written: ``case.yaml`` with its meter files, ``results.json``, ``workbook.xlsx``, ``figures/``.

        Raises:
            InputError: an entry is refused at present, or the folder holds another case.
        """
        out = Path(folder)
        if out.resolve() == self.file.parent.resolve():
            raise InputError(
                "this is the folder of the case itself", value=str(folder), next_step="Choose another folder"
            )
        if (out / "results.json").exists():  # an earlier export
            self._saved.add((out / "case.yaml").resolve())
        saved = self.save(out / "case.yaml")
        # read back, so that what is exported names the file that lies beside it
        assessment = assess(load_case(saved[0]), self._factors, meters=self._meters)
        return saved + write_reports(assessment, out, self.language)

    def _require_clean(self) -> None:
        if self.blockers:
            place, reason = next(iter(self.blockers.items()))
            raise InputError(
                "an entry is refused at present and would be lost",
                subject=place,
                value=self.rejected[place],
                limit=reason,
                next_step="Correct it, or put back what stood there",
            )
