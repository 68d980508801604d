"""The redundancies of reports as equations over printed numbers: collected, checked by intervals, explained together."""
