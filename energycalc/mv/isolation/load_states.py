"""The states of one machine (off, idle, loaded) found in its logged power, with hours, energy and starts of each.

A boundary between two states is where the readings are rarest: with a window one tenth as wide as the distance of the
two mean powers, the window that holds the fewest readings between them must hold at most a tenth of what the fuller
windows on either side hold. The range is cut at its clearest valley, then each part again, until no part has one. A
machine whose power is controlled steplessly has no valley; that is said, and no state is made up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.quantity import Quantity, cite, quantity

Floats = NDArray[np.float64]
StateName = Literal["off", "idle", "part load", "loaded", "running"]

WINDOW = 0.1
"""Width of the window, as a share of the distance of the two mean powers (rule of this program)."""
VALLEY = 0.1
"""Most that the emptiest window may hold, as a share of the fuller windows beside it (the same)."""
RULE_OF_THREE = 3
"""Added to what the emptiest window holds: 95 % upper limit of a count of 0, so that few readings prove no valley."""
MOST_LEVELS = 4000
"""Readings with more different values are joined to this many levels for the search; hours and energies are not."""
SMALLEST_SHARE = 0.01
"""Least share of the readings that makes a state; shorter ones (starting currents) belong to their neighbour."""
OFF_SHARE = 0.02
"""A state below this share of the highest mean power is ``off`` (rule of this program)."""
HIGH_IDLE = 0.5
"""An idle state above this share of the highest one may be part load (the same)."""
RULE = cite("energycalc-rules", "load states: a valley of at most one tenth, at least 1 % of the readings")


@dataclass(frozen=True)
class LoadState:
    """One state: its name, the powers it spans, and what was logged in it.

    Attributes:
        name: ``off``, ``idle``, ``part load``, ``loaded``; ``running`` where it is the only one.
        from_kw: lowest power in it, kW.
        to_kw: highest power in it, kW.
        readings: number of slots.
        hours: their time.
        energy_kwh: their energy.
        mean_power_kw: energy over hours.
    """

    name: StateName
    from_kw: float
    to_kw: float
    readings: int
    hours: float
    energy_kwh: float

    @property
    def mean_power_kw(self) -> float:
        """Energy over hours."""
        return self.energy_kwh / self.hours


@dataclass(frozen=True, eq=False)
class LoadStates:
    """What a machine did.

    Attributes:
        subject: the machine.
        states: from the lowest power to the highest.
        cuts_kw: the boundaries between them; a reading at a boundary belongs to the higher state.
        valleys: upper limit of the readings in the valley over readings beside it, one for each boundary.
        state_of: index of the state of each slot.
        starts: changes from off to any other state between successive slots (a gap is none).
        loadings: changes from a lower state to the highest between successive slots.
        findings: what a reader should know.
    """

    subject: str
    states: tuple[LoadState, ...]
    cuts_kw: tuple[float, ...]
    valleys: tuple[float, ...]
    state_of: NDArray[np.int64]
    starts: int
    loadings: int
    findings: tuple[Finding, ...]

    def named(self, name: StateName) -> LoadState:
        """The state of this name.

        Raises:
            InputError: the machine has none.
        """
        for state in self.states:
            if state.name == name:
                return state
        raise InputError(
            "the machine has no such state",
            subject=self.subject,
            value=name,
            limit=", ".join(state.name for state in self.states),
            next_step="Choose one of the states found",
        )

    @property
    def hours(self) -> float:
        """Time logged."""
        return math.fsum(state.hours for state in self.states)

    @property
    def energy_kwh(self) -> float:
        """Energy logged."""
        return math.fsum(state.energy_kwh for state in self.states)

    @property
    def idle_share_of_hours(self) -> float:
        """Idle time over all time not off; NaN for a machine that was never on or has no states."""
        return self._idle([state.hours for state in self.states])

    @property
    def idle_share_of_energy(self) -> float:
        """Idle energy over all energy not off; NaN as above."""
        return self._idle([state.energy_kwh for state in self.states])

    def _idle(self, amounts: Sequence[float]) -> float:
        named = list(zip((state.name for state in self.states), amounts, strict=True))
        running = math.fsum(amount for name, amount in named if name != "off")
        if running == 0 or any(name == "running" for name, _ in named):
            return math.nan
        return math.fsum(amount for name, amount in named if name == "idle") / running


def load_states(meter: MeterSeries, *, maximum_states: int = 4) -> LoadStates:
    """Find the load states of a machine from its meter.

    Args:
        meter: power or interval energy of one machine, in slots shorter than its states last (1 min is good, 15 min
            blurs a compressor that loads and unloads every minute).
        maximum_states: most states looked for, 1 to 6.

    Returns:
        States, starts and findings. Hours and energies of the states add up to those of the meter.

    Raises:
        InputError: fewer than 100 slots, a volume meter, or an impossible number of states.
    """
    subject = meter.layout.meter or meter.layout.subject
    follows = np.diff(meter.interval_start) == meter.layout.step
    return states_of_power(
        meter.demand_kw, meter.layout.interval_hours, follows=follows, maximum_states=maximum_states, subject=subject
    )


def states_of_power(
    power_kw: Floats,
    interval_hours: float,
    *,
    follows: NDArray[np.bool_] | None = None,
    maximum_states: int = 4,
    subject: str = "the machine",
) -> LoadStates:
    """The same from bare arrays.

    Args:
        power_kw: mean power of each slot, kW, in the order of time.
        interval_hours: length of a slot.
        follows: for each slot but the first, whether it follows directly on the one before; all do when left out.
        maximum_states: see :func:`load_states`.
        subject: the machine.
    """
    power = np.asarray(power_kw, dtype=np.float64)
    if len(power) < 100 or not np.all(np.isfinite(power)) or not 1 <= maximum_states <= 6:
        raise InputError(
            "load states cannot be found",
            subject=subject,
            value=f"{len(power)} readings, at most {maximum_states} states",
            limit="at least 100 finite readings, 1 to 6 states",
            next_step="Log the machine for longer, or in shorter intervals",
        )
    cuts = _cuts(np.sort(power), maximum_states)
    boundaries = tuple(cut for cut, _ in cuts)
    state_of = np.searchsorted(np.array(boundaries), power, side="right").astype(np.int64)
    parts = [power[state_of == k] for k in range(len(cuts) + 1)]
    means = [float(part.mean()) for part in parts]
    states = tuple(
        LoadState(
            name,
            float(part.min()),
            float(part.max()),
            len(part),
            len(part) * interval_hours,
            math.fsum(part.tolist()) * interval_hours,
        )
        for name, part in zip(_names(means), parts, strict=True)
    )
    joined = np.ones(len(power) - 1, dtype=bool) if follows is None else follows
    before, after = state_of[:-1][joined], state_of[1:][joined]
    has_off = states[0].name == "off"
    return LoadStates(
        subject,
        states,
        boundaries,
        tuple(ratio for _, ratio in cuts),
        state_of,
        int(np.count_nonzero((before == 0) & (after > 0))) if has_off else 0,
        int(np.count_nonzero((before < len(cuts)) & (after == len(cuts)))) if cuts else 0,
        tuple(_findings(subject, states, power, len(joined) - int(joined.sum()))),
    )


def state_energy(meter: MeterSeries, found: LoadStates, name: StateName) -> Quantity:
    """Energy of one state as a traced measured quantity that shares the meter's gains and ratios.

    Args:
        meter: the series that ``found`` was made from.
        found: its states.
        name: the state.
    """
    place = found.states.index(found.named(name))
    inside = found.state_of == place
    lines = meter.line[inside]
    read = quantity(
        math.fsum(meter.reading_kwh[inside].tolist()),
        "kWh",
        name="state_reading",
        symbol="E_sr",
        basis="measured",
        source=meter.source(lines[lines > 0], f"slots of the state {name}, {int(inside.sum())} of {len(inside)}"),
        subject=found.subject,
    )
    return math.prod(meter.factors, start=read).renamed("state_energy", "E_s", RULE)


def _names(means: Sequence[float]) -> list[StateName]:
    if len(means) == 1:
        return ["off" if means[0] == 0 else "running"]
    off = means[0] <= OFF_SHARE * means[-1]
    on = len(means) - off
    ons: list[StateName] = ["loaded"] if on == 1 else ["idle", *(["part load"] * (on - 2)), "loaded"]  # type: ignore[list-item]
    return ["off", *ons] if off else ons


def _cuts(ordered: Floats, maximum_states: int) -> list[tuple[float, float]]:
    """Boundaries with their valley ratios, in the order of power; the clearest are found first."""
    smallest = max(SMALLEST_SHARE * len(ordered), 10)
    steps = np.diff(np.unique(ordered))
    resolution = float(steps.min()) if len(steps) else 0.0
    parts, cuts = [ordered], list[tuple[float, float]]()
    while len(parts) < maximum_states:
        found = [(valley, k) for k, part in enumerate(parts) if (valley := _valley(part, smallest, resolution))]
        if not found:
            break
        (cut, ratio), k = min(found, key=lambda each: (each[0][1], -len(parts[each[1]])))
        place = int(np.searchsorted(parts[k], cut))
        parts[k : k + 1] = [parts[k][:place], parts[k][place:]]
        cuts.append((cut, ratio))
    return sorted(cuts)


def _valley(part: Floats, smallest: float, resolution: float) -> tuple[float, float] | None:
    """The clearest valley inside one part: the place of the cut and its ratio; None if there is none."""
    values, counts = _levels(part)
    until = np.concatenate([[0], np.cumsum(counts)])
    enough = (until[1:-1] >= smallest) & (len(part) - until[1:-1] >= smallest)
    if not enough.any():
        return None
    gaps = np.flatnonzero(enough)
    widest = gaps[np.argsort(-np.diff(values)[gaps], kind="stable")[:200]]
    spread = gaps[np.unique(np.linspace(0, len(gaps) - 1, 200).astype(np.int64))]
    sums, best = np.concatenate([[0.0], np.cumsum(values * counts)]), None
    for gap in np.union1d(widest, spread):
        n, cut = int(until[gap + 1]), float(values[gap] + values[gap + 1]) / 2
        low, high = sums[gap + 1] / n, (sums[-1] - sums[gap + 1]) / (len(part) - n)
        width = max(WINDOW * (high - low), 2 * resolution)
        edges = np.searchsorted(values, [cut - width / 2, cut + width / 2])
        held = int(until[edges[1]] - until[edges[0]])
        fuller = min(_fullest(values, until, width, 0, gap + 1), _fullest(values, until, width, gap + 1, len(values)))
        ratio, between = (held + RULE_OF_THREE) / fuller, n * (len(part) - n) * (high - low) ** 2
        if ratio <= VALLEY and (best is None or (ratio, -between) < (best[1], -best[2])):
            best = (cut, float(ratio), float(between))
    return best[:2] if best else None


def _levels(part: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Ordered values and how often each occurs; more than ``MOST_LEVELS`` are joined to as many of equal width.

    A joined level stands at the mean of its readings, so that sums stay exact.
    """
    values, counts = np.unique(part, return_counts=True)
    if len(values) <= MOST_LEVELS:
        return values, counts
    place = ((values - values[0]) / (values[-1] - values[0]) * (MOST_LEVELS - 1)).astype(np.int64)
    _, level = np.unique(place, return_inverse=True)
    joined = np.bincount(level, weights=counts)
    return np.bincount(level, weights=values * counts) / joined, joined.astype(np.int64)


def _fullest(values: Floats, until: NDArray[np.int64], width: float, first: int, last: int) -> int:
    """Most readings in a window of this width over the levels from ``first`` to before ``last``."""
    ends = np.minimum(np.searchsorted(values, values[first:last] + width, side="right"), last)
    return int((until[ends] - until[first:last]).max())


def _findings(subject: str, states: Sequence[LoadState], power: Floats, gaps: int) -> list[Finding]:
    found = []
    span = f"{power.min():,.4g} to {power.max():,.4g} kW"
    span_zh = f"{power.min():,.4g} 至 {power.max():,.4g} kW"
    if len(states) == 1 and states[0].name == "running":
        found.append(
            Finding(
                "mv.load_states_not_separated",
                "warning",
                subject,
                f"the power lies between {span} without a valley of at most {VALLEY:.0%} between two states; the "
                "machine is controlled steplessly or the interval is too long, and no idle time can be told",
                f"功率介於 {span_zh}，狀態間無低於 {VALLEY:.0%} 之谷值；設備為無段控制或間隔過長，無法區分空轉",
                {"readings": f"{len(power):,}"},
                RULE,
            )
        )
    elif states[0].name != "off":
        found.append(
            Finding(
                "mv.load_states_never_off",
                "note",
                subject,
                f"the machine was never off in {sum(s.hours for s in states):,.6g} h; its lowest state draws "
                f"{states[0].mean_power_kw:,.4g} kW",
                f"設備於 {sum(s.hours for s in states):,.6g} 小時內從未停機；最低狀態平均 "
                f"{states[0].mean_power_kw:,.4g} kW",
                {"lowest": f"{states[0].from_kw:,.4g} to {states[0].to_kw:,.4g} kW"},
                RULE,
            )
        )
    idle = [s for s in states if s.name == "idle"]
    if idle and idle[0].mean_power_kw > HIGH_IDLE * states[-1].mean_power_kw:
        share = idle[0].mean_power_kw / states[-1].mean_power_kw
        found.append(
            Finding(
                "mv.load_states_idle_power_high",
                "note",
                subject,
                f"the state called idle draws {share:.1%} of the power of the highest one, more than {HIGH_IDLE:.0%}: "
                "it may be part load",
                f"稱為空轉之狀態功率為最高狀態之 {share:.1%}，高於 {HIGH_IDLE:.0%}，可能為部分負載",
                {"idle": f"{idle[0].mean_power_kw:,.4g} kW", "highest": f"{states[-1].mean_power_kw:,.4g} kW"},
                RULE,
            )
        )
    if gaps:
        found.append(
            Finding(
                "mv.load_states_gaps",
                "note",
                subject,
                f"{gaps:,} gaps in {len(power):,} slots: a start inside a gap is not counted",
                f"{len(power):,} 個時段中有 {gaps:,} 處缺口；缺口內之啟動未計入",
                {},
                RULE,
            )
        )
    return found
