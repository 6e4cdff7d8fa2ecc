"""Two codings compared as events in time: time units, exact durations, alignment, linking, matching."""
