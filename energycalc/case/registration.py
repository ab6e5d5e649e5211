"""YAML ↔ a registration: an application for service registration (SD6); it has no plant and no measures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from energycalc.case.application import Completion, Declaration, EditionChoice, Paper, ReviewMeeting, doubled
from energycalc.case.exact import exact_figure, money
from energycalc.case.fields import Day, Identifier, Noun, Text, YesNo, text_of
from energycalc.case.plant import Process
from energycalc.case.problems import all_problems, as_tuples
from energycalc.case.yaml_text import Block, read_file, read_tree
from energycalc.errors import CaseFileError
from energycalc.quantity import Quantity

KEY = "energycalc_registration"
"""The key that tells a registration file from a case file."""


class Applicant(Noun):
    """Who applies, by kind; a name is not needed."""

    kind: Annotated[
        Literal["company", "partnership", "university", "foundation", "sole_proprietor"], BeforeValidator(text_of)
    ]
    name: Text | None = None


class Specialist(Noun):
    """A person, by code.

    Attributes:
        person: code.
        full_time: whether employed full time (專任).
        experience: years of work related to green processes.
        skill: what shows the special knowledge.
    """

    person: Identifier
    full_time: YesNo
    experience: Annotated[Quantity, exact_figure("experience", "yr", highest=80.0)]
    skill: Text | None = None


class ReferenceCase(Noun):
    """A case carried out for a client.

    Attributes:
        id: short name.
        process: which of the six items it belongs to.
        completed_on: day of completion.
        external: ``yes`` for a client outside the applicant's own unit.
        evidence: what proves it.
    """

    id: Identifier
    process: Process
    completed_on: Day
    external: YesNo
    evidence: Text | None = None


class Certificate(Noun):
    """A certificate that exists already, and the day on which it must still hold."""

    issued_on: Day
    needed_on: Day


class Registration(EditionChoice):
    """The whole file.

    Attributes:
        applicant: who applies.
        net_worth: from the last balance sheet.
        items: processes applied for.
        specialists: persons with special knowledge.
        reference_cases: proofs of experience.
        slides_sent_on: day on which the slides were sent by e-mail.
        documents: handed in, with originals and copies.
        declarations: yes or no, by the keys of the programme's file.
        completion: papers handed in later.
        meeting: the review.
        certificate: an earlier certificate.
    """

    energycalc_registration: Annotated[Literal["1"], BeforeValidator(text_of)]
    title: Text
    constructed: YesNo = False
    note: Text | None = None
    applicant: Applicant | None = None
    net_worth: Annotated[Quantity, money("net_worth", lowest=None)] | None = None
    items: tuple[Process, ...] = ()
    specialists: tuple[Specialist, ...] = ()
    reference_cases: tuple[ReferenceCase, ...] = ()
    slides_sent_on: Day | None = None
    documents: tuple[Paper, ...] | None = None
    declarations: dict[Identifier, Declaration] = Field(default_factory=dict)
    completion: Completion | None = None
    meeting: ReviewMeeting | None = None
    certificate: Certificate | None = None
    file: str = Field(default="registration.yaml", exclude=True)

    @model_validator(mode="after")
    def _nothing_twice(self) -> Registration:
        ids = [each.id for each in self.reference_cases]
        persons = [each.person for each in self.specialists]
        for what, found in (("items", self.items), ("reference_cases", ids), ("specialists", persons)):
            if len(set(found)) != len(found):
                raise ValueError(f"{what} lists something twice: {', '.join(found)}")
        twice = doubled(self.documents or ())
        if twice:
            raise ValueError(f"documents are listed twice: {', '.join(twice)}")
        return self


def is_registration(path: Path) -> bool:
    """Whether a YAML file is a registration file (and not a case file)."""
    return path.is_file() and KEY in read_file(path)[0]


def load_registration(path: str | Path) -> Registration:
    """Read a registration file.

    Raises:
        CaseFileError: the file cannot be read, or lines of it cannot be used; all are listed with line and path.
    """
    file = Path(path)
    tree, _, sha256 = read_file(file)
    return _build(tree, file.name, sha256)


def registration_from_text(text: str, *, name: str = "registration.yaml") -> Registration:
    """A registration from YAML text, for tests and forms; raises as :func:`load_registration`."""
    return _build(read_tree(text, name), name, "")


def _build(tree: Block, name: str, sha256: str) -> Registration:
    if "file" in tree:
        raise CaseFileError("unknown key", subject=f"{name}, line {tree['file'].line}, file")
    try:
        read = Registration.model_validate(as_tuples(tree), context={"file": name, "sha256": sha256})
    except ValidationError as error:
        raise CaseFileError(all_problems(error, tree, name), subject="") from None
    return read.model_copy(update={"file": name})
