"""The account of a file while it is read: what is carried from one batch to the next is one row and one sum a meter."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.register import register_differences
from energycalc.metering.streaming.grammar import PLAIN
from energycalc.metering.streaming.order import Rows, nothing, repeated, same_as_above, steps_of
from energycalc.metering.streaming.refusals import refusal
from energycalc.metering.streaming.source import Batch
from energycalc.metering.streaming.stream_ledger import StreamLedger
from energycalc.metering.streaming.sums import Sums, joined, no_sums, sums_of
from energycalc.metering.streaming.verdicts import (
    NO_NUMBER_REASON,
    REASONS,
    REPEATED,
    SEVERAL,
    STAMP,
    USED,
    YEARS,
    interval_ends,
    refused,
    verdicts,
)

Floats = NDArray[np.float64]
KINDS = len(REASONS)


class RunningAccount:
    """Takes batches in file order; gives the finished sums, and at the end the ledgers."""

    def __init__(
        self, layout: MeterLayout, period_seconds: int, years: tuple[int, int] | None, exclude: frozenset[str]
    ) -> None:
        """Begin with nothing read.

        Args:
            layout: the declaration.
            period_seconds: length of the periods that the slots are added up to.
            years: first and last year wanted.
            exclude: faults that are left out instead of refused.
        """
        self.layout, self.period, self.years, self.exclude = layout, period_seconds, years, exclude
        self.register = layout.quantity_kind == "register"
        self.meters: tuple[str, ...] = ()
        self.counts = np.zeros((0, KINDS), np.int64)
        self.amounts = np.zeros((0, KINDS))
        self.read = np.zeros(0, np.int64)
        self.amount_read, self.amount_absolute = np.zeros(0), np.zeros(0)
        self.first_end = np.zeros(0, np.int64)
        self.last_end = np.zeros(0, np.int64)
        self.first_value, self.last_value, self.rolled = np.zeros(0), np.zeros(0), np.zeros(0)
        self.steps: Counter[int] = Counter()
        self.last_rows, self.open_sums = nothing(), no_sums()

    def add(self, batch: Batch) -> Sums:
        """Account for a batch; the sums of the periods that no later row can change are handed out.

        Raises:
            MeterDataError: a row is at fault and the declaration does not say what to do with such rows.
        """
        self._refuse_nameless(batch)
        self._widen(batch.meters)
        ends = interval_ends(batch, self.layout)
        verdict = verdicts(batch, ends, self.layout, self.years)
        self._refuse_faults(batch, verdict)
        plain = (batch.state == PLAIN) & (verdict != NO_NUMBER_REASON)
        amount = np.where(plain, batch.value, np.nan) * self.layout.amount_per_reading
        self.read += self._count(batch.meter)
        if not self.register:
            known = np.where(plain, amount, 0.0)
            self.amount_read += self._total(batch.meter, known)
            self.amount_absolute += self._total(batch.meter, np.abs(known))
        placed = (verdict != STAMP) & (verdict != YEARS) & (plain | (not self.register))
        amounts = np.full(len(amount), np.nan) if self.register else amount
        rows = Rows(batch.meter, ends, np.where(plain, batch.value, np.nan), amounts, verdict, batch.row)
        self._close(rows.taken(~placed))
        return self._placed(rows.taken(placed).after(self.last_rows))

    def finish(self) -> Sums:
        """Account for the rows held back; the last sums of every meter.

        Raises:
            MeterDataError: most rows do not come at the declared interval.
        """
        rows, self.last_rows = self.last_rows, nothing()
        self._close(rows)
        sums = joined(self.open_sums, self._sums(rows))
        self.open_sums = no_sums()
        self._refuse_another_interval()
        return sums

    def ledgers(self, file: str) -> tuple[StreamLedger, ...]:
        """One account for each meter, in the order in which they appear in the file."""
        found = []
        for k, meter in enumerate(self.meters):
            used = int(self.counts[k, USED])
            if self.register:
                span = (self.last_value[k] - self.first_value[k]) * self.layout.amount_per_reading + self.rolled[k]
                read, scale = float(span), abs(float(span))
            else:
                read, scale = float(self.amount_read[k]), float(self.amount_absolute[k])
            ends = self.first_end[k], self.last_end[k]
            has_rows = ends[1] >= ends[0]
            spanned = int((ends[1] - ends[0]) // self.layout.interval_seconds) + (not self.register) if has_rows else 0
            excluded = tuple(
                (REASONS[code], int(self.counts[k, code]), float(self.amounts[k, code]))
                for code in range(1, KINDS)
                if self.counts[k, code]
            )
            missing = max(spanned - used + (self.register and used > 0), 0)
            found.append(
                StreamLedger(file, meter, self.layout.amount_unit, int(self.read[k]), used, excluded, read,
                             float(self.amounts[k, USED]), scale, spanned, missing)
            )  # fmt: skip
        return tuple(found)

    def _placed(self, rows: Rows) -> Sums:
        if not len(rows):
            return no_sums()
        drop = repeated(rows, self.layout)
        if drop.any():
            gone = rows.taken(drop)
            self._close(
                Rows(gone.meter, gone.end, gone.value, gone.amount, np.full(len(gone), REPEATED, np.int8), gone.row)
            )
            rows = rows.taken(~drop)
        steps = steps_of(rows, self.layout)
        self.steps.update(
            dict(zip(*(found.tolist() for found in np.unique(steps[steps > 0], return_counts=True)), strict=True))
        )
        rows = self._with_differences(rows, steps) if self.register else rows
        first = np.flatnonzero(~same_as_above(rows))
        last = np.append(first[1:], len(rows)) - 1
        self._remember(rows, first, last)
        self._refuse_above_maximum(rows)
        held = np.zeros(len(rows), bool)
        held[last] = True
        self.last_rows = rows.taken(held)
        done = rows.taken(~held)
        self._close(done)
        complete, self.open_sums = joined(self.open_sums, self._sums(done)).split()
        return complete

    def _with_differences(self, rows: Rows, steps: NDArray[np.int64]) -> Rows:
        """Registers: each row's amount is the difference to the row above; the first row of a meter only opens it."""
        amount, verdict = rows.amount.copy(), rows.verdict.copy()
        starts = np.flatnonzero(~same_as_above(rows))
        for begin, stop in zip(starts, np.append(starts[1:], len(rows)), strict=True):
            part = slice(begin, stop)
            differences, span = register_differences(rows.value[part], rows.row[part], self.layout)
            self.rolled[rows.meter[begin]] += span - float(rows.value[stop - 1] - rows.value[begin])
            amount[begin + 1 : stop] = differences * self.layout.amount_per_reading
        new = np.isnan(amount)  # the first row of a meter in the whole file
        amount[new] = 0.0
        verdict[(steps > 1) & (verdict == USED)] = SEVERAL
        return Rows(rows.meter, rows.end, rows.value, amount, verdict, rows.row)

    def _remember(self, rows: Rows, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        meters = rows.meter[first]
        new = self.last_end[meters] < self.first_end[meters]
        self.first_end[meters[new]] = rows.end[first[new]]
        self.first_value[meters[new]] = rows.value[first[new]]
        self.last_end[meters], self.last_value[meters] = rows.end[last], rows.value[last]
        off = (rows.end[first[new]] % self.layout.interval_seconds != 0) & (self.period > self.layout.interval_seconds)
        if off.any():
            raise refusal(
                rows.row[first[new]][off],
                "the slots do not begin with the periods, so a slot would be cut in two",
                self.layout,
                limit=f"stamps at whole multiples of {self.layout.interval}",
                next_step="Ask for the sums of slots, or read the file with read_meter",
            )

    def _sums(self, rows: Rows) -> Sums:
        """Sums of the used rows; a register's first row of all opens it and has no slot."""
        used = rows.verdict == USED
        if self.register:
            used &= rows.end != self.first_end[rows.meter]
        return sums_of(rows.taken(used), self.layout.interval_seconds, self.period)

    def _close(self, rows: Rows) -> None:
        """Write rows into the account, each under its verdict."""
        if not len(rows):
            return
        place = rows.meter * KINDS + rows.verdict
        size = len(self.meters) * KINDS
        known = np.where(np.isnan(rows.amount), 0.0, rows.amount)
        self.counts += np.bincount(place, minlength=size).reshape(-1, KINDS)
        self.amounts += np.bincount(place, weights=known, minlength=size).reshape(-1, KINDS)

    def _count(self, meter: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(meter, minlength=len(self.meters))

    def _total(self, meter: NDArray[np.int64], amount: Floats) -> Floats:
        if len(self.meters) == 1:
            return np.array([amount.sum()])
        return np.asarray(np.bincount(meter, weights=amount, minlength=len(self.meters)), np.float64)

    def _widen(self, meters: tuple[str, ...]) -> None:
        more = len(meters) - len(self.meters)
        if not more:
            return
        self.meters = meters
        for name in ("read", "amount_read", "amount_absolute", "last_end", "first_value", "last_value", "rolled"):
            array = getattr(self, name)
            setattr(self, name, np.concatenate([array, np.zeros(more, array.dtype)]))
        self.first_end = np.concatenate([self.first_end, np.full(more, np.iinfo(np.int64).max)])
        for name in ("counts", "amounts"):
            array = getattr(self, name)
            setattr(self, name, np.concatenate([array, np.zeros((more, KINDS), array.dtype)]))

    def _refuse_nameless(self, batch: Batch) -> None:
        if "" in batch.meters:
            raise refusal(
                batch.row[batch.meter == batch.meters.index("")],
                "the row names no meter",
                self.layout,
                limit="each row with the name of its meter",
                next_step="Name the meter, or take the row out",
            )

    def _refuse_faults(self, batch: Batch, verdict: NDArray[np.int8]) -> None:
        stop = refused(verdict, self.layout, self.years, self.exclude)
        if not len(stop):
            return
        code = int(verdict[stop[0]])
        column = self.layout.time_column if code in (STAMP, YEARS) else self.layout.value_column
        raise refusal(
            batch.row[stop[verdict[stop] == code]],
            f"{REASONS[code]} (column {column})",
            self.layout,
            limit="plain stamps of the declared form, and plain numbers; years 1990 to 2099",
            next_step=NEXT_STEPS[code],
        )

    def _refuse_above_maximum(self, rows: Rows) -> None:
        limit = self.layout.maximum_demand_kw
        if limit is None:
            return
        power = rows.amount * self.layout.multiplier / self.layout.interval_hours
        above = (power > limit) & (rows.verdict == USED)
        if above.any():
            raise refusal(
                np.sort(rows.row[above]),
                "the mean power is above the declared maximum",
                self.layout,
                value=f"up to {power[above].max():,.6g} kW",
                limit=f"maximum_demand {self.layout.maximum_demand} as declared",
                next_step="Check unit, ct_ratio and pt_ratio, and the row; correct the one that is wrong",
            )

    def _refuse_another_interval(self) -> None:
        if self.steps and self.steps.most_common(1)[0][0] != 1:
            usual = self.steps.most_common(1)[0][0] * self.layout.interval_seconds
            raise MeterDataError(
                f"most rows come {usual / 60:g} min apart",
                subject=self.layout.subject,
                value=self.layout.interval,
                limit="interval as declared",
                next_step=f'Write interval: "{usual / 60:g} min" if that is the logger\'s',
            )


NEXT_STEPS = {
    code: step
    for codes, step in (
        ((1, 2), "Correct the row or date_format, or declare that unreadable stamps are left out, visibly"),
        ((3,), "Correct the cell, or declare that such cells are left out, visibly"),
        ((4,), "Write empty: exclude to leave such rows out, visibly"),
        ((6,), "Check the direction of the transformers; write negative: allow if the site exports"),
    )
    for code in codes
}
"""What a person can do, by the place of the reason."""
