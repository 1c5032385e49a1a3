"""Functions that look at runs, and end them."""

from __future__ import annotations

import sys
import time
from typing import Iterator, List, Optional, TextIO

from .errors import NotFoundError
from .rest import Json, Rest, path_of
from .runs import Run, Runs

_POLL_SECONDS = 2.0


def cancel(run: str) -> bool:
    """Ask for the end of a run, given by its id or by a name that only one live run has.

    Returns whether there was something to cancel: ``False`` if the run had ended before.
    """
    rest = Rest()
    found = Runs(rest).find_new(run)
    if not found.is_live:
        return False
    rest.delete("launch", path_of("launches", found.run_id))
    return True


def list_runs(limit: int = 10) -> List[Run]:
    """The newest runs, newest first."""
    return Runs(Rest()).list(limit)


def get_run(run: str) -> Run:
    """One run, given by its id or by a name that only one live run has."""
    return Runs(Rest()).find(run)


def wait(run: str, timeout: Optional[float] = None, interval: float = _POLL_SECONDS) -> Run:
    """Wait until a run has ended, and return it.

    :param timeout: seconds; for ever if absent
    :param interval: seconds between two looks
    :raises RunFailedError: if it did not succeed
    :raises TimeoutError: if it has not ended in time
    """
    runs = Runs(Rest())
    return runs.wait(runs.find_new(run).run_id, timeout, interval)


def logs(run: str, follow: bool = False, tail: Optional[int] = None, file: Optional[TextIO] = None) -> None:
    """Print a run's log; with ``follow`` until the run ends, also through recoveries.

    :param tail: only the last lines
    :param file: where to print, standard output if absent
    """
    out = sys.stdout if file is None else file
    for line in iter_logs(run, follow, tail):
        print(line, file=out, flush=True)


def iter_logs(run: str, follow: bool = False, tail: Optional[int] = None) -> Iterator[str]:
    """The lines of a run's log, without their ends.

    :raises NotFoundError: if it has no log yet and ``follow`` is not set
    """
    rest = Rest()
    runs = Runs(rest)
    found = runs.find_new(run)
    path = path_of("jobs", found.run_id, "logs")
    query = {"follow": str(follow).lower(), "tail": tail}
    while True:
        try:
            stream = rest.stream("monitor", path, query)
            break
        except NotFoundError:
            if not follow or not found.is_live:
                raise
        time.sleep(_POLL_SECONDS)
        found = runs.find(found.run_id)
    with stream:
        for line in stream:
            yield line.decode("utf-8", "replace").rstrip("\r\n")


def checkpoints(run: str) -> List[Json]:
    """The complete checkpoints of a run, newest first, as the ``checkpoint-written`` events tell them."""
    rest = Rest()
    found: List[Json] = rest.get("checkpoint", "/checkpoints", {"runId": Runs(rest).find(run).run_id})["checkpoints"]
    return found


def estimate(model: str, scale: Optional[str] = None) -> Json:
    """Hours and list prices to expect, per cloud: what ``GET /estimates`` answers."""
    return Rest().get("cost", "/estimates", {"model": model, "scale": scale})


def progress(run: str) -> Json:
    """What a run last logged to W&B: step, loss, learning rate, tokens, link and more, as ``GET /progress`` tells it.

    :raises NotFoundError: if it has logged nothing yet
    """
    rest = Rest()
    return rest.get("monitor", path_of("progress", Runs(rest).find_new(run).run_id))


def wandb_status(
    entity: Optional[str] = None,
    project: Optional[str] = None,
    limit: int = 10,
    file: Optional[TextIO] = None,
) -> None:
    """Print what the newest runs last logged to W&B, as monitor-service read it.

    :param entity: only runs of that W&B entity
    :param project: only runs of that W&B project, such as ``wrinklefree-fairy2``; all if absent
    :param file: where to print, standard output if absent
    """
    out = sys.stdout if file is None else file
    query = {"project": project, "limit": limit}
    runs = [
        run
        for run in Rest().get("monitor", "/progress", query)["progress"]
        if entity is None or f"/{entity}/" in run.get("url", "")
    ]
    for run in runs:
        print("\n".join(_status_lines(run)), file=out)
    if not runs:
        print("No run has logged anything to W&B" + (f" in {project}" if project else "") + ".", file=out)


def _status_lines(run: Json) -> List[str]:
    state = run.get("wandbState", "unknown")
    non_finite = run.get("nonFinite") or []
    loss = f"{run['loss']:.4f}" if "loss" in run else "NaN or infinite" if "loss" in non_finite else "-"
    rate = f"{run['learningRate']:.2e}" if "learningRate" in run else "-"
    lines = [run["runId"], f"   State: {state}", f"   Step: {run.get('step', '-')} | Loss: {loss} | LR: {rate}"]
    if run.get("url"):
        lines.insert(2, f"   URL: {run['url']}")
    if "tokens" in run:
        lines.append(f"   Tokens: {run['tokens']:,}")
    if state == "running" and run.get("heartbeatAt"):
        lines.append(f"   Last heartbeat: {run['heartbeatAt']}")
    return lines
