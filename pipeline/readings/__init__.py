"""Readings: what the text of a cell or a sentence says as a typed value, with how sure that is.

`read_value` reads one text, `read_table` all value cells of a logical table, `statements` the figures in prose,
`read_code` programme codes, `resolve` lets an identity decide between the candidates of an ambiguous reading.
"""

from __future__ import annotations

from pipeline.readings.codes import read_code
from pipeline.readings.resolve import resolve
from pipeline.readings.statements import statements
from pipeline.readings.table import read_table
from pipeline.readings.values import read_value

__all__ = ["read_code", "read_table", "read_value", "resolve", "statements"]
