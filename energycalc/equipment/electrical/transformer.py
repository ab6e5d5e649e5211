"""Transformers: no-load and load loss over a load profile, replacement, and switching one of several off."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    levels,
    number,
    part,
    plain_text,
    subject_of,
    uses_more,
    word,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.electricity.power_factor import active_from_apparent_power
from energycalc.physics.electricity.transformer import (
    bank_loss,
    transformer_efficiency,
    transformer_loading,
    transformer_loss,
)
from energycalc.quantity import Quantity, cite, current_subject, minimum, total
from energycalc.quantity.quantity import pure_number

_BALANCE = cite("energy-balance", "sum over the levels of load")
_LABEL = "負載 load"


def loss_at(side: Given, load: Quantity) -> Quantity:
    """Loss of all transformers of one side at a load.

    Args:
        side: rating, losses, number, and whether the number in service follows the load.
        load: of the whole bank, kVA.

    Raises:
        OutOfRange: more load than the bank can carry, or a number of transformers that is not whole.
    """
    available = _whole(side)
    rating = number(side, "transformer_rating")
    counts = range(1, available + 1) if word(side, "switching") == "as_needed" else (available,)
    carried, full = float(load.value_in("kVA")), float(rating.value_in("kVA"))
    losses = [_loss_of(side, load, count) for count in counts if carried <= count * full * (1 + 1e-12)]
    if not losses:
        raise OutOfRange(
            "more load than the transformers can carry",
            subject=current_subject(),
            value=f"{carried:,.0f} kVA",
            limit=f"{available * full:,.0f} kVA ({available} transformers of {full:,.0f} kVA)",
            next_step="Choose a larger transformer, or check the load profile",
        )
    least = losses[0]
    for loss in losses[1:]:
        least = minimum(least, loss).renamed("least_bank_loss", "P_T,min", cite("transformer-losses", "fewest losses"))
    return least


def _whole(side: Given) -> int:
    stated = number(side, "number_of_transformers")
    count = round(float(stated.value_in("1")))
    if abs(float(stated.value_in("1")) - count) > 1e-9:
        raise OutOfRange(
            "must be a whole number",
            subject=subject_of("number_of_transformers"),
            value=plain_text(stated),
            limit="1, 2, 3 and so on",
            next_step="Count the transformers in parallel",
        )
    return count


def _loss_of(side: Given, load: Quantity, count: int) -> Quantity:
    in_service = pure_number(count)
    loading = transformer_loading(load / in_service, number(side, "transformer_rating"))
    single = transformer_loss(number(side, "no_load_loss"), number(side, "load_loss"), loading)
    return bank_loss(single, in_service)


def _intake(before: Given, after: Given, common: Given) -> tuple[list[list[Quantity]], list[Quantity], list[Finding]]:
    """Energies of losses of both sides and of the power carried, level by level; and doubts on the efficiency."""
    losses: list[list[Quantity]] = [[], []]
    carried, findings = [], []
    for index, level in enumerate(levels(common["load_profile"], "load_profile", _LABEL, _LEVEL), start=1):
        load, hours = number(level, "transformer_load"), number(level, "hours")
        with part(f"{_LABEL} {index}"):
            active = active_from_apparent_power(load, number(level, "load_power_factor"))
            carried.append(electrical_energy(active, hours))
            for place, (side, label) in enumerate(((before, BEFORE), (after, AFTER))):
                with part(label):
                    loss = loss_at(side, load)
                    losses[place].append(electrical_energy(loss, hours))
                    findings += _efficiency_doubts(active, loss)
    return losses, carried, findings


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace transformers, or let the number in service follow the load.

    Args:
        before: ``transformer_rating``, ``no_load_loss``, ``load_loss``, ``loss_reference_temperature``,
            ``number_of_transformers``, ``switching``.
        after: the same.
        common: ``load_profile`` (list of ``transformer_load``, ``load_power_factor`` and ``hours``).

    Returns:
        The remaining fraction of the energy at the primary side (what is carried plus the losses).

    Raises:
        OutOfRange: more load than the transformers can carry.
    """
    check(PARAMETERS, before, after, common)
    losses, carried, findings = _intake(before, after, common)
    names = ("transformer_loss_before", "E_L0"), ("transformer_loss_after", "E_L1")
    lost = [total(terms).renamed(*name, _BALANCE) for terms, name in zip(losses, names, strict=True)]
    passed = total(carried).renamed("energy_carried", "E_c", _BALANCE)
    energy_before = (passed + lost[0]).renamed("energy_before_model", "E_m0", _BALANCE)
    energy_after = (passed + lost[1]).renamed("energy_after_model", "E_m1", _BALANCE)
    if energy_before.value <= 0:
        raise InputError(
            "no level has any load or loss: there is nothing to compare",
            subject=subject_of("load_profile"),
            value=plain_text(common["load_profile"]),
            next_step="Give levels with hours, and the losses of the test report",
        )
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _BALANCE)
    findings += _mean_load(common)
    findings += _reference_temperatures(before, after)
    findings += uses_more("transformer", remaining)
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that transformers can save: all their losses.

    Args:
        before: the transformers.
        after: not used for the limit.
        common: the load profile.
    """
    losses, carried, _ = _intake(before, before, common)
    lost = total(losses[0])
    share = (lost / (total(carried) + lost)).renamed("largest_saving", "s_max", _CEILING)
    return Ceiling(
        share,
        "A transformer cannot save more than its own no-load and load losses.",
        "變壓器節電不可能超過其無載損與負載損。",
        _CEILING,
    )


_CEILING = cite("transformer-losses", "no-load plus load losses before")


def _efficiency_doubts(active: Quantity, loss: Quantity) -> list[Finding]:
    if active.value == 0:
        return []
    efficiency = transformer_efficiency(active, loss).value
    if efficiency <= 0.999:
        return []
    return [
        doubt(
            "transformer.efficiency",
            "warning",
            f"An efficiency of {100 * efficiency:.2f} % is more than transformers reach: check the losses and their "
            "unit.",
            f"效率 {100 * efficiency:.2f} % 高於變壓器可達值，請確認損失值與單位。",
            cite("energycalc-rules", "TP20: an efficiency above 99.9 %"),
            efficiency=f"{efficiency:.5f}",
        )
    ]


def _mean_load(common: Given) -> list[Finding]:
    profile = common["load_profile"]
    if not isinstance(profile, list | tuple) or len(profile) > 1:
        return []
    return [
        doubt(
            "transformer.one_level",
            "note",
            "One level of load: where the load varies, a mean load understates the load loss, which follows the "
            "square.",
            "只有一級負載：負載變動時以平均值計會低估負載損（與負載平方成正比）。",
            cite("transformer-losses", "square of the load; Jensen's inequality"),
            levels="1",
        )
    ]


def _reference_temperatures(before: Given, after: Given) -> list[Finding]:
    old, new = (float(number(s, "loss_reference_temperature").value_in("degC")) for s in (before, after))
    if abs(old - new) < 0.5:
        return []
    return [
        doubt(
            "transformer.reference_temperature",
            "warning",
            f"The load losses are stated at {old:.0f} and {new:.0f} °C; winding resistance rises with temperature, so "
            "they are not alike. Ask for both at one temperature.",
            f"負載損之參考溫度不同（{old:.0f}、{new:.0f} °C），繞組電阻隨溫度上升，應取同一溫度之值。",
            None,
            before=f"{old:.0f} degC",
            after=f"{new:.0f} degC",
        )
    ]


_LEVEL = (
    Parameter("transformer_load", ("common",), "kVA", "600 kVA", "該級負載（全組視在功率）", "of the whole bank",
              range=(0, 200000)),
    Parameter("load_power_factor", ("common",), "1", "0.92", "該級功率因數", "power factor at this level",
              range=(0.1, 1)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("transformer_rating", BOTH, "kVA", "1,000 kVA", "單台額定容量（銘牌）", "rating of one, nameplate",
              range=(1, 100000)),
    Parameter("no_load_loss", BOTH, "kW", "1.7 kW", "單台無載損（試驗報告，額定電壓）",
              "no-load loss of one at rated voltage, test report", range=(0, 200)),
    Parameter("load_loss", BOTH, "kW", "10.5 kW", "單台負載損（試驗報告，額定電流、參考溫度）",
              "load loss of one at rated current and reference temperature, test report", range=(0, 1000)),
    Parameter("loss_reference_temperature", BOTH, "degC", "75 degC", "負載損之參考溫度（試驗報告）",
              "temperature at which the load loss is stated", range=(20, 200)),
    Parameter("number_of_transformers", BOTH, "1", "2", "同型並聯台數", "equal transformers in parallel",
              range=(1, 12)),
    Parameter("switching", BOTH, "", "all_on", "all_on 全部投入；as_needed 依負載投入損失最小之台數",
              "all_on: all in service; as_needed: the number in service that loses least at each load",
              choices=("all_on", "as_needed")),
    Parameter("load_profile", ("common",), "", "[{transformer_load: 600 kVA, load_power_factor: 0.92, hours: 3,000 h}]",
              "負載分級（15 分鐘紀錄整理）：視在功率、功率因數、時數；無負載但帶電之時數以 0 kVA 列入",
              "15-minute record sorted into levels: apparent power, power factor, hours; hours at voltage without "
              "load as 0 kVA"),
)  # fmt: skip

TRANSFORMER = TechnologyDescription(
    "transformer_replacement",
    "變壓器汰換／停用輕載變壓器",
    "Transformer replacement, switching transformers off",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={
            "transformer_rating": "100 kVA",
            "no_load_loss": "200 W",
            "load_loss": "1,200 W",
            "loss_reference_temperature": "75 degC",
            "number_of_transformers": "1",
            "switching": "all_on",
        },
        after={
            "transformer_rating": "100 kVA",
            "no_load_loss": "200 W",
            "load_loss": "1,200 W",
            "loss_reference_temperature": "75 degC",
            "number_of_transformers": "1",
            "switching": "all_on",
        },
        common={"load_profile": [{"transformer_load": "40 kVA", "load_power_factor": "0.95", "hours": "8,760 h"}]},
        of="transformer_loss",
        given="392 W",
        tolerance=0.001,
        source=cite("transformer-losses", "100 kVA, 200 W and 1,200 W, 40 % load, power factor 0.95"),
        because_en="The source gives roughly 392 W of loss (98.97 %), because the core takes 200 W always and the "
        "windings 16 % of 1,200 W at 40 % load. Reference temperature and hours are ours; before and after are the "
        "same machine.",
        because_zh="來源值約 392 W（效率 98.97 %）：鐵損 200 W 恆定，40 % 負載時銅損為 1,200 W 之 16 %；"
        "參考溫度與時數為自設，前後為同一台。",
    ),
    limits_zh="正弦負載、並聯台數均分負載；諧波附加損、溫度修正與投切損失未計。",
    limits_en="Sinusoidal load shared equally; extra losses of harmonics, correction for winding temperature and "
    "switching are not covered.",
    turning_point_zh="停用一台省無載損，但其餘各台負載損增加：負載超過某點後多投一台反而較省；單台最佳效率在負載損等於無載損處。",
    turning_point_en="Switching one off saves its no-load loss and raises the load loss of the others: above some "
    "load one more in service loses less; a single one is best where load loss equals no-load loss.",
)
DESCRIPTIONS = (TRANSFORMER,)
