"""Keeps people's judgements on which names are one; see pipeline.normalize.matching."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import insert, select

from pipeline.normalize.matching import Judgement
from pipeline.store.models import INDIKATOR, JUDGEMENT
from pipeline.store.store import Store, now


def indicator_keys(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(select(INDIKATOR.c.kunci).distinct()).scalars())


def judgements(store: Store) -> list[Judgement]:
    """All judgements, oldest first."""
    query = select(JUDGEMENT).order_by(JUDGEMENT.c.id)
    names = ("jenis", "a", "b", "alasan", "oleh")
    with store.engine.connect() as connection:
        rows = list(map(dict, connection.execute(query).mappings()))
    return [Judgement(sama=bool(row["sama"]), **{name: row[name] for name in names}) for row in rows]


def add_judgements(store: Store, new: Iterable[Judgement]) -> int:
    """Appends those not known yet; returns how many."""
    known = set(judgements(store))
    values = [asdict(item) | {"sama": int(item.sama), "at": now()} for item in new if item not in known]
    if values:
        with store.engine.begin() as connection:
            connection.execute(insert(JUDGEMENT), values)
    return len(values)
