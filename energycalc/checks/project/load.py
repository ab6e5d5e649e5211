"""Load and hours: shifts, ratings, nameplates taken for measurements, speed control, bins of hours, demand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from energycalc.case.measure import parameters_of
from energycalc.case.plant import Metered
from energycalc.checks.catalogue import limit
from energycalc.checks.project.project import SAME, Outcome, Project, ProjectCheck, differs, lacks, say
from energycalc.quantity import Quantity

COMPRESSOR_POWERS = ("no_load_power", "full_load_power")


def hours_impossible(project: Project) -> Iterator[Outcome]:
    """TL01: hours stated for the checks, against the period; those of measures are refused when the case is read."""
    longest = project.case.period.days * 24 if project.case else limit("TL01", "hours_of_leap_year")
    for m in project.notes.machines:
        bins = sum((q.value_in("h") for q in m.hour_bins), 0.0)
        stated = {"hours_used": m.hours_used, "shift_hours": m.shift_hours, "logged_hours": m.logged_hours}
        known = {name: q.value_in("h") for name, q in stated.items() if q is not None} | (
            {"hour_bins": bins} if bins else {}
        )
        for name, hours in known.items():
            if hours > longest * (1 + SAME):
                yield say("TL01", m.machine, name=name, hours=f"{hours:,.6g} h", most=f"{longest:,.6g} h")


def hours_beyond_shifts(project: Project) -> Iterator[Outcome]:
    """TL02: hours used, against the shift calendar and the run log."""
    judged = False
    for m in project.notes.machines:
        used = m.hours_used if m.hours_used is not None else _hours_of_measures(project, m.machine)
        for name, stated, over in (("shift", m.shift_hours, "over_shifts"), ("log", m.logged_hours, "over_log")):
            if used is None or stated is None:
                continue
            judged = True
            if used.value_in("h") > stated.value_in("h") * (1 + limit("TL02", over) + SAME):
                yield say(f"TL02.{name}", m.machine, used=str(used), stated=str(stated))
    if not judged:
        yield lacks("TL02")


def _hours_of_measures(project: Project, machine: str) -> Quantity | None:
    measures = project.case.measures_on(machine) if project.case else ()
    found = [q for m in measures for _, name, q in parameters_of(m) if name == "operating_hours"]
    return max(found, key=lambda q: q.value_in("h"), default=None)


def load_factor_high(project: Project) -> Iterator[Outcome]:
    """TL03: input power against rated output by efficiency."""
    judged = False
    for m in project.notes.machines:
        power = m.measured_power if m.measured_power is not None else m.electric_power
        if (
            power is None
            or m.rated_output is None
            or m.efficiency is None
            or not m.efficiency.value * m.rated_output.value
        ):
            continue
        judged = True
        rated = m.rated_output.value_in("kW") / m.efficiency.value_in("1")
        ratio = power.value_in("kW") / rated
        if ratio > limit("TL03", "warning") + SAME:
            numbers = {"power": str(power), "rated": f"{rated:,.4g} kW", "ratio": f"{ratio:.3f}"}
            yield say("TL03", m.machine, severity="error" if ratio > limit("TL03", "error") else None, **numbers)
    if not judged:
        yield lacks("TL03")


def nameplate_as_measurement(project: Project) -> Iterator[Outcome]:
    """TL04: a measured value is exactly one of the plate, or ten readings are one."""
    judged = False
    for measure in project.case.measures if project.case else ():
        named = [(name, q) for _, name, q in parameters_of(measure)]
        plates = [(name, q) for name, q in named if q.basis in ("nameplate", "catalogue")]
        for name, q in named:
            if q.basis != "measured":
                continue
            judged = True
            same = next((n for n, p in plates if _same_number(p, q)), "")
            if same:
                yield say("TL04", measure.id, name=name, value=str(q), plate=same)
    for m in project.notes.machines:
        readings = [q.value_in("kW") for q in m.power_readings]
        judged = judged or bool(readings) or m.measured_power is not None
        if (
            m.measured_power is not None
            and m.rated_output is not None
            and _same_number(m.measured_power, m.rated_output)
        ):
            yield say("TL04", m.machine, name="measured_power", value=str(m.measured_power), plate="rated_output")
        if len(readings) >= limit("TL04", "readings") and max(readings) == min(readings):
            yield say("TL04.readings", m.machine, count=str(len(readings)), value=f"{readings[0]:g} kW")
    if not judged:
        yield lacks("TL04")


def _same_number(a: Quantity, b: Quantity) -> bool:
    if a is b or a.unit.dimension != b.unit.dimension or not dict(a.unit.dimension):
        return False
    return differs(a.value * a.unit.factor, b.value * b.unit.factor) < SAME


def shaft_as_electric(project: Project) -> Iterator[Outcome]:
    """TL05: the input power of the calculation is the rated output of the plate."""
    judged = False
    for m in project.notes.machines:
        if m.electric_power is None or m.rated_output is None or m.efficiency is None:
            continue
        judged = True
        same = differs(m.electric_power.value_in("kW"), m.rated_output.value_in("kW")) <= limit("TL05", "within")
        if same and m.efficiency.value_in("1") < 1 - limit("TL05", "within"):
            right = m.rated_output.value_in("kW") / m.efficiency.value_in("1")
            yield say("TL05", m.machine, power=str(m.electric_power), right=f"{right:,.4g} kW")
    if not judged:
        yield lacks("TL05")


def cube_law(project: Project) -> Iterator[Outcome]:
    """TL06: a saving by speed control against the law of affinity, with the static share of the head."""
    judged = False
    for s in project.notes.speed_control:
        result = project.main_result(s.measure)
        if result is None or result.saving_rate is None:
            continue
        judged = True
        rate, q = result.saving_rate.value_in("1"), s.flow_share.value_in("1")
        numbers = {"rate": f"{rate:.1%}", "flow": f"{q:.0%}"}
        if rate > 1 - q**3 + SAME:
            yield say("TL06.cube", s.measure, severity="error", most=f"{1 - q**3:.1%}", **numbers)
        elif s.static_share is None:
            yield say("TL06.unknown", s.measure, **numbers)
        else:
            h = s.static_share.value_in("1")
            most = 1 - q * (h + (1 - h) * q**2)
            if rate > most + SAME:
                yield say("TL06", s.measure, static=f"{h:.0%}", most=f"{most:.1%}", **numbers)
    if not judged:
        yield lacks("TL06")


def mean_speed_cubed(project: Project) -> Iterator[Outcome]:
    """TL07: a speed control computed from one mean flow; a drive of one level is doubted by its technology."""
    judged = bool(project.notes.speed_control)
    for s in project.notes.speed_control:
        if s.mean_speed_only:
            yield say("TL07", s.measure, flow=str(s.flow_share))
    if not judged:
        yield lacks("TL07")


def drive_loss(project: Project) -> Iterator[Outcome]:
    """TL08: a frequency converter without loss."""
    judged = False
    for measure in project.case.measures if project.case else ():
        if measure.technology != "variable_speed_drive":
            continue
        judged = True
        stated = [q for _, name, q in parameters_of(measure) if name == "drive_efficiency"]
        for q in stated:
            if 1 - q.value_in("1") < limit("TL08", "loss_low") - SAME:
                yield say("TL08", measure.id, efficiency=str(q), loss=f"{limit('TL08', 'loss_low'):.0%}")
    if not judged:
        yield lacks("TL08")


def unloaded_power(project: Project) -> Iterator[Outcome]:
    """TL09: a compressor that next to stops using power when unloaded."""
    pairs: list[tuple[str, Quantity, Quantity]] = []
    explained = {m.machine for m in project.notes.machines if m.unloaded_because}
    for m in project.notes.machines:
        if m.unloaded_power is not None and m.full_load_power is not None:
            pairs.append((m.machine, m.unloaded_power, m.full_load_power))
    for measure in project.case.measures if project.case else ():
        for place in (measure.before, measure.after):
            idle, full = (place.get(name, measure.common.get(name)) for name in COMPRESSOR_POWERS)
            if isinstance(idle, Quantity) and isinstance(full, Quantity) and place.get("control") == "load_unload":
                pairs.append((measure.machine, idle, full))
    if not pairs:
        yield lacks("TL09")
    for machine, idle, full in (pair for pair in pairs if pair[2].value):
        share = idle.value_in("kW") / full.value_in("kW") if str(idle.unit) != "%" else idle.value_in("1")
        if share < limit("TL09", "share") - SAME and machine not in explained:
            yield say("TL09", machine, unloaded=str(idle), full=str(full), share=f"{share:.1%}")


def hours_missing(project: Project) -> Iterator[Outcome]:
    """TL10: bins of hours that do not fill the period."""
    binned = [m for m in project.notes.machines if m.hour_bins]
    if not binned or project.case is None:
        yield lacks("TL10")
        return
    period = project.case.period.days * 24
    for m in binned:
        hours = sum((q.value_in("h") for q in m.hour_bins), 0.0)
        if hours < period * limit("TL10", "share") - SAME:
            yield say("TL10", m.machine, hours=f"{hours:,.6g} h", period=f"{period:,} h", share=f"{hours / period:.1%}")


def power_times_hours(project: Project) -> Iterator[Outcome]:
    """TL11: power by hours against the stated energy."""
    judged = False
    for m in project.notes.machines:
        if m.electric_power is None or m.hours_used is None or m.energy is None:
            continue
        judged = True
        product, energy = m.electric_power.value_in("kW") * m.hours_used.value_in("h"), m.energy.value_in("kWh")
        if differs(product, energy) > limit("TL11", "within") + SAME:
            numbers = {"power": str(m.electric_power), "hours": str(m.hours_used), "energy": str(m.energy)}
            yield say("TL11", m.machine, product=f"{product:,.6g} kWh", **numbers)
    if not judged:
        yield lacks("TL11")


def constant_load(project: Project) -> Iterator[Outcome]:
    """TL12: a load that varies on its own meter, computed as one load by hours."""
    judged = False
    for machine in project.case.plant.machines if project.case else ():
        use = machine.energy.get("electricity")
        series = project.meters.get(use.meter) if isinstance(use, Metered) and use.share is None else None
        if project.case is None or series is None or series.kind_of_amount != "energy":
            continue
        for measure in project.case.measures_on(machine.id):
            if "operating_hours" not in {**measure.before, **measure.common}:
                continue
            judged = True
            power = series.demand_kw
            variation = float(np.std(power) / np.mean(power)) if float(np.mean(power)) else 0.0
            if variation > limit("TL12", "variation"):
                yield say("TL12", measure.id, variation=f"{variation:.2f}", limit=f"{limit('TL12', 'variation'):g}")
    if not judged:
        yield lacks("TL12")


def demand_and_diversity(project: Project) -> Iterator[Outcome]:
    """TL13: saved peak demand against what falls together with the peak."""
    demand = project.notes.demand
    if demand is None:
        yield lacks("TL13")
        return
    together = sum(p.power.value_in("kW") * p.coincidence.value_in("1") for p in demand.parts)
    if demand.saving.value_in("kW") > together * (1 + limit("TL13", "within")) + SAME:
        yield say("TL13", "demand", saving=str(demand.saving), together=f"{together:,.4g} kW")


CHECKS: dict[str, ProjectCheck] = {
    "TL01": hours_impossible,
    "TL02": hours_beyond_shifts,
    "TL03": load_factor_high,
    "TL04": nameplate_as_measurement,
    "TL05": shaft_as_electric,
    "TL06": cube_law,
    "TL07": mean_speed_cubed,
    "TL08": drive_loss,
    "TL09": unloaded_power,
    "TL10": hours_missing,
    "TL11": power_times_hours,
    "TL12": constant_load,
    "TL13": demand_and_diversity,
}
