"""Which items a verifier checks, drawn so that anybody can draw them again, and what the errors found project to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from energycalc.errors import InputError

GENERATOR = "NumPy PCG64, items sorted by name, strata by name"
Projection = Literal["ratio", "difference", "mean_per_unit"]


@dataclass(frozen=True)
class Item:
    """Something that can be checked: its name, its share of the claim (any one unit), and the group it belongs to."""

    name: str
    amount: float
    stratum: str = "all"


@dataclass(frozen=True)
class Stratum:
    """Items of one group that are sampled: how many there are, their claimed amount, and the names drawn."""

    name: str
    items: int
    amount: float
    drawn: tuple[str, ...]


@dataclass(frozen=True)
class SamplingPlan:
    """A sample that can be drawn again.

    Attributes:
        seed: of the generator.
        generator: how the numbers were drawn.
        size: number of items asked for.
        threshold: claim over size; larger items are taken with certainty.
        certain: names of the items taken with certainty, largest first.
        strata: the sampled groups.
        amounts: claimed amount of every item by name.
    """

    seed: int
    generator: str
    size: int
    threshold: float
    certain: tuple[str, ...]
    strata: tuple[Stratum, ...]
    amounts: Mapping[str, float]

    @property
    def chosen(self) -> tuple[str, ...]:
        """All names to check."""
        return (*self.certain, *(name for stratum in self.strata for name in stratum.drawn))


def sampling_plan(items: Sequence[Item], size: int, seed: int) -> SamplingPlan:
    """Choose the items to check: those above claim/size with certainty, the others at random by stratum.

    The random ones are shared out to the strata by their claimed amounts, at least two each (or all there are).

    Args:
        items: everything the claim is made of, each name once, amounts above 0 in one unit.
        size: number of items asked for (``sample_size`` or ``attribute_sample_size``).
        seed: recorded; the same seed gives the same sample whatever the order of the items.

    Raises:
        InputError: no item, a name twice, an amount that is not above 0, or a size below 2.
    """
    names = [item.name for item in items]
    if not items or len(set(names)) != len(names) or size < 2 or not all(0 < i.amount < math.inf for i in items):
        raise InputError(
            "the items cannot be sampled",
            subject="sampling plan",
            value=f"{len(items)} items with {len(set(names))} names, size {size}",
            limit="each name once, amounts above 0, size at least 2",
            next_step="Give every item its own name and its claimed amount",
        )
    threshold = math.fsum(item.amount for item in items) / size
    certain = sorted((i for i in items if i.amount > threshold), key=lambda i: (-i.amount, i.name))
    rest = sorted((i for i in items if i.amount <= threshold), key=lambda i: i.name)
    generator = np.random.Generator(np.random.PCG64(seed))
    strata = []
    left = math.fsum(item.amount for item in rest)
    for name in sorted({item.stratum for item in rest}):
        group = [item for item in rest if item.stratum == name]
        amount = math.fsum(item.amount for item in group)
        wanted = max(math.ceil(max(size - len(certain), 0) * amount / left - 1e-9), 2)
        drawn = generator.choice(len(group), size=min(wanted, len(group)), replace=False)
        strata.append(Stratum(name, len(group), amount, tuple(group[k].name for k in sorted(drawn))))
    amounts = {item.name: item.amount for item in items}
    return SamplingPlan(seed, GENERATOR, size, threshold, tuple(i.name for i in certain), tuple(strata), amounts)


@dataclass(frozen=True)
class Misstatement:
    """Claimed less found amounts, in the unit of the items; positive is claimed too much.

    Attributes:
        known: sum over the items that were checked.
        known_absolute: the same without signs.
        projected: over everything: certain items as found, sampled strata scaled up.
        allowance: half-width of the projection at the confidence asked for, Student's t, from the strata.
        method: of the projection.
    """

    known: float
    known_absolute: float
    projected: float
    allowance: float
    method: Projection


def projected_misstatement(
    plan: SamplingPlan, found: Mapping[str, float], *, method: Projection = "ratio", confidence: float = 0.95
) -> Misstatement:
    """What the errors found in a sample amount to in the whole claim.

    Args:
        plan: the sample.
        found: amount of every chosen item as the verifier found it.
        method: ``ratio`` (error per claimed amount), ``difference`` (error per item) or ``mean_per_unit`` (mean found
            amount times the number of items, which needs items of like size).
        confidence: two-sided, of the allowance for sampling.

    Raises:
        InputError: an item of the plan was not found out, or something else was.
    """
    if set(found) != set(plan.chosen):
        odd = sorted(set(found) ^ set(plan.chosen))
        raise InputError(
            "the items found are not those of the plan",
            subject="sampling plan",
            value=", ".join(odd[:5]),
            limit=f"the {len(plan.chosen)} items drawn with seed {plan.seed}",
            next_step="Check every item of the plan, and no other instead",
        )
    errors = {name: plan.amounts[name] - found[name] for name in plan.chosen}
    projected, variance, degrees = math.fsum(errors[name] for name in plan.certain), 0.0, 0
    for stratum in plan.strata:
        n, sample = len(stratum.drawn), np.array([errors[name] for name in stratum.drawn])
        claimed = np.array([plan.amounts[name] for name in stratum.drawn])
        rate = float(sample.sum() / claimed.sum())
        if method == "ratio":
            estimate, spread = rate * stratum.amount, sample - rate * claimed
        elif method == "difference":
            estimate, spread = float(sample.mean()) * stratum.items, sample
        else:
            estimate = stratum.amount - float((claimed - sample).mean()) * stratum.items
            spread = claimed - sample
        projected += estimate
        if n < stratum.items:
            deviation = float(np.std(spread, ddof=1))
            variance += stratum.items**2 * deviation**2 / n * (1 - n / stratum.items)
            degrees += n - 1
    allowance = 0.0
    if variance > 0:
        from scipy.special import stdtrit

        allowance = float(stdtrit(degrees, (1 + confidence) / 2)) * math.sqrt(variance)
    known = math.fsum(errors.values())
    return Misstatement(known, math.fsum(map(abs, errors.values())), projected, allowance, method)
