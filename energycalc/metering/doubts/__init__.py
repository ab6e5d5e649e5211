"""What a reader should know before using a series: signal, scale, clock, phases, identity."""
