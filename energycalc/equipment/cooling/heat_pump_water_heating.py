"""Hot water by a heat pump in place of electric resistance."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BOTH,
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
    reading,
    uses_more,
)
from energycalc.equipment.description.instruments import ENERGY_METER
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import cooling_energy as law
from energycalc.physics.refrigeration import second_law
from energycalc.physics.steam.water_steam import water_density, water_specific_heat
from energycalc.quantity import Quantity, cite, current_subject


def change(before: Given, after: Given, common: Given) -> Change:
    """Make the same hot water with a heat pump.

    Args:
        before: ``heater_efficiency`` and ``auxiliary_energy`` of the electric heater.
        after: ``heating_cop`` (mean of the period), ``backup_share``, ``auxiliary_energy``.
        common: ``hot_water_volume``, ``cold_water_temperature``, ``hot_water_temperature``, ``source_temperature``,
            ``standing_loss``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing or unknown.
        OutOfRange: hot water that is not hotter, or less than the reversible work of heating this water.
    """
    check(PARAMETERS, before, after, common)
    heat = _heat(common)
    with part(AFTER):
        findings = _within(number(after, "heating_cop"), common)
    efficiency = number(before, "heater_efficiency")
    energy_before = law.resistance_heater_energy(heat, efficiency, reading(PARAMETERS, before, "auxiliary_energy"))
    pumps = reading(PARAMETERS, after, "auxiliary_energy")
    energy_after = law.heat_pump_energy(
        heat, number(after, "heating_cop"), number(after, "backup_share"), efficiency, pumps
    )
    energy_before = energy_before.renamed("energy_before_model", "E_m0")
    energy_after = energy_after.renamed("energy_after_model", "E_m1")
    remaining = remaining_energy(energy_before, energy_after)
    findings += [*notes_on_readings("heat_pump", PARAMETERS, before, after), *uses_more("heat_pump", remaining)]
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that a heat pump can save: all but the reversible work of heating this water from this source.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    heat = _heat(common)
    energy_before = law.resistance_heater_energy(
        heat, number(before, "heater_efficiency"), reading(PARAMETERS, before, "auxiliary_energy")
    )
    least = heat * _least_work(common)
    return Ceiling(
        law.largest_cooling_saving(energy_before, least),
        "No heat pump takes less than the reversible work of heating this water from its source (mean temperature of "
        "the heated water).",
        "任何熱泵都不能低於由該熱源將水加熱之可逆功（以受熱水之對數平均溫度計）。",
        cite("second-law", "heated stream"),
    )


def _heat(common: Given) -> Quantity:
    cold, hot = number(common, "cold_water_temperature"), number(common, "hot_water_temperature")
    mean = second_law.mean_heating_temperature(cold, hot)
    water = law.hot_water_heat(
        number(common, "hot_water_volume"), water_density(cold), water_specific_heat(mean), cold, hot
    )
    return law.heat_to_be_made(water, number(common, "standing_loss"))


def _least_work(common: Given) -> Quantity:
    mean = second_law.mean_heating_temperature(
        number(common, "cold_water_temperature"), number(common, "hot_water_temperature")
    )
    return second_law.least_work_of_heat(number(common, "source_temperature"), mean)


def _within(cop: Quantity, common: Given) -> list[Finding]:
    """Refuse a COP above the reversible one of the heated water; doubt one near Carnot at delivery temperature."""
    source, hot = number(common, "source_temperature"), number(common, "hot_water_temperature")
    stated, least = float(cop.value_in("1")), float(_least_work(common).value_in("1"))
    if stated * least > 1:
        raise OutOfRange(
            "a COP above that of a reversible heat pump for this water and source",
            subject=current_subject(),
            value=f"COP {stated:.2f}",
            limit=f"{1 / least:.2f} (second law, water heated from inlet to delivery)",
            next_step="Check the COP (mean of the period, not the best point) and the temperatures",
        )
    if float(source.value_in("K")) >= float(hot.value_in("K")):
        return [
            doubt(
                "heat_pump.source_hotter",
                "warning",
                f"The source at {source.value_in('degC'):.1f} °C is as hot as the water wanted "
                f"({hot.value_in('degC'):.1f} °C): a heat exchanger can do that without compressor.",
                f"熱源 {source.value_in('degC'):.1f} °C 不低於出水溫度 {hot.value_in('degC'):.1f} °C，"
                "以熱交換器即可加熱，不需壓縮機。",
                cite("second-law", "lift"),
            )
        ]
    carnot = float(second_law.carnot_heating_cop(source, hot).value_in("1"))
    if stated <= second_law.HEATING_SHARE * carnot:
        return []
    above = stated > carnot
    share = f"{100 * stated / carnot:.0f} %"
    return [
        doubt(
            "heat_pump.above_carnot" if above else "heat_pump.near_carnot",
            "error" if above else "warning",
            f"COP {stated:.2f} is {share} of Carnot between source and delivery temperature ({carnot:.2f}); "
            + (
                "no machine that delivers all its heat at that temperature can." if above else "above 65 % needs proof."
            ),
            f"COP {stated:.2f} 為熱源與出水溫度間卡諾值 {carnot:.2f} 之 {share}，"
            + ("以出水溫度供熱之機組不可能達到。" if above else "超過 65 % 應舉證。"),
            cite("second-law", "reversible heat pump"),
            heating_cop=f"{stated:.2f}",
            carnot_cop=f"{carnot:.2f}",
        )
    ]


PARAMETERS = (
    Parameter("heater_efficiency", ("before",), "%", "95 %", "電熱器效率（熱／電），至多 100 %；亦用於熱泵之輔助電熱",
              "heat over electricity of the electric heater, at most 100 %; also used for the back-up heater",
              range=(30, 100)),
    Parameter("heating_cop", ("after",), "1", "3.4", "期間平均 COP（含除霜），現場水溫與熱源溫度下",
              "mean COP of the period (with defrost), at the site's water and source temperatures", range=(1, 20)),
    Parameter("backup_share", ("after",), "%", "0 %", "仍由電熱供應之熱量比例",
              "share of the heat that the electric heater still makes", range=(0, 100)),
    Parameter("auxiliary_energy", BOTH, "kWh", "1,200 kWh", "期間循環泵等用電",
              "electricity of pumps in the period", range=(0, None), default_uncertainty=ENERGY_METER),
    Parameter("hot_water_volume", ("common",), "m3", "3,000 m3", "期間熱水量（冷水側水表）",
              "hot water of the period, by a meter in the cold water", range=(0.1, None)),
    Parameter("cold_water_temperature", ("common",), "degC", "25 °C", "進水溫度", "inlet", range=(0.1, 90)),
    Parameter("hot_water_temperature", ("common",), "degC", "55 °C", "出水溫度", "delivered", range=(1, 95)),
    Parameter("source_temperature", ("common",), "degC", "24 °C", "熱源平均溫度（外氣、廢熱水等）",
              "mean temperature of the heat source (outdoor air, waste water)", range=(-20, 60)),
    Parameter("standing_loss", ("common",), "kWh", "2,000 kWh", "期間儲槽與管路散熱；不計者填 0 kWh",
              "heat loss of tank and pipes in the period; 0 kWh where left out", range=(0, None)),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="heat_pump_water_heating",
    label_zh="熱泵取代電熱製熱水",
    label_en="Heat pump in place of electric water heating",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"heater_efficiency": "90 %", "auxiliary_energy": "0 kWh"},
        after={"heating_cop": "3", "backup_share": "0 %", "auxiliary_energy": "0 kWh"},
        common={
            "hot_water_volume": "3,000 m3",
            "cold_water_temperature": "25 °C",
            "hot_water_temperature": "55 °C",
            "source_temperature": "25 °C",
            "standing_loss": "0 kWh",
        },
        of="saving_rate",
        given="70 %",
        tolerance=1e-9,
        source=cite("ecct-heat-pump", "採用熱泵系統, calculation example"),
        because_en="the source gives 70 %, because 3,000 t heated from 25 to 55 °C take heat/0.9 with electricity and "
        "heat/3 with the heat pump; the source temperature is ours.",
        because_zh="來源值 70 %，因為 3,000 噸水由 25 升至 55 °C，電熱除以 0.9、熱泵除以 3；熱源溫度為本例自訂。",
    ),
    limits_zh="COP 取期間平均；不計室內外冷卻效益；熱水量與溫度不變。燃氣改熱泵請用另一項技術。",
    limits_en="Mean COP of the period; useful cooling at the source is not counted; same water at the same "
    "temperature. From gas to a heat pump is another technology.",
)
DESCRIPTIONS = (DESCRIPTION,)
