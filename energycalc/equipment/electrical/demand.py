"""Demand control: a lower peak saves money, not energy, unless some of the work is no longer done."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    notes_on_readings,
    number,
    part,
    plain_text,
    reading,
    subject_of,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.demand import demand_charge, energy_after_demand_control
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite

_CEILING = cite("energy-balance", "load moved in time takes the same energy")


def change(before: Given, after: Given, common: Given) -> Change:
    """Cut the peak by shifting or shedding load.

    Args:
        before: ``maximum_demand``, ``contract_demand``.
        after: ``maximum_demand``, ``contract_demand``.
        common: ``average_power``, ``operating_hours``, ``energy_really_saved`` (0 when load is only shifted),
            ``demand_price``, ``months``.

    Returns:
        The remaining fraction, exactly 1 unless energy is really saved; the demand charge saved stands beside it.

    Raises:
        OutOfRange: a peak below the mean power, or more energy saved than used.
    """
    check(PARAMETERS, before, after, common)
    saved, hours = number(common, "energy_really_saved"), number(common, "operating_hours")
    energy_before = electrical_energy(reading(PARAMETERS, common, "average_power"), hours)
    if saved.value_in("kWh") > energy_before.value:
        raise OutOfRange(
            "more energy saved than used",
            subject=subject_of("energy_really_saved"),
            value=plain_text(saved),
            limit=f"{energy_before.value:,.0f} kWh",
            next_step="Demand that is shifted is no energy saved",
        )
    energy_after = energy_after_demand_control(energy_before, saved)
    for side, label, energy in ((before, BEFORE, energy_before), (after, AFTER, energy_after)):
        with part(label):
            _above_mean(number(side, "maximum_demand"), float(energy.value) / float(hours.value_in("h")))
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _CEILING)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*notes_on_readings("demand_control", PARAMETERS, common), *_doubts(before, after, saved)),
        {},
        (_money(before, after, common),),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that demand control can save: the energy of the work that is no longer done.

    Args:
        before: not used.
        after: not used.
        common: energy, and what is really saved.
    """
    energy = electrical_energy(reading(PARAMETERS, common, "average_power"), number(common, "operating_hours"))
    return Ceiling(
        (number(common, "energy_really_saved").to("kWh") / energy).renamed("largest_saving", "s_max", _CEILING),
        "Load that is moved in time takes the same energy: only work that is no longer done saves any.",
        "移轉時段之負載用電不變，只有不再做的部分才節電。",
        _CEILING,
    )


def _above_mean(peak: Quantity, mean: float) -> None:
    if peak.value_in("kW") < mean * (1 - 1e-12):
        raise OutOfRange(
            "a peak cannot lie below the mean power",
            subject=subject_of("maximum_demand"),
            value=plain_text(peak),
            limit=f"{mean:,g} kW (mean of the period on this side)",
            next_step="Check the demand record, the mean power and the energy really saved",
        )


def _money(before: Given, after: Given, common: Given) -> Quantity:
    price, months = number(common, "demand_price"), number(common, "months")
    old, new = (
        demand_charge(number(side, "maximum_demand"), number(side, "contract_demand"), price, months)
        for side in (before, after)
    )
    return (old - new).renamed("demand_charge_saved", "C_D,s", cite("taipower-demand-rule", "charge before less after"))


def _doubts(before: Given, after: Given, saved: Quantity) -> list[Finding]:
    found = []
    if saved.value > 0:
        found.append(
            doubt(
                "demand_control.energy_claimed",
                "warning",
                "Demand control is said to save energy: show what work is no longer done, by measurement; a lower "
                "peak alone saves none.",
                "需量控制另申報節電量：須以量測說明哪些用電不再發生；尖峰降低本身不節電。",
                _CEILING,
                energy_really_saved=plain_text(saved),
            )
        )
    contract, peak = (float(number(after, name).value_in("kW")) for name in ("contract_demand", "maximum_demand"))
    if peak > contract:
        found.append(
            doubt(
                "demand_control.above_contract",
                "warning",
                f"The peak of {peak:,.0f} kW still exceeds the contract of {contract:,.0f} kW: it is charged double, "
                "beyond 10 % triple.",
                f"最高需量 {peak:,.0f} kW 仍超過契約容量 {contract:,.0f} kW，超約部分 10 % 內二倍、以上三倍計。",
                cite("taipower-demand-rule", "above the contract"),
                maximum_demand=f"{peak:,.0f} kW",
                contract_demand=f"{contract:,.0f} kW",
            )
        )
    return found


PARAMETERS = (
    Parameter("maximum_demand", BOTH, "kW", "1,050 kW", "當月最高需量（15 分鐘平均，電費單或紀錄）",
              "largest 15-minute mean of the month, bill or record", range=(1, 1e6)),
    Parameter("contract_demand", BOTH, "kW", "1,000 kW", "經常契約容量（電費單）", "regular contract capacity, bill",
              range=(1, 1e6)),
    Parameter("average_power", ("common",), "kW", "600 kW", "該用戶期間平均功率", "mean power in the period",
              range=(0.1, 1e6), default_uncertainty=POWER_LOGGER),
    Parameter("operating_hours", ("common",), "h", "8,760 h", "期間時數", "hours of the period", range=HOURS_OF_A_YEAR),
    Parameter("energy_really_saved", ("common",), "kWh", "0 kWh", "確實不再使用之電量（僅移轉負載填 0 kWh）",
              "measured energy of work no longer done; 0 kWh when load is only shifted", range=(0, None)),
    Parameter("demand_price", ("common",), "TWD/kW", "223.6 元/kW", "基本電費單價（每瓩每月，電價表）",
              "basic charge per kW and month, tariff", range=(0, 2000)),
    Parameter("months", ("common",), "1", "4", "同一單價與需量之月數", "months with this price and peak",
              range=(0, 12)),
)  # fmt: skip

DEMAND = TechnologyDescription(
    "demand_control",
    "需量控制（移轉、抑低尖峰）",
    "Demand control (shifting and cutting the peak)",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={"maximum_demand": "101 kW", "contract_demand": "101 kW"},
        after={"maximum_demand": "100 kW", "contract_demand": "100 kW"},
        common={
            "average_power": "60 kW",
            "operating_hours": "720 h",
            "energy_really_saved": "0 kWh",
            "demand_price": "223.6 元/kW",
            "months": "1",
        },
        of="demand_charge_saved",
        given="223.60 元",
        tolerance=1e-6,
        source=cite("taipower-demand-rule", "regular contract in summer, 2015 schedule"),
        because_en="The source gives 223.60 TWD per kW and summer month, because contract capacity is paid whether "
        "it is used or not: one kW less of contract and peak saves it, and no energy. The plant around it is ours.",
        because_zh="來源值夏月經常契約每瓩每月 223.60 元：契約容量不論使用與否皆計費，契約與尖峰各降 1 kW 即省此數，"
        "不節電；其餘資料為自設。",
    ),
    limits_zh="只計經常契約一種；半尖峰、離峰契約與流動電費時段差另計。",
    limits_en="One kind of contract; partial-peak and off-peak contracts and the prices of energy by time are not "
    "covered.",
)
DESCRIPTIONS = (DEMAND,)
