"""Reads documents in worker processes that may crash or hang without taking others along.

Python's pool breaks as a whole when one worker dies; here the window of tasks in flight is small, a broken pool is built
anew, and the tasks that were in flight run again one by one, so that only the guilty one fails.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LkipError, MissingToolError, UsageError
from pipeline.model import Berkas

WINDOW = 3  # tasks in flight per worker


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
        return Outcome(
            path, None, f"cannot be read: {type(error).__name__}: {error} (send the file to lkip's maintainers)"
        )


def outcomes(paths: Sequence[str], *, workers: int, executor: str, timeout: int) -> Iterator[Outcome]:
    """One outcome a path, in the order in which they are done. `executor`: local, or dask://HOST:PORT."""
    if executor != "local":
        yield from _remote(paths, executor)
        return
    waiting = list(reversed(paths))
    alone: list[str] = []
    while waiting or alone:
        window = 1 if alone else workers * WINDOW
        source = alone or waiting
        pool = _pool(1 if alone else workers)
        flying: dict[Future[Outcome], str] = {}
        try:
            while source or flying:
                while source and len(flying) < window:
                    path = source.pop()
                    flying[pool.submit(read_one, path)] = path
                done, _ = wait(flying, timeout=timeout, return_when=FIRST_COMPLETED)
                if not done:
                    raise TimeoutError
                for future in done:
                    outcome = future.result()
                    flying.pop(future)
                    yield outcome
            pool.shutdown()
        except (BrokenProcessPool, TimeoutError) as error:
            _kill(pool)
            if window == 1:
                hung = isinstance(error, TimeoutError)
                reason = f"took longer than {timeout} s" if hung else "crashed the reader"
                yield from (Outcome(path, None, f"{reason} (check where it comes from)") for path in flying.values())
            else:
                alone = list(flying.values())


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
    futures = [pool.submit(read_one, path) for path in paths]
    for future in futures:
        yield future.result()
    client.close()
