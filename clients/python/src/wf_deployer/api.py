"""The functions of the Deployment Guide, and what goes with them."""

from __future__ import annotations

import sys
import time
import uuid
from decimal import Decimal
from typing import Iterator, List, Mapping, Optional, Sequence, TextIO, Union

from .errors import NotFoundError, UnreachableError
from .rest import Json, Rest, path_of
from .runs import Run, Runs

_POLL_SECONDS = 2.0

#: Seconds before the second and the third try of a launch.
_RETRY_PAUSES = (0.5, 2.0)


def train_fairy2(
    model: str,
    mode: str = "w2",
    scale: Optional[str] = None,
    overrides: Optional[Sequence[str]] = None,
    detach: bool = True,
    *,
    run_id: Optional[str] = None,
    clouds: Optional[Sequence[str]] = None,
    spot: Optional[bool] = None,
    budget: Union[Decimal, int, str, None] = None,
    budget_action: str = "alert",
    environment: Optional[Mapping[str, str]] = None,
    secrets: Optional[Sequence[str]] = None,
    labels: Optional[Mapping[str, str]] = None,
) -> str:
    """Launch a Fairy2 training run and return its run id, which is unique.

    :param model: for example ``smollm2_135m`` or ``qwen3_4b``
    :param mode: ``w1`` (1-bit) or ``w2`` (2-bit weights)
    :param scale: ``dev``, ``small``, ``medium``, ``large`` or ``xlarge``; the model's own if absent
    :param overrides: training configuration, such as ``"training.max_steps=10000"``
    :param detach: return at once; else wait until the run has ended
    :param run_id: an id of your choice; a second launch under it starts nothing
    :param clouds: candidates in order, such as ``"nebius"`` or ``"gcp/us-east4"``
    :param spot: whether interruptible machines may be used
    :param budget: most US dollars that the run may cost
    :param budget_action: ``alert``, ``cancel-at-checkpoint`` or ``cancel``
    :param environment: plain variables of the task; never secrets
    :param secrets: names of secrets that the platform supplies
    :param labels: key-value pairs of the run
    :raises RejectedError: if the request is wrong
    :raises RunFailedError: with ``detach=False``, if the run did not succeed
    """
    request: Json = {"template": "fairy2_train", "model": model, "mode": mode}
    optional: Json = {
        "runId": run_id,
        "scale": scale,
        "overrides": list(overrides or ()),
        "clouds": [_cloud(cloud) for cloud in clouds or ()],
        "spot": spot,
        "environment": dict(environment or {}),
        "secrets": list(secrets or ()),
        "labels": dict(labels or {}),
    }
    request.update({key: value for key, value in optional.items() if value is not None and value not in ([], {})})
    if budget is not None:
        request["budget"] = {"limit": {"amount": str(budget), "currency": "USD"}, "action": budget_action}
    return _launch(request, detach)


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


def _launch(request: Json, detach: bool) -> str:
    rest = Rest()
    launched = str(_post_once(rest, request)["runId"])
    if not detach:
        Runs(rest).wait(launched, None, _POLL_SECONDS)
    return launched


def _post_once(rest: Rest, request: Json) -> Json:
    """One key for all tries, so that they are one request even if an answer was lost."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for pause in _RETRY_PAUSES:
        try:
            return rest.post("launch", "/launches", request, key)
        except UnreachableError:
            time.sleep(pause)
    return rest.post("launch", "/launches", request, key)


def _cloud(text: str) -> Json:
    cloud, slash, region = text.partition("/")
    return {"cloud": cloud, "region": region} if slash else {"cloud": cloud}
