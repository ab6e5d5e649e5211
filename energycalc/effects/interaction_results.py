"""What the block ``interactions`` leads to: shared systems, the effect of the order, variants; frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.case.measure import Measure
from energycalc.case.sharing import SharedSystem, Variants
from energycalc.effects.results import Kind, MeasureResult
from energycalc.quantity import Quantity


@dataclass(frozen=True)
class Share:
    """What one line takes of a shared system; ``line`` is empty for what is allocated to nobody."""

    line: str
    share: Quantity
    energy_before: Quantity
    saving: Quantity


@dataclass(frozen=True)
class SystemResult:
    """A system that serves many machines.

    Attributes:
        system: as stated.
        marginal_energy: what one unit of service less gives back; values what users save.
        average_energy: energy by service before, beside it for comparison; nothing is valued with it.
        service_saved: by all users together; ``None`` when no measure changes the service.
        energy_before, energy_after, saving: of all its machines.
        shares: by line as declared, and what is left.
    """

    system: SharedSystem
    marginal_energy: Quantity
    average_energy: Quantity
    service_saved: Quantity | None
    energy_before: Quantity
    energy_after: Quantity
    saving: Quantity
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Part:
    """A measure's part of what all measures save on one machine, seen in four ways.

    Attributes:
        measure: which one.
        kind: what it does on this machine.
        in_order: what it saves in the order in which the case is computed.
        when_first: alone on the machine.
        when_last: after all others.
        mean: averaged over all orders (Shapley value); ``None`` for more measures than can be averaged exactly.
    """

    measure: Measure
    kind: Kind
    in_order: Quantity
    when_first: Quantity
    when_last: Quantity
    mean: Quantity | None


@dataclass(frozen=True)
class Attribution:
    """The effect of the order on one machine and carrier.

    Attributes:
        machine: id; ``label`` is for people.
        carrier: which carrier.
        parts: by measure.
        saving: of the machine; ``in_order`` and ``mean`` add up to it.
        alone: sum of ``when_first``, what adding up stand-alone savings would claim.
        overlap: sum of ``when_first`` less the saving: what adding up stand-alone savings would count twice.
        joint: saving less the sum of ``when_last``: what only the measures together bring.
    """

    machine: str
    label: str
    carrier: str
    parts: tuple[Part, ...]
    saving: Quantity
    alone: Quantity
    overlap: Quantity
    joint: Quantity


@dataclass(frozen=True)
class Variant:
    """A measure that could be done in place of the chosen one.

    Attributes:
        measure: the variant.
        results: what it would save at the chosen one's place, like the results of measures; in no total.
        machine_saving: of the machine by carrier, with this one instead of the chosen.
        difference: ``machine_saving`` less that of the case as it is.
    """

    measure: Measure
    results: tuple[MeasureResult, ...]
    machine_saving: Mapping[str, Quantity]
    difference: Mapping[str, Quantity]


@dataclass(frozen=True)
class VariantGroup:
    """A chosen measure and what it was chosen from."""

    stated: Variants
    chosen: tuple[MeasureResult, ...]
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class InteractionResults:
    """Everything the block ``interactions`` leads to beyond the measures' own results."""

    systems: tuple[SystemResult, ...]
    attributions: tuple[Attribution, ...]
    variants: tuple[VariantGroup, ...]
