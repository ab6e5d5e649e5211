"""Energy before the measures, per machine and carrier, and the balance of machines against meter against bill."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.case.case import Case
from energycalc.case.plant import Billed, Computed, Machine, Metered, Stated
from energycalc.effects.results import Reconciliation
from energycalc.equipment.description import Change
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, about, cite, total

ENERGY_UNIT = {"electricity": "kWh", "natural_gas": "kWh[LHV]"}
BALANCE = cite("energy-balance", "reference minus the sum of the machines")


def billed_energy(case: Case, carrier: str) -> Quantity | None:
    """Energy of all bills of a carrier over the period; fuels by their heat value.

    Args:
        case: the case.
        carrier: ``electricity`` or ``natural_gas``.

    Returns:
        kWh, for fuels kWh[LHV]; ``None`` without bills.

    Raises:
        InputError: a fuel is billed by volume without a heat value.
    """
    bills = [b for b in case.bills if b.carrier == carrier]
    if not bills:
        return None
    amounts = []
    for bill in bills:
        with about(f"bill {bill.id}"):
            if carrier == "electricity" or str(bill.quantity.unit).startswith("kWh"):
                amounts.append(bill.quantity.to(ENERGY_UNIT[carrier]))
                continue
            if bill.heat_value is None:
                raise InputError(
                    "a fuel billed by volume needs its heat value",
                    subject=f"bill {bill.id}",
                    next_step='Add heat_value, e.g. "8,900 kcal[LHV]/m3", from the supplier',
                )
            heat = (bill.quantity * bill.heat_value).to(ENERGY_UNIT[carrier])
            amounts.append(
                heat.renamed("billed_fuel_energy", f"Q_{bill.id}", cite("energy-balance", "volume × heat value"))
            )
    with about(case.plant.name):
        return total(amounts).renamed("billed_energy", "E_bill", cite("energy-balance", "sum of the bills"))


def metered_energy(case: Case, meter_id: str, total_read: Quantity) -> Quantity:
    """Energy behind a meter's total: the total itself, or for a gas meter its volume by the heat value.

    Args:
        case: for the heat value.
        meter_id: the meter.
        total_read: kWh, or a volume.

    Raises:
        InputError: a gas meter without any heat value in the case.
    """
    if "[time]" in dict(total_read.unit.dimension):
        return total_read
    heat = mean_heat_value(case)
    if heat is None:
        raise InputError("a gas meter needs a heat value", subject=f"meter {meter_id}",
                         next_step="Add heat_value to the gas bills, or under factors.natural_gas")  # fmt: skip
    with about(f"meter {meter_id}"):
        energy = (total_read * heat).to(ENERGY_UNIT["natural_gas"])
        return energy.renamed("metered_fuel_energy", "Q_meter", cite("energy-balance", "volume × heat value"))


def mean_heat_value(case: Case) -> Quantity | None:
    """Heat value of natural gas over the period: billed energy by billed volume, or the one stated under factors."""
    bills = [b for b in case.bills if b.carrier == "natural_gas" and b.heat_value is not None]
    if not bills:
        return case.gas_heat_values[0] if case.gas_heat_values else None
    if len(bills) == 1:
        return bills[0].heat_value
    with about(case.plant.name):
        volume = total([b.quantity for b in bills]).renamed(
            "billed_volume", "V_bill", cite("energy-balance", "sum of the bills")
        )
        heat = total([b.quantity * b.heat_value for b in bills if b.heat_value is not None])
        return (heat / volume).renamed("mean_heat_value", "H_m", cite("energy-balance", "heat by volume"))


def energy_before(
    case: Case,
    machine: Machine,
    carrier: str,
    metered: Mapping[str, Quantity],
    billed: Mapping[str, Quantity | None],
    changes: Mapping[str, Change],
) -> Quantity:
    """Energy a machine uses in the period before any measure.

    Args:
        case: the case.
        machine: the machine.
        carrier: one of its carriers.
        metered: total by meter id.
        billed: total by carrier.
        changes: model result by measure id.

    Returns:
        kWh, for fuels kWh[LHV], named ``energy_before``.

    Raises:
        InputError: the model of the first measure gives no energy although the case says ``computed``.
    """
    use = machine.energy[carrier]  # type: ignore[index]
    unit = ENERGY_UNIT[carrier]
    source = Source("case file", f"energy.{carrier} of {machine.id}: {use.basis}")
    if isinstance(use, Metered):
        found = metered[use.meter] if use.share is None else metered[use.meter] * use.share
    elif isinstance(use, Billed):
        whole = billed[carrier]
        assert whole is not None  # the case checks that there is a bill
        found = whole if use.share is None else whole * use.share
    elif isinstance(use, Stated):
        found = use.energy
    else:
        assert isinstance(use, Computed)
        first = next(m for m in case.measures_on(machine.id) if m.description.carrier == carrier)
        model = changes[first.id].energy_before_model
        if model is None:
            raise InputError(
                f"the model of measure {first.id} gives no energy",
                subject=f"{machine.id}, {carrier}",
                next_step="Add the parameters it needs, or state, meter or bill the machine's energy",
            )
        found = model
    return found.to(unit).renamed("energy_before", "E_0", source)


def reconcile(
    case: Case,
    carrier: str,
    machine_energy: list[Quantity],
    metered: Mapping[str, Quantity],
    billed: Quantity | None,
    saving: Quantity,
) -> Reconciliation:
    """Hold the sum of the machines against the main meters and the bills; the rest is shown, never spread.

    Args:
        case: the case.
        carrier: which carrier.
        machine_energy: energy before of every machine that uses it.
        metered: total by meter id.
        billed: total of the bills.
        saving: saving of all measures.
    """
    mains = [metered[m.id] for m in case.meters if m.role == "main" and m.carrier == carrier]
    with about(case.plant.name):
        machines = total(machine_energy).renamed("machine_sum", "E_machines", BALANCE)
        meter = total(mains).renamed("main_meter_energy", "E_main", BALANCE) if mains else None
        reference = meter if meter is not None else billed
        if reference is None:
            return Reconciliation(carrier, machines, None, None, None, None, None, None, None)
        rest = (reference - machines).renamed("unexplained_energy", "E_rest", BALANCE)
        share = (rest / reference).to("%").renamed("unexplained_share", "x_rest", BALANCE)
        gap = None
        if meter is not None and billed is not None:
            gap = (meter - billed).renamed("meter_less_bill", "ΔE_bill", BALANCE)
        saved = (
            (saving / reference)
            .to("%")
            .renamed("saving_share", "x_plant", cite("tgpf-case-layout", "節能率 = saving ÷ use before"))
        )
    return Reconciliation(carrier, machines, meter, billed, reference, rest, share, gap, saved)
