"""A strict grammar of readings: what is understood is noticed, everything else is listed and refused."""

import numpy as np
import pytest

from energycalc.errors import InputError, MeterDataError
from energycalc.metering import read_meter, series_findings, total_energy_kwh
from energycalc.metering.numbers.reading import read_numbers


@pytest.fixture
def numbers(layout, tmp_path):
    def read(*texts, **declared):
        chosen = layout(tmp_path / "meter.csv", **declared)
        return read_numbers(texts, list(range(2, len(texts) + 2)), chosen)

    return read


def kinds(readings):
    return {notice.kind for notice in readings.notices}


@pytest.mark.parametrize(
    ("text", "value", "notice"),
    [
        ("1,234.5", 1234.5, "thousands_separator"),
        ("1,234,567", 1234567, "thousands_separator"),
        ("+12,345.", 12345, "thousands_separator"),
        ("１２３", 123, "fullwidth_digits"),
        ("　１２．５", 12.5, "fullwidth_digits"),
        ("12.5 kWh", 12.5, "unit_in_cell"),
        ("12.5度", 12.5, "unit_in_cell"),
        ("1,234.5 kWh", 1234.5, "unit_in_cell"),
    ],
)
def test_what_is_understood_is_noticed_with_its_line(numbers, text, value, notice):
    readings = numbers("1.5", text, "2")
    assert readings.values.tolist() == [1.5, value, 2]
    found = {each.kind: each for each in readings.notices}[notice]
    assert found.lines == (3,) and found.sentence and found.sentence_zh
    assert not readings.unread


def test_plain_columns_have_no_notice(numbers):
    readings = numbers("1", "2.5", "1e3", ".5", "00123")
    assert readings.values.tolist() == [1, 2.5, 1000, 0.5, 123] and readings.notices == ()


def test_a_unicode_minus_is_a_minus(numbers):
    with pytest.raises(MeterDataError, match="negative"):
        numbers("1", "−5")
    readings = numbers("1", "−5", negative="allow")
    assert readings.values.tolist() == [1, -5] and kinds(readings) == {"unicode_minus"}


@pytest.mark.parametrize(
    "cell",
    [
        "1,5", "12,34", "0,567", "1,23,456", "1,234,56", ",123", "1.234,5", "1.2.3", "1_000", "inf", "-inf", "Infinity",
        "1e999", "<0.1", ">5", "#DIV/0!", "-", "N/A", "NA", "null", "--", "12 kvarh", "12 kW", "12 k", "85%", "(12)",
        "١٢٣", "1 234", "0x1A", "'12", "12 34", "nil", "無資料",
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_never_one(numbers, cell):
    for empty in ("refuse", "exclude"):
        with pytest.raises(MeterDataError, match="line 3, column kWh") as refused:
            numbers("1.5", cell, "2", empty=empty)
        assert repr(cell) in refused.value.value and refused.value.next_step


def test_all_such_cells_are_listed(numbers):
    with pytest.raises(MeterDataError, match="4 such cells") as refused:
        numbers("1", "N/A", "2", "#DIV/0!", "N/A", "<0.1")
    assert refused.value.value == "'N/A' on line 3, 6; '#DIV/0!' on line 5; '<0.1' on line 7"
    assert 'not_numbers: ["N/A"' in refused.value.next_step and "<0.1" not in refused.value.next_step


def test_declared_tokens_leave_their_rows_out_each_with_its_reason(write, clean):
    rows = [*clean[:2], (clean[2][0], "N/A"), (clean[3][0], "-"), *clean[4:]]
    series = read_meter(write(rows, not_numbers=("N/A", "-")))
    assert series.ledger.reasons == (
        "the cell says 'N/A', declared as no number",
        "the cell says '-', declared as no number",
    )
    assert (series.ledger.rows_used, series.ledger.rows_excluded, len(series.ledger.missing)) == (4, 2, 2)
    assert total_energy_kwh(series) == 7.5
    with pytest.raises(MeterDataError, match="'-' on line 5"):
        read_meter(write(rows, not_numbers=("N/A",)))


@pytest.mark.parametrize("tokens", ["N/A", ("",), ("0",), ("99999", "N/A"), ("1,234",), (5,)])
def test_a_number_is_not_declared_away(write, tokens):
    with pytest.raises(InputError, match="not_numbers"):
        write(not_numbers=tokens)


def test_a_lone_comma_is_asked_where_both_readings_fit(numbers):
    with pytest.raises(MeterDataError, match="thousands or decimals: 1234 or 1.234 kWh"):
        numbers("1,234", "2,345", delimiter=";")
    assert numbers("1,234", "2,345", delimiter=";", decimal_mark="point").values.tolist() == [1234, 2345]
    assert numbers("1,234", "2,345", delimiter=";", decimal_mark="comma").values.tolist() == [1.234, 2.345]
    # a number below 1000 without comma, a point anywhere, two commas: thousands for certain
    for other in ("987", "0.5", "1,234,567"):
        assert numbers("1,234", other, delimiter=";").values[0] == 1234
    # a cell with four digits in a row says that thousands are not separated here
    with pytest.raises(MeterDataError, match="thousands or decimals"):
        numbers("1,234", "12345")
    assert numbers("1,234", "2,345").values.tolist() == [1234, 2345]  # commas separate the cells, so not the decimals


def test_a_declared_decimal_comma(numbers):
    readings = numbers("1,5", "1.234,5", "7", "1.234", decimal_mark="comma")
    assert readings.values.tolist() == [1.5, 1234.5, 7, 1234] and kinds(readings) == {"decimal_comma"}
    for cell in ("1.5", "1,5,5", "12.34,5", "1.234.56"):
        with pytest.raises(MeterDataError):
            numbers("1,5", cell, decimal_mark="comma")


def test_the_unit_in_a_cell_is_that_of_the_column(numbers):
    driver = {"quantity_kind": "interval_mean", "value_column": "share"}
    assert numbers("85%", "90 %", unit="%", **driver).values.tolist() == [85, 90]
    assert numbers("30.5 °C", unit="degC", **driver).values.tolist() == [30.5]
    assert numbers("86°F", unit="degF", **driver).values.tolist() == [86]
    for unit, cell in (("degC", "86°F"), ("%", "0.85 kWh"), ("t", "12 kg")):
        with pytest.raises(MeterDataError, match="beside a number"):
            numbers(cell, unit=unit, **driver)


def test_notices_reach_the_findings(write, clean):
    rows = [*clean[:2], (clean[2][0], '"1,234.5"'), *clean[3:]]
    series = read_meter(write(rows))
    assert series.reading_kwh[2] == 1234.5
    found = {finding.id: finding for finding in series_findings(series)}
    assert found["metering.thousands_separator"].severity == "note"
    assert "1,234.5" in found["metering.thousands_separator"].sentence
    assert np.isclose(series.ledger.used, total_energy_kwh(series))
    assert not any(finding.id == "metering.thousands_separator" for finding in series_findings(read_meter(write())))
