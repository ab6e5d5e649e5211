"""A case with derived effects as a form keeps it: its text, what was changed in it, and what follows. No widgets."""

from __future__ import annotations

from pathlib import Path

from energycalc.assessment import assess
from energycalc.case.case_file import case_from_text, changed_text, load_case
from energycalc.data_files import examples_folder
from energycalc.effects.derived.results import Derived
from energycalc.errors import InputError
from energycalc.factors import published_factors

EXAMPLE = "plantwide"
CASE_FILE = "case.yaml"


class PlantwideState:
    """One case and its assessment; a change makes both anew, or is refused and leaves both as they were.

    Args:
        file: name of an example, a case file or its folder.
        language: ``zh-TW`` or ``en``.

    Raises:
        InputError: the case asks for no derived effects.
        EnergycalcError: whatever cannot be read or computed.
    """

    def __init__(self, file: str | Path = EXAMPLE, language: str = "zh-TW") -> None:
        example = examples_folder() / str(file)
        path = example if example.is_dir() else Path(file)
        self.file = path / CASE_FILE if path.is_dir() else path
        self.language = language
        self.assessment = assess(load_case(self.file), published_factors())
        self.text = self.file.read_text("utf-8")
        _ = self.derived

    @property
    def derived(self) -> Derived:
        """The derived effects shown.

        Raises:
            InputError: the case asks for none.
        """
        found = self.assessment.derived
        if found is None:
            raise InputError(
                "the case asks for no derived effects",
                subject=str(self.file.name),
                next_step="Add the block derived_effects (docs/derived_effects.md)",
            )
        return found

    def with_similarity(self, target: str, similarity: str) -> None:
        """Try another similarity of a roll-out target; its stated uncertainty goes with it.

        Args:
            target: id of the target.
            similarity: as in the case file, e.g. ``80 %``.

        Raises:
            InputError: there is no such target.
            EnergycalcError: the similarity is no number between 0 and 1, or what follows cannot be.
        """
        places = [i for i, t in enumerate(self.derived.targets) if t.id == target]
        if not places:
            known = ", ".join(t.id for t in self.derived.targets)
            raise InputError("there is no such roll-out target", value=target, limit=known or "none")
        text = changed_text(self.text, {f"derived_effects.rollout[{places[0]}].similarity": similarity})
        case = case_from_text(text, folder=self.file.parent, name=self.file.name)
        self.assessment = assess(case, published_factors())
        self.text = text

    def export(self, folder: str | Path) -> list[Path]:
        """Write the changed case file, ``results.json``, the workbook and the figures.

        Args:
            folder: where to; made if it is not there.

        Returns:
            The files written.

        Raises:
            OSError: a file cannot be written.
        """
        from energycalc.reports.figures import write_figures
        from energycalc.reports.results_json import write_results
        from energycalc.reports.workbook import write_workbook

        out = Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        kept = out / CASE_FILE
        kept.write_text(self.text, "utf-8")
        return [
            kept,
            write_results(out / "results.json", self.assessment),
            write_workbook(out / "workbook.xlsx", self.assessment, self.language),
            *write_figures(out / "figures", self.assessment, self.language),
        ]
