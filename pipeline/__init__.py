"""Reads and audits Indonesian government performance documents."""

__version__ = "0.1.0"
