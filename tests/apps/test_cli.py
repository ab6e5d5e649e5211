"""The command line: what a person reads, which exit code a script gets, and that nobody meets a traceback."""

import dataclasses
import re
from pathlib import Path

import pytest
from rich.console import Console
from xlsxwriter.exceptions import FileCreateError

from energycalc.apps import cli, running, terminal
from energycalc.apps.refusals import asked_language, file_refusal, refusal
from energycalc.apps.starter import write_starter
from energycalc.apps.terminal_numbers import Numbers
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.equipment import TECHNOLOGIES
from energycalc.errors import InputError
from energycalc.factors import published_factors
from energycalc.finding import Finding
from energycalc.metering import MeterLayout, read_meter
from energycalc.quantity import Quantity, quantity
from energycalc.quantity.distributions import normal
from energycalc.quantity.uncertainty import propagate
from energycalc.reports import workbook
from energycalc.reports.figure_text import columns
from energycalc.reports.results_json import as_data
from energycalc.reports.words import LANGUAGES, words

CONTRADICTION = Finding("test.contradiction", "error", "M-01", "saves more than it uses", "節能量大於用量")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Command:
    """``energycalc ...`` as it is typed, in a terminal of 80 columns."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        monkeypatch.setenv("COLUMNS", "80")

    def __call__(self, *arguments: object) -> Answer:
        self.monkeypatch.setattr("sys.argv", ["energycalc", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = self.capsys.readouterr()
        return Answer(int(end.value.code or 0), captured.out, captured.err)


@pytest.fixture
def energycalc(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def steel() -> Assessment:
    return assess(load_case(examples_folder() / "steel_plant"), published_factors())


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assess(load_case(write_starter(tmp_path_factory.mktemp("case") / "new")), published_factors())


def shown(assessment: Assessment, language: str) -> str:
    console = Console(width=80)
    with console.capture() as captured:
        terminal.show_assessment(assessment, language, console)
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.get())


# --- run


@pytest.mark.parametrize("language", LANGUAGES)
def test_eighty_columns_hold_everything(steel: Assessment, language: str) -> None:
    text = shown(steel, language)
    assert not re.search(r"\d…\s", text)  # the mark of a cell that was cut
    assert max(columns(line.rstrip()) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_finds_money_meter_and_basis_of_heat(steel: Assessment, language: str) -> None:
    text = shown(steel, language)
    assert "529" in text  # investment, 10,000 TWD: the sum of the costs in the case file
    assert "35,040" in text
    assert "628.7 kW" in text
    assert "09:30" in text
    assert "(LHV)" in text or "（LHV）" in text


def test_a_leaning_payback_shows_its_ends(steel: Assessment) -> None:
    assert re.search(r"\d…\d", shown(steel, "en"))


def test_no_two_columns_have_the_same_heading() -> None:
    for language in LANGUAGES:
        heads = [value for key, value in words("terminal", language).items() if key.startswith("columns_")]
        assert len(set(heads)) == len(heads)


def test_both_languages_have_the_same_words() -> None:
    assert set(words("terminal", "en")) == set(words("terminal", "zh-TW"))


def test_a_gas_meter_has_a_volume_and_no_demand(tmp_path: Path, steel: Assessment) -> None:
    rows = "".join(f"2024-03-01 {hour:02}:00,2.5\n" for hour in range(1, 5))
    (tmp_path / "gas.csv").write_text(f"time,gas\n{rows}", "utf-8")
    gas = read_meter(
        MeterLayout(
            file=tmp_path / "gas.csv", time_column="time", value_column="gas", unit="m3", interval="1 h",
            quantity_kind="interval_volume", stamp="interval_end", midnight="starts_day", time_zone="Asia/Taipei",
        )
    )  # fmt: skip
    assert terminal._amount_and_peak(gas, words("terminal", "en")) == ["total 10 m³"]
    data = as_data(dataclasses.replace(steel, meters={"GAS": gas}))["meters"][0]
    assert (data["total"], data["unit"], data["peak"]) == (10, "m3", None)


def payback_of(u_saved: float) -> tuple[Numbers, Quantity, Quantity]:
    cost = quantity(100_000, "TWD[2018]", name="investment", symbol="I")
    saved = quantity(20_000, "TWD[2018]/yr", name="cost_saving", symbol="S", uncertainty=normal(u_saved))
    saved_twice = (2 * saved).renamed("cost_saving", "S_2")
    payback = (cost / saved_twice).to("yr").renamed("simple_payback", "n")
    known = {r.output: r for r in propagate([saved_twice, payback], draws=10_000)}
    return Numbers(known, words("terminal", "en")), payback, saved_twice


def test_a_payback_of_a_saving_that_may_be_nothing_has_a_word_for_an_interval() -> None:
    numbers, payback, saved = payback_of(15_000)
    assert numbers.stacked_payback(payback, saved) == "2.5\nuncertain"
    numbers, payback, saved = payback_of(300)
    assert numbers.stacked_payback(payback, saved) == "2.500\n±0.074"
    assert numbers.stacked_payback(None, saved) == "–"


def test_a_clean_run_ends_with_0_and_a_contradiction_with_1(
    energycalc: Command, starter: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = starter.case.folder
    monkeypatch.setattr(running, "assess", lambda *a, **k: starter)
    clean = energycalc("run", folder)
    assert (clean.code, "✗" in clean.out) == (0, False)
    wrong = dataclasses.replace(starter, findings=(*starter.findings, CONTRADICTION))
    monkeypatch.setattr(running, "assess", lambda *a, **k: wrong)
    for language in LANGUAGES:
        answer = energycalc("run", folder, "--lang", language)
        assert answer.code == 1
        last = words("terminal", language)["errors_banner"].format(count=1)
        assert re.sub(r"\s", "", answer.out).endswith(re.sub(r"\s", "", last))


def test_files_are_written_in_spite_of_a_contradiction(
    energycalc: Command, starter: Assessment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(running, "assess", lambda *a, **k: dataclasses.replace(starter, findings=(CONTRADICTION,)))
    monkeypatch.setattr("energycalc.reports.figures.write_figures", lambda *a, **k: [])
    assert energycalc("run", starter.case.folder, "--out", tmp_path / "out").code == 1
    assert (tmp_path / "out" / "results.json").is_file()
    assert (tmp_path / "out" / "workbook.xlsx").is_file()


# --- files that cannot be written


def test_an_out_that_is_a_file_is_one_sentence(energycalc: Command, tmp_path: Path) -> None:
    file = tmp_path / "results"
    file.write_text("mine", "utf-8")
    answer = energycalc("run", examples_folder() / "steel_plant", "--out", file, "--lang", "en")
    assert answer.code == 2
    assert answer.err.strip() == (
        f"{file} cannot be read or written: a file of this name is there, not a folder; name another folder with --out."
    )
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", ["new", "run"])
def test_a_place_below_a_file_is_one_sentence(
    energycalc: Command, starter: Assessment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setattr(running, "assess", lambda *a, **k: starter)
    (tmp_path / "file").write_text("", "utf-8")
    place = tmp_path / "file" / "below"
    arguments = ("new", place) if command == "new" else ("run", starter.case.folder, "--out", place)
    answer = energycalc(*arguments)
    assert answer.code == 2
    assert str(place) in answer.err
    assert "Traceback" not in answer.err


def test_a_workbook_that_excel_holds_open_is_one_sentence(
    energycalc: Command, starter: Assessment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def held(*_: object) -> None:
        raise FileCreateError(PermissionError(13, "Permission denied"))

    monkeypatch.setattr(running, "assess", lambda *a, **k: starter)
    monkeypatch.setattr(workbook, "write_workbook", held)
    answer = energycalc("run", starter.case.folder, "--out", tmp_path, "--lang", "en")
    assert answer.code == 2
    assert str(tmp_path / "workbook.xlsx") in answer.err
    assert "Excel" in answer.err


def test_other_troubles_of_the_disk_keep_their_own_words() -> None:
    text = file_refusal(OSError(28, "No space left on device", "out/results.json"), "en")
    assert text.startswith("out/results.json cannot be read or written: No space left on device")


# --- refusals


def test_a_refusal_says_where_what_limit_and_next_step_with_labels() -> None:
    error = InputError("is too high", subject="M-01, load", value="140 %", limit="125 %", next_step="Check the meter")
    assert refusal(error, "zh-TW").splitlines() == [
        "無法計算，請修正下列項目：", "  位置：M-01, load", "  問題：is too high", "  數值：140 %", "  限值：125 %",
        "  下一步：Check the meter",
    ]  # fmt: skip
    short = refusal(InputError("is too high"), "en")
    assert short.splitlines() == ["Cannot be computed; please correct:", "  What: is too high"]


def test_a_refused_case_ends_with_2(energycalc: Command, tmp_path: Path) -> None:
    file = write_starter(tmp_path / "case")
    file.write_text(file.read_text("utf-8").replace("{value: 55 kW", "{value: 55 HP"), "utf-8")
    answer = energycalc("run", file)
    assert answer.code == 2
    assert answer.err.strip().startswith("無法計算")
    assert "HP" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("arguments", "language"),
    [((), "zh-TW"), (("run", "x", "--lang", "en"), "en"), (("run", "--lang=en"), "en"), (("--lang", "fr"), "zh-TW")],
)
def test_the_language_of_a_refusal_is_the_one_asked(arguments: tuple[str, ...], language: str) -> None:
    assert asked_language(arguments or ("run",)) == language


# --- new


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_says_what_to_do_next(energycalc: Command, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "my plant"
    answer = energycalc("new", folder, "--lang", language)
    assert answer.code == 0
    assert str(folder / "case.yaml") in answer.out
    assert f'energycalc run "{folder}"' in answer.out
    assert ("--lang en" in answer.out) == (language == "en")
    again = energycalc("new", folder)
    assert again.code == 2


def test_the_starter_shows_a_motor_a_furnace_and_a_compressor(starter: Assessment) -> None:
    assert {m.measure.technology for m in starter.effects.measures} == {
        "motor_replacement", "furnace_flue_gas", "compressor_control",
    }  # fmt: skip
    assert all(m.saving.value > 0 for m in starter.effects.measures)
    assert not terminal.has_errors(starter)


# --- factors


def test_ids_are_whole_and_taiwan_comes_first(energycalc: Command) -> None:
    answer = energycalc("factors")
    assert answer.code == 0
    listed = [line for line in answer.out.splitlines() if line and not line.startswith(" ")]
    ids = [line for line in listed if " " not in line]
    regions = {f.id: f.region for f in published_factors().factors}
    assert set(ids) == set(regions)
    home = [regions[id] == "TW" for id in ids]
    assert home == sorted(home, reverse=True)


def test_a_subject_can_be_asked_for_in_both_ways(energycalc: Command) -> None:
    assert energycalc("factors", "diesel").out == energycalc("factors", "--subject", "diesel").out


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("--subject", "elec"), "electricity"), (("--subject", "desel"), "diesel"), (("--region", "tw"), "TW"),
        (("electricity-tw-2024-overal",), "electricity-tw-2024-overall"), (("--kind", "grids"), "grid"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_refused_with_near_ones(energycalc: Command, arguments: tuple[str, ...], near: str) -> None:
    answer = energycalc("factors", *arguments)
    assert answer.code == 2
    assert near in answer.err


@pytest.mark.parametrize(("language", "name"), [("zh-TW", "柴油"), ("en", "Diesel")])
def test_factors_speak_the_language_asked(energycalc: Command, language: str, name: str) -> None:
    assert name in energycalc("factors", "diesel", "--lang", language).out


def test_one_factor_is_shown_with_its_source(energycalc: Command) -> None:
    answer = energycalc("factors", "electricity-tw-2024-overall")
    assert answer.code == 0
    assert "0.474" in answer.out
    assert "source.url" in answer.out


# --- technologies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", list(TECHNOLOGIES))
def test_every_parameter_stands_whole_on_a_line(energycalc: Command, key: str, language: str) -> None:
    lines = energycalc("technologies", key, "--lang", language).out.splitlines()
    assert max(columns(line) for line in lines) <= 80
    for p in TECHNOLOGIES[key].parameters:
        assert any(line.startswith(f"  {p.name}  ") for line in lines), p.name


def test_ranges_units_and_needs_are_said(energycalc: Command) -> None:
    text = energycalc("technologies", "compressor_control", "--lang", "en").out
    assert "1 to 15 bar(g)" in text
    flat = " ".join(text.split())
    control = TECHNOLOGIES["compressor_control"]
    needs = control.needs["control"]
    kinds = ", ".join(kind for kind, names in needs.items() if "cut_out_power" in names)
    assert flat.count(f"(needed by {kinds}; not used by the others)") == 1
    depending = {name for names in needs.values() for name in names}
    optional = [p.name for p in control.parameters if p.optional and p.name not in depending]
    assert flat.count(" optional; ") == len(optional)
    assert text.count("Once for before, once for after") == 1


def test_an_unknown_technology_is_refused_with_a_near_one(energycalc: Command) -> None:
    answer = energycalc("technologies", "compressor_controls", "--lang", "en")
    assert answer.code == 2
    assert "Near ones: compressor_control" in answer.err
    assert "compressor_control" in energycalc("technologies").out
