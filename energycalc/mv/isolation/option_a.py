"""Retrofit isolation: the saving of one measure from parameters inside its boundary (options A and B of IPMVP).

    E = N · P · t        ΔE = E_before − E_after + interactive effect

Option A measures the key parameter and estimates the rest as ranges with a reason; option B measures everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.quantity import Quantity, cite, formula, quantity, total
from energycalc.quantity.aliases import Hour, Kilowatt, KilowattHour, Number
from energycalc.quantity.distributions import rectangular
from energycalc.quantity.gum import first_order
from energycalc.quantity.source import Source
from energycalc.quantity.trace import jacobian, leaves, walk

MEASURED = ("measured", "billed")
INSTALLATION = (
    "instrument_gain",
    "meter_gain",
    "transformer_gain",
    "current_transformer_ratio",
    "voltage_transformer_ratio",
)
"""Leaves of the instruments themselves: neither measured nor estimated parameters of the machine."""
DOMINATED = 0.5
"""TB17: estimated parameters that make more than half of the variance of the saving."""
OPTION_A = cite("ipmvp-core", "option A, retrofit isolation: key parameter measurement")


@formula(
    symbol="E_i",
    source=cite("ipmvp-core", "options A and B: number of units × power × operating hours"),
    limits={"units_in_service": (0, None), "mean_power": (0, None), "operating_hours": (0, None)},
)
def isolated_energy(units_in_service: Number, mean_power: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Energy of equal machines inside the boundary, product form.

    Args:
        units_in_service: number of machines.
        mean_power: mean electrical power of one while it operates.
        operating_hours: hours in which it operates.
    """
    return units_in_service * mean_power * operating_hours


@formula(symbol="ΔE_i", source=cite("ipmvp-core", "saving = baseline energy − reporting-period energy ± adjustments"))
def isolated_saving(energy_before: KilowattHour, energy_after: KilowattHour) -> KilowattHour:
    """Saving inside the boundary without interactive effect."""
    return energy_before - energy_after


@formula(symbol="ΔE_i", source=cite("ipmvp-core", "interactive effects beyond the measurement boundary"))
def isolated_saving_with_interaction(
    energy_before: KilowattHour, energy_after: KilowattHour, interactive_effect: KilowattHour
) -> KilowattHour:
    """Saving inside the boundary and what it does to other meters (positive where they use less)."""
    return energy_before - energy_after + interactive_effect


def energy_of_parts(parts: Sequence[Quantity]) -> Quantity:
    """Sum form: energies of load states, machines or shifts inside the boundary, in kWh."""
    return total([part.to("kWh") for part in parts]).renamed("boundary_energy", "E_b", OPTION_A)


@dataclass(frozen=True, eq=False)
class Interaction:
    """What the measure does outside the boundary: an effect in kWh (None is none), and the reason."""

    effect: Quantity | None
    because: str

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise InputError(
                "interactive effects are stated, bounded or ruled out with a reason",
                subject="retrofit isolation",
                limit="IPMVP Core Concepts, measurement boundary",
                next_step="Say what the measure does to other systems, or why it does nothing",
            )


def bounded_interaction(low_kwh: float, high_kwh: float, because: str, by: str) -> Interaction:
    """An interactive effect known by its limits only; positive saves energy elsewhere.

    Args:
        low_kwh: lowest effect over the period, kWh.
        high_kwh: highest effect.
        because: where the limits come from.
        by: who says so.
    """
    if not low_kwh < high_kwh:
        raise InputError(
            "a bounded effect has a lower and a higher limit",
            subject="interactive effect",
            value=f"{low_kwh:g} to {high_kwh:g} kWh",
            next_step="Give both limits in the order low, high",
        )
    effect = quantity(
        (low_kwh + high_kwh) / 2,
        "kWh",
        name="interactive_effect",
        symbol="ΔE_x",
        basis="assumed",
        source=Source(f"estimate by {by}", because),
        uncertainty=rectangular((high_kwh - low_kwh) / 2),
    )
    return Interaction(effect, because)


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """One input of the saving: what it is, its range or standard uncertainty, and its part of the variance."""

    leaf: Quantity
    estimated: bool
    standard_uncertainty: float
    contribution_kwh: float
    share: float


@dataclass(frozen=True, eq=False)
class IsolationSaving:
    """The saving of a retrofit isolation.

    Attributes:
        option: A or B.
        traced: the saving as a traced quantity, kWh.
        before: energy before, over the period of the claim.
        after: energy after.
        interaction: what happens outside the boundary.
        sensitivities: every uncertain input, largest share of the variance first.
        estimated_share: share of the variance that estimated parameters make.
        standard_uncertainty: of the saving, kWh.
        degrees_of_freedom: effective.
        confidence: of the interval, two-sided.
        interval: lower and upper end, kWh.
        findings: what a verifier should know.
    """

    option: Literal["A", "B"]
    traced: Quantity
    before: Quantity
    after: Quantity
    interaction: Interaction
    sensitivities: tuple[Sensitivity, ...]
    estimated_share: float
    standard_uncertainty: float
    degrees_of_freedom: float
    confidence: float
    interval: tuple[float, float]
    findings: tuple[Finding, ...]

    @property
    def saving(self) -> float:
        """Energy saved, kWh; positive is less used."""
        return float(self.traced.value)

    @property
    def unit(self) -> str:
        """Unit of the saving."""
        return str(self.traced.unit)

    @property
    def adjusted_baseline(self) -> float:
        """Energy before, kWh."""
        return float(self.before.value_in("kWh"))

    @property
    def distinguishable(self) -> bool:
        """Whether the interval excludes zero."""
        return not self.interval[0] <= 0 <= self.interval[1]


def option_a(
    before: Quantity, after: Quantity, *, key_parameter: str, interaction: Interaction, confidence: float = 0.90
) -> IsolationSaving:
    """Saving by option A: the key parameter is measured, everything else may be an estimate with a range.

    Args:
        before: energy before over the period of the claim, from measured and ``estimated`` leaves.
        after: energy after over the same period.
        key_parameter: glossary key of the measured parameter; it must occur on both sides.
        interaction: interactive effect, bounded or ruled out.
        confidence: of the interval, two-sided.

    Returns:
        The saving with its sensitivities, and ``mv.TB17_estimates_dominate`` when the estimates make more than half of
        its variance.

    Raises:
        InputError: the key parameter is missing or not measured, a nameplate or catalogue value stands for a
            parameter, an estimate has no range or reason, or nothing is uncertain.

    Limits of validity:
        Load or hours that are constant or change in a known way; first-order uncertainty (JCGM 100).
    """
    for side in (before, after):
        found = [step for step in walk(side) if step.name == key_parameter]
        if not found:
            raise InputError(
                "the key parameter does not occur",
                subject=side.describe(),
                value=key_parameter,
                limit=str(OPTION_A),
                next_step="Name the parameter that was measured before and after",
            )
        for step in found:
            refuse_unmeasured([leaf for leaf in leaves(step) if leaf.name not in INSTALLATION], "key parameter")
    return isolation_saving("A", before, after, interaction, confidence)


def isolation_saving(
    option: Literal["A", "B"], before: Quantity, after: Quantity, interaction: Interaction, confidence: float
) -> IsolationSaving:
    """Saving, budget and findings of either option; use :func:`option_a` or ``option_b``, which check the inputs."""
    if interaction.effect is None:
        saving = isolated_saving(before.to("kWh"), after.to("kWh"))
    else:
        saving = isolated_saving_with_interaction(before.to("kWh"), after.to("kWh"), interaction.effect)
    every = leaves(saving)
    _refuse_plates(every)
    uncertain = [leaf for leaf in every if leaf.uncertainty is not None]
    if not any(leaf.basis in MEASURED or leaf.name in INSTALLATION for leaf in uncertain):
        raise InputError(
            "neither a measured parameter nor its instrument states an uncertainty, so the saving has no ±",
            subject=saving.describe(),
            limit="TS15: no headline without uncertainty",
            next_step="Give the readings, or the instrument with its limit of error",
        )
    (slopes,) = jacobian([saving], uncertain)
    gum = first_order(slopes, (), confidence)
    rows = tuple(
        Sensitivity(leaf, leaf.basis == "assumed", row.standard_uncertainty, row.contribution, row.share)
        for row in gum.budget
        if isinstance(leaf := row.leaf, Quantity)
    )
    estimated_share = sum(row.share for row in rows if row.estimated)
    value, half = float(saving.value), gum.expanded_uncertainty
    return IsolationSaving(
        option,
        saving,
        before,
        after,
        interaction,
        rows,
        estimated_share,
        gum.standard_uncertainty,
        gum.effective_degrees_of_freedom,
        confidence,
        (value - half, value + half),
        _dominated(rows, estimated_share, saving.describe()),
    )


def _refuse_plates(every: Sequence[Quantity]) -> None:
    for leaf in every:
        if leaf.name in INSTALLATION:
            continue
        if leaf.basis in ("nameplate", "catalogue"):
            raise InputError(
                "a nameplate or catalogue value is not a measured one",
                subject=leaf.describe(),
                value=str(leaf),
                limit="TL04; option A: the key parameter is measured",
                next_step="Measure it, or give it as an estimate with its range and the reason",
            )
        if leaf.basis == "assumed" and (leaf.uncertainty is None or not (leaf.source and leaf.source.locator.strip())):
            raise InputError(
                "an estimated parameter has no range or no justification",
                subject=leaf.describe(),
                value=str(leaf),
                limit="option A: estimates are justified and their sensitivity is shown",
                next_step="Make it with estimated(low, high, ..., because=..., by=...)",
            )


def refuse_unmeasured(parts: Sequence[Quantity], what: str) -> None:
    """Refuse inputs that are not measured.

    Args:
        parts: leaves.
        what: what they are, for the message.
    """
    for leaf in parts:
        if leaf.basis not in MEASURED:
            raise InputError(
                f"the {what} is not measured",
                subject=leaf.describe(),
                value=f"{leaf} ({leaf.basis})",
                limit="TL04; options A and B: measured, not read off a nameplate or assumed",
                next_step="Measure it, or choose another option",
            )


def _dominated(rows: Sequence[Sensitivity], share: float, subject: str) -> tuple[Finding, ...]:
    if share <= DOMINATED:
        return ()
    largest = next(row for row in rows if row.estimated)
    name = largest.leaf.name.replace("_", " ")
    return (
        Finding(
            "mv.TB17_estimates_dominate",
            "warning",
            subject,
            f"estimated parameters make {share:.0%} of the variance of the saving, more than {DOMINATED:.0%}; the "
            f"largest is {name} with {largest.share:.0%}: measure it",
            f"推估參數占節能量變異數 {share:.0%}，超過 {DOMINATED:.0%}；最大者 {name}（{largest.share:.0%}）宜改為量測",
            {f"{k}. {row.leaf.describe()}": f"{row.share:.1%}" for k, row in enumerate(rows, start=1)},
            OPTION_A,
        ),
    )
