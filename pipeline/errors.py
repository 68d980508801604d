"""Errors that a user meets. Each knows its exit code and says what to do about it."""

from __future__ import annotations


class LkipError(Exception):
    """An error with a remedy. `exit_code` is that of the command line: 1 a document failed, 2 wrong use."""

    exit_code = 1

    def __init__(self, reason: str, remedy: str = "", place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.place = place

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{where}{self.reason}{remedy}"

    def __reduce__(self) -> tuple[type[LkipError], tuple[str, str, str]]:
        return (type(self), (self.reason, self.remedy, self.place))


class UsageError(LkipError):
    """The command was called wrongly, or nothing could be done."""

    exit_code = 2


class UnreadableError(LkipError):
    """A file cannot be read as a document: empty, damaged, encrypted, mislabelled, of an unknown kind, not permitted."""


class MissingToolError(LkipError):
    """An optional program or extra is needed for this and is not installed."""
