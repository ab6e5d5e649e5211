"""Systems that serve many machines: what one unit of service less gives back, and whose the energy is.

A unit of service is worth what the system's energy falls by when it is not needed: its marginal energy. It is stated,
or read off the part-load curve of the compressor that follows the demand. The average (energy by service) contains the
power without load, which stays; nothing is valued with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.sharing import CompressorCurve, ServiceChange, SharedSystem
from energycalc.effects.energy import ENERGY_UNIT
from energycalc.effects.interaction_results import Share, SystemResult
from energycalc.effects.interactions import Action
from energycalc.effects.results import LevelResult
from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, about, cite, total

WORTH = cite("interaction-rules", "less service times marginal energy")
MARGIN = cite("interaction-rules", "marginal energy: difference of the curve by difference of the service")
PARTS = cite("energy-balance", "sum of the parts")
DECLARED = cite("interaction-rules", "allocation by declared shares; the rest stays unallocated")


def service_saved(change: ServiceChange, system: SharedSystem) -> Quantity:
    """Service of the period that a measure's users no longer need, in the unit in which the system counts it."""
    unit = str(system.delivered.unit) if system.delivered is not None else "m3"
    if change.amount is not None:
        return change.amount.to(unit)
    assert change.rate is not None and change.hours is not None  # the case checks it
    return (change.rate * change.hours).to(unit).renamed("service_saved", "ΔV_S", WORTH)


def marginal_energies(case: Case) -> dict[str, tuple[Quantity, Quantity | None]]:
    """Marginal energy of each shared system, and the service that all users together save.

    Raises:
        OutOfRange: the users save more than the system delivers, or more than its follower delivers at some level.
    """
    found: dict[str, tuple[Quantity, Quantity | None]] = {}
    for system in case.interactions.shared_systems if case.interactions else ():
        with about(f"{system.id} {system.name}"):
            parts = [service_saved(c, system) for c in _changes(case, system)]
            saved = total(parts).renamed("service_saved_total", "ΔV_sum", PARTS) if parts else None
            if system.curve is not None:
                found[system.id] = (_of_curve(system.curve, saved), saved)
                continue
            assert system.marginal_energy is not None and system.delivered is not None  # the case checks it
            if saved is not None and saved.value_in(str(system.delivered.unit)) > system.delivered.value:
                raise OutOfRange(
                    "the users save more of the service than the system delivers",
                    subject=f"{system.id} {system.name}",
                    value=f"{saved.value:,.6g} {saved.unit}",
                    limit=f"{system.delivered.value:,.6g} {system.delivered.unit} (delivered)",
                    next_step="Check amounts, hours and the service delivered",
                )
            found[system.id] = (system.marginal_energy, saved)
    return found


def _changes(case: Case, system: SharedSystem) -> list[ServiceChange]:
    assert case.interactions is not None
    return [change for change in case.interactions.service_changes if change.system == system.id]


def _of_curve(curve: CompressorCurve, saved: Quantity | None) -> Quantity:
    """Energy by the curve before, less energy with all users' savings, by the service saved.

    The savings are spread evenly over all hours. Without any, the value of the last 1 % of the flow is given.
    """
    hours = total([level.hours for level in curve.levels])
    rate = (saved / hours).to("m3/min") if saved is not None and saved.value else None
    before, after, volumes = [], [], []
    for level in curve.levels:
        less = rate if rate is not None else level.flow * 0.01
        flow = level.flow.value_in("m3/min")
        if less.value_in("m3/min") > flow:
            raise OutOfRange(
                "the users save more than the compressor that follows the demand delivers at this level",
                subject=level.flow.describe(),
                value=f"{less.value_in('m3/min'):,.4g} m3/min, spread evenly over all hours",
                limit=f"{flow:,.4g} m3/min delivered for {level.hours.value:g} {level.hours.unit}",
                next_step="State levels of the compressor that follows the demand, or a marginal_energy of your own",
            )
        left = (level.flow - less).renamed("flow", "q")
        before.append((_power(curve, level.flow) * level.hours).to("kWh"))
        after.append((_power(curve, left) * level.hours).to("kWh"))
        volumes.append((less * level.hours).to("m3"))
    e_before = total(before).renamed("curve_energy_before", "E_c0", MARGIN)
    e_after = total(after).renamed("curve_energy_after", "E_c1", MARGIN)
    volume = total(volumes)
    return ((e_before - e_after) / volume).to("kWh/m3").renamed("marginal_energy", "e_m", MARGIN)


def energy_of_curve(curve: CompressorCurve) -> Quantity:
    """Energy of the period by the curve at the levels stated, before any measure."""
    return total([(_power(curve, level.flow) * level.hours).to("kWh") for level in curve.levels])


def _power(curve: CompressorCurve, flow: Quantity) -> Quantity:
    from energycalc.equipment.shared.compressor import compressor_parameters, points_of
    from energycalc.physics.compressed_air.part_load import power_at_flow

    points = points_of(curve.machine, compressor_parameters(("before",)))
    return power_at_flow(str(curve.machine["control"]), points, flow, curve.ambient_pressure)


def shared_actions(case: Case, marginal: Mapping[str, tuple[Quantity, Quantity | None]]) -> dict[str, list[Action]]:
    """What measures on users do to the machine that follows the demand, by machine, in the order of the measures."""
    found: dict[str, list[Action]] = {}
    if case.interactions is None:
        return found
    measures = {m.id: m for m in case.measures}
    taken = {entry.measure: entry.share for entry in case.interactions.take_back}
    for system in case.interactions.shared_systems:
        value, _ = marginal[system.id]
        for change in _changes(case, system):
            measure = measures[change.measure]
            with about(f"{measure.id} {measure.name}"):
                worth = (service_saved(change, system) * value).to(ENERGY_UNIT[system.carrier])
                worth = worth.renamed("shared_saving", "ΔE_S", WORTH)
            action = Action(measure, system.carrier, "shared", less=worth, take_back=taken.get(measure.id))
            found.setdefault(system.follower, []).append(action)
    return found


def system_results(
    case: Case, machines: Sequence[LevelResult], marginal: Mapping[str, tuple[Quantity, Quantity | None]]
) -> tuple[SystemResult, ...]:
    """Energy and saving of each shared system, and the part of each line."""
    by_id = {machine.id: machine for machine in machines}
    found = []
    for system in case.interactions.shared_systems if case.interactions else ():
        own = [by_id[id].carriers[system.carrier] for id in system.machines]
        value, saved = marginal[system.id]
        with about(f"{system.id} {system.name}"):
            before = total([c.energy_before for c in own]).renamed("system_energy_before", "E_S0", PARTS)
            after = total([c.energy_after for c in own]).renamed("system_energy_after", "E_S1", PARTS)
            saving = (before - after).renamed("system_saving", "ΔE_S", PARTS)
            average = _average(system, before, by_id[system.follower].carriers[system.carrier].energy_before)
            shares = _shares(system, before, saving)
        found.append(SystemResult(system, value, average, saved, before, after, saving, shares))
    return tuple(found)


def _average(system: SharedSystem, of_all: Quantity, of_follower: Quantity) -> Quantity:
    """Energy by service: of the whole system, or of the follower alone where a curve states only its own flow."""
    if system.curve is None:
        assert system.delivered is not None and system.marginal_energy is not None
        average = (of_all / system.delivered).to(system.marginal_energy.unit)
    else:
        volume = total([(level.flow * level.hours).to("m3") for level in system.curve.levels])
        average = (of_follower / volume.renamed("service_delivered", "V_S", PARTS)).to("kWh/m3")
    return average.renamed("average_energy", "e_avg", PARTS)


def _shares(system: SharedSystem, before: Quantity, saving: Quantity) -> tuple[Share, ...]:
    if not system.allocation:
        return ()
    found = [_share(part.line, part.share, before, saving) for part in system.allocation]
    rest = (1 - total([part.share.to("1") for part in system.allocation])).renamed("unallocated_share", "s_0", DECLARED)
    return (*found, _share("", rest, before, saving))


def _share(line: str, share: Quantity, before: Quantity, saving: Quantity) -> Share:
    return Share(
        line=line,
        share=share,
        energy_before=(before * share).to(before.unit).renamed("allocated_energy", "E_L", DECLARED),
        saving=(saving * share).to(saving.unit).renamed("allocated_saving", "ΔE_L", DECLARED),
    )
