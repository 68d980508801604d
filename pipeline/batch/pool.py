"""Reads documents in worker processes that may crash or hang without taking others along.

Python's pool breaks as a whole when one worker dies; here the window of tasks in flight is small, a broken pool is built
anew, and the tasks that were in flight run again one by one, so that only the guilty one fails. A task that takes too long
fails alone too.
"""

from __future__ import annotations

import math
import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LkipError, MissingToolError, UsageError
from pipeline.model import Berkas

WINDOW = 2  # tasks in flight per worker


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its records with the parsed formula of each indicator (None where it has none), or why not."""

    path: str
    berkas: Berkas | None
    reason: str = ""
    formulas: tuple[Mapping[str, Any] | None, ...] = ()


def read_one(path: str) -> Outcome:
    """Reads one document; every error becomes a reason in one line."""
    from pipeline.normalize import read_berkas
    from pipeline.store.rows import parsed

    try:
        berkas = read_berkas(Path(path), path)
        return Outcome(path, berkas, "", parsed(berkas))
    except LkipError as error:
        return Outcome(path, None, str(error))
    except RecursionError:
        return Outcome(path, None, "nested too deeply (check where it comes from)")
    except MemoryError:
        return Outcome(path, None, "too large for this machine's memory (split it)")
    except Exception as error:
        return Outcome(path, None, f"cannot be read: {_line(error)} (send the file to lkip's maintainers)")


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def outcomes(paths: Sequence[str], *, workers: int, executor: str, timeout: int) -> Iterator[Outcome]:
    """One outcome a path, in the order in which they are done. `executor`: local, or dask://HOST:PORT."""
    if executor != "local":
        yield from _remote(paths, executor)
        return
    waiting = deque(paths)
    alone: deque[str] = deque()  # were in flight when a worker died: each is read again with nothing beside it
    while waiting or alone:
        number, source = (1, alone) if alone else (workers, waiting)
        window = 1 if alone else workers * WINDOW
        flying: dict[Future[Outcome], str] = {}
        started: dict[Future[Outcome], float] = {}
        pool = _pool(number)
        try:
            while source or flying:
                while source and len(flying) < window:
                    path = source.popleft()
                    flying[pool.submit(read_one, path)] = path
                for future in list(flying)[:number]:  # workers take tasks in order: the first ones are being read
                    started.setdefault(future, time.monotonic())
                done, _ = wait(flying, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    flying.pop(future)
                    yield outcome
                late = [one for one in flying if time.monotonic() - started.get(one, math.inf) > timeout]
                if late:
                    _kill(pool)
                    hung = [flying.pop(future) for future in late]
                    source.extendleft(reversed(flying.values()))
                    yield from (Outcome(path, None, f"took longer than {timeout} s (check the file)") for path in hung)
                    break
            pool.shutdown(wait=False)
        except BrokenProcessPool:
            _kill(pool)
            if window == 1:
                yield from (Outcome(path, None, "crashed the reader (check the file)") for path in flying.values())
            else:
                alone.extend(flying.values())


def _pool(workers: int) -> ProcessPoolExecutor:
    import gc

    spawning = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawning, initializer=gc.set_threshold, initargs=(200_000, 20, 50))


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list(getattr(pool, "_processes", {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def _remote(paths: Sequence[str], address: str) -> Iterator[Outcome]:
    if not address.startswith("dask://"):
        raise UsageError(f"unknown executor {address}", "local, or dask://HOST:PORT")
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingToolError("reading on a cluster needs the extra `dask`", "pip install 'lkip[dask]'") from error
    client: Any = Client(address.removeprefix("dask://"))
    pool: Executor = client.get_executor()
    flying = {pool.submit(read_one, path): path for path in paths}
    for future in as_completed(flying):
        try:
            yield future.result()
        except Exception as error:
            yield Outcome(flying[future], None, f"the cluster failed on it: {_line(error)} (try --executor local)")
    client.close()
