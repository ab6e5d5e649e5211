"""Meter files larger than memory: the same declaration and the same policies, sums per meter and period, a ledger."""

from energycalc.metering.streaming.stream import Period, StreamedMeters, stream_meters
from energycalc.metering.streaming.stream_ledger import StreamLedger

__all__ = ["Period", "StreamLedger", "StreamedMeters", "stream_meters"]
