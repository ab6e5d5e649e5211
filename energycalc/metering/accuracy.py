"""What stands between a meter's digits and what flowed: gains with class limits, and ratios."""

from __future__ import annotations

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import CASE_FILE_WORDS, MeterLayout, ratio_value
from energycalc.quantity import FileOrigin, Quantity, Source, quantity
from energycalc.quantity.distributions import rectangular

METER_CLASSES = {"0.5S": 0.5, "1": 1.0, "2": 2.0}
TRANSFORMER_CLASSES = {"0.5": 0.5, "1": 1.0}
_SECOND_HAND = "default from the class plate, read in a maker's page, not in the standard; a certificate replaces it"


def meter_factors(layout: MeterLayout) -> tuple[Quantity, ...]:
    """The leaves that every total of this meter shares: gains of meter and transformer, and the ratios.

    Only what the layout declares becomes a leaf. A gain is 1 with a rectangular deviation of the class
    limit: one unknown, constant error of the installed meter, so that two totals of the same meter go up
    and down together.

    Args:
        layout: gives classes and ratios.

    Returns:
        The declared factors, dimensionless.

    Raises:
        InputError: a class is unknown and no limit of error in per cent.

    Limits of validity:
        The meter class holds within the rated current range; the transformer class at rated current, with
        double the error or more below 20 % of it, and phase error on top at low power factor. The classes are
        those of electricity meters: a volume meter takes a limit of error in per cent.
    """
    meter_classes = METER_CLASSES if layout.kind_of_amount == "energy" else {}
    named = (
        (
            "meter_gain",
            "g_m",
            layout.accuracy_class,
            meter_classes,
            "iec-62053",
            "of reading within the rated current range",
        ),
        (
            "transformer_gain",
            "g_ct",
            layout.transformer_class,
            TRANSFORMER_CLASSES,
            "iec-61869-2",
            "at rated current",
        ),
    )
    gains = [
        quantity(
            1.0,
            "1",
            name=name,
            symbol=symbol,
            basis="nameplate",
            source=_class_source(written, classes, document, where, layout.declared_in),
            uncertainty=rectangular(_limit_percent(written, classes, name, layout) / 100),
            subject=layout.meter,
        )
        for name, symbol, written, classes, document, where in named
        if written is not None
    ]
    ratios = [
        quantity(
            ratio_value(ratio, f"{layout.subject}, {CASE_FILE_WORDS[name]}"),
            "1",
            name=name,
            symbol=symbol,
            basis="nameplate",
            source=Source(f"declared transformer ratio {ratio}", file=layout.declared_in),
            subject=layout.meter,
        )
        for name, symbol, ratio in (
            ("current_transformer_ratio", "N_ct", layout.current_transformer_ratio),
            ("voltage_transformer_ratio", "N_vt", layout.voltage_transformer_ratio),
        )
        if ratio is not None
    ]
    return (*gains, *ratios)


def _limit_percent(written: str, classes: dict[str, float], name: str, layout: MeterLayout) -> float:
    """Limit of error in per cent: of a known class, or as stated (``1.5 %``)."""
    text = written.replace("％", "%").replace("±", "").strip()
    if text in classes:
        return classes[text]
    try:
        percent = float(text.removesuffix("%")) if text.endswith("%") else 0.0
    except ValueError:
        percent = 0.0
    if not 0 < percent < 100:
        raise InputError(
            f"{'accuracy_class' if name == 'meter_gain' else 'ct_class'} is unknown",
            subject=layout.subject,
            value=written,
            limit=f"classes {', '.join(classes) or '(of electricity meters) do not hold for a volume meter'}",
            next_step='Write the class as on the plate, or the limit of error like "1.5 %"'
            if classes
            else 'Write the limit of error like "1 %"',
        )
    return percent


def _class_source(
    written: str, classes: dict[str, float], document: str, where: str, declared_in: FileOrigin | None
) -> Source:
    text = written.replace("±", "").strip()
    if text in classes:
        limit = f"class {text}: ±{classes[text]:g} % {where}"
        return Source(document, limit, confidence=_SECOND_HAND, file=declared_in)
    return Source("limit of error as declared for this meter", f"±{text} {where}", file=declared_in)
