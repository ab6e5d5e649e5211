"""Ten clean constructed cases: sizes, carriers, numbers of measures, meters and bills differ; nothing is wrong."""

from tests.checks.project.bases import Sketch, bill, metered, two_carriers
from tests.checks.project.seeded_baseline import FOR_TWO, TWO, finance, note, printed, replaced, shown
from tests.checks.project.seeded_load import TWO_LEVELS, drive, machine
from tests.checks.project.seeded_verification import verification

YEARLY = "'39,474 TWD'"
CLEAN: dict[str, Sketch] = {
    "one motor": Sketch(),
    "one motor, billed": Sketch(more=bill("300,000 kWh", "90 萬元")),
    "one motor, metered": metered(),
    "two motors on one machine": Sketch(measures=TWO, effects=FOR_TWO),
    "motor and furnace": two_carriers(),
    "verified works": verification(),
    "printed report": shown(
        printed("saving", "13.2 MWh"),
        printed("cost_saving", "39.5 仟元", carrier=""),
        printed("investment", "10 萬元", carrier=""),
        printed("payback", "2.53 yr", carrier=""),
    ),
    "machine facts": machine(
        "rated_output: 75 kW, efficiency: 90 %, electric_power: 62.5 kW, measured_power: 62.1 kW, "
        "hours_used: '4,000 h', energy: '250,000 kWh', shift_hours: '4,100 h', logged_hours: '4,010 h', "
        "hour_bins: ['4,000 h', '4,760 h']"
    ),
    "cash and ages": note(
        finance(f"cash: ['-100,000 TWD', {', '.join(3 * [YEARLY])}], irr: 8.9 %, escalation: 1 %, life: 10 yr").review
        + "\n"
        + replaced("age: 20 yr, life: 20 yr, compared_class: IE3, rated_power: 30 kW").review
    ),
    "frequency converter": drive("97 %", TWO_LEVELS),
}
