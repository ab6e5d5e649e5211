"""Html pages under the name of a workbook: their table is read, marked, or refused for what it is."""

import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.table import read_cells


def page(rows, head="", table="<table border=1>"):
    body = "".join(f"<tr><td>{time}</td><td>{value}</td></tr>" for time, value in rows)
    return f"<html><head>{head}</head><body>{table}<tr><th>time</th><th>kWh</th></tr>{body}</table></body></html>"


@pytest.fixture
def html(tmp_path, layout):
    def make(text, written_in="utf-8", name="meter.xls", **declared):
        path = tmp_path / name
        path.write_bytes(text.encode(written_in))
        return layout(path, **declared)

    return make


def test_a_page_named_as_a_workbook_is_read_with_a_notice(html, clean):
    series = read_meter(html(page(clean)))
    assert total_energy_kwh(series) == 9.75 and list(series.line) == [2, 3, 4, 5, 6, 7]
    assert [notice.kind for notice in series.notices] == ["true_type"]
    assert read_meter(html(page(clean), name="meter.html")).notices == ()


@pytest.mark.parametrize("start", ["\n  ", "<!DOCTYPE html>\n", "<?xml version='1.0'?>\n", "<!-- made by x -->"])
def test_the_usual_starts_of_a_page_are_known(html, clean, start):
    assert total_energy_kwh(read_meter(html(start + page(clean)))) == 9.75


def test_the_codec_that_the_page_states_is_taken(html, clean):
    text = page(clean, '<meta http-equiv="Content-Type" content="text/html; charset=big5">').replace("kWh", "度 銹裏")
    cells = read_cells(html(text, "cp950", value_column="度 銹裏", encoding="auto", unit="kWh"))
    assert cells.values[0] == "1.5"


def test_entities_line_breaks_and_blanks_in_cells_are_text(html):
    rows = [("2024-03-01&nbsp;00:15", " 1.5 "), ("2024-03-01<br>00:30", "<b>2</b>")]
    assert read_cells(html(page(rows))).values == ["1.5", "2"]
    assert read_cells(html(page(rows))).times == ["2024-03-01 00:15", "2024-03-01 00:30"]


def test_a_cell_over_several_rows_fills_them_with_a_notice(html):
    rows = "".join(
        f"<tr>{'<td rowspan=3>2024-03-01</td>' * (n == 1)}<td>0{n}:00</td><td>{n}</td></tr>" for n in (1, 2, 3)
    )
    text = f"<table><tr><td>day</td><td>clock</td><td>kWh</td></tr>{rows}</table>"
    series = read_meter(html(text, time_column="day", clock_column="clock", interval="1 h"))
    assert total_energy_kwh(series) == 6
    assert [(n.kind, n.lines) for n in series.notices if n.kind == "merged_cell"] == [("merged_cell", (3, 4))]


def test_scripts_and_styles_are_no_cells(html, clean):
    text = page(clean).replace("1.5", "<script>alert(7)</script><style>td{}</style>1.5")
    assert read_cells(html(text)).values[0] == "1.5"


def test_tables_without_end_tags_are_read(html):
    text = "<table><tr><td>time<td>kWh<tr><td>2024-03-01 00:15<td>1<tr><td>2024-03-01 00:30<td>2</table>"
    assert total_energy_kwh(read_meter(html(text))) == 3


def test_several_tables_are_asked_about(html, clean):
    text = page(clean).replace("<body>", "<body><table><tr><td>factory</td></tr></table>")
    with pytest.raises(MeterDataError, match="several sheets") as refused:
        read_meter(html(text))
    assert refused.value.value == "table 1, table 2"
    assert total_energy_kwh(read_meter(html(text, sheet="table 2"))) == 9.75


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda text: text.replace("</table>", ""), "a table is not closed"),
        (lambda text: text.replace("1.5", "<table><tr><td>1.5</td></tr></table>"), "table inside a table"),
        (lambda text: "<html><body>Please log in</body></html>", "holds no table"),
        (lambda text: text.replace("<td>1.5", "<td rowspan=3>1.5"), "merged over several rows"),
    ],
)
def test_a_page_that_cannot_be_read_safely_is_refused(html, clean, change, match):
    with pytest.raises(MeterDataError, match=match):
        read_meter(html(change(page(clean))))


def test_a_page_of_endless_spans_is_refused(html, clean):
    text = page(clean).replace("<td>1.5", "<td colspan=10000>1.5" * 400)
    with pytest.raises(MeterDataError, match="too many cells"):
        read_meter(html(text))
