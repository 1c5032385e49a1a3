"""Runs as the services know them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Dict, List, Optional

from .errors import AmbiguousNameError, NotFoundError, RunFailedError
from .rest import Json, Rest, path_of

_ENDED_JOBS = frozenset(
    ("SUCCEEDED", "CANCELLED", "FAILED", "FAILED_SETUP", "FAILED_PRECHECKS", "FAILED_NO_RESOURCE", "FAILED_CONTROLLER")
)
_ENDED_LAUNCHES = frozenset(("failed", "rejected", "cancelled"))

#: As many namesakes as one answer of the service may hold.
_MOST_NAMESAKES = 1000

#: How long a launch that was taken may be unknown, and how often it is looked for.
_ON_ITS_WAY_SECONDS = 5.0
_LOOK_SECONDS = 0.25


@dataclass(frozen=True)
class Run:
    """What is known of one run.

    ``state`` is the job's (``PENDING`` … ``SUCCEEDED``), or the launch's (``accepted``, ``submitting``,
    ``failed`` …) while there is no job. ``spent`` is US dollars by list price, ``None`` if unknown.
    ``launch`` and ``job`` hold all that the services answered.
    """

    run_id: str
    name: str
    state: str
    reason: str
    spent: Optional[Decimal]
    launch: Dict[str, Any] = field(repr=False)
    job: Optional[Dict[str, Any]] = field(repr=False)

    @property
    def is_live(self) -> bool:
        """Whether it may still change or cost money."""
        return self.state not in (_ENDED_JOBS if self.job else _ENDED_LAUNCHES)

    @property
    def succeeded(self) -> bool:
        """Whether its job ended well."""
        return self.job is not None and self.state == "SUCCEEDED"


class Runs:
    """Finds runs by id or name."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    def list(self, limit: int) -> List[Run]:
        """The newest runs, newest first."""
        launches = self._rest.get("launch", "/launches", {"limit": limit})["launches"]
        jobs = {job["runId"]: job for job in self._rest.get("monitor", "/jobs", {"limit": limit})["jobs"]}
        costs = {cost["runId"]: cost for cost in self._rest.get("cost", "/costs", {"limit": limit})["costs"]}
        return [self._run(launch, jobs.get(launch["runId"]), costs.get(launch["runId"])) for launch in launches]

    def get(self, run_id: str) -> Optional[Run]:
        """The run of exactly that id."""
        launch = self._rest.find("launch", path_of("launches", run_id))
        return None if launch is None else self._whole(launch)

    def find(self, id_or_name: str) -> Run:
        """The run of that id, or the only live run of that name.

        :raises NotFoundError: if there is none
        :raises AmbiguousNameError: if several live runs share the name; nothing is ever guessed
        """
        run = self.get(id_or_name)
        if run is not None:
            return run
        query = {"name": id_or_name, "limit": _MOST_NAMESAKES}
        namesakes = [self._whole(launch) for launch in self._rest.get("launch", "/launches", query)["launches"]]
        live = [candidate for candidate in namesakes if candidate.is_live]
        if len(live) > 1:
            raise AmbiguousNameError(id_or_name, [candidate.run_id for candidate in live])
        if live:
            return live[0]
        if namesakes:
            raise NotFoundError(
                f'no live run is called "{id_or_name}"; '
                f"the newest that ended is {namesakes[0].run_id}. Give the run id."
            )
        raise NotFoundError(f'no run is called "{id_or_name}"')

    def find_new(self, id_or_name: str) -> Run:
        """The same for a run that may just have been launched: its request is an event on its way."""
        deadline = time.monotonic() + _ON_ITS_WAY_SECONDS
        while True:
            try:
                return self.find(id_or_name)
            except NotFoundError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_LOOK_SECONDS)

    def wait(self, run_id: str, timeout: Optional[float], interval: float) -> Run:
        """The run once it has ended. See :func:`wf_deployer.wait`."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            run = self.get(run_id)
            if run is not None and not run.is_live:
                if not run.succeeded:
                    raise RunFailedError(run.run_id, run.state, run.reason)
                return run
            if deadline is not None and time.monotonic() + interval > deadline:
                raise TimeoutError(
                    f"{run_id} has not ended within {timeout} s; it is {run.state if run else 'requested'}"
                )
            time.sleep(interval)

    def _whole(self, launch: Json) -> Run:
        run_path = path_of(launch["runId"])
        job = self._rest.find("monitor", "/jobs" + run_path)
        return self._run(launch, job, self._rest.find("cost", "/costs" + run_path))

    @staticmethod
    def _run(launch: Json, job: Optional[Json], cost: Optional[Json]) -> Run:
        known = job if job and job.get("state") else None
        failure = launch.get("failure") or {}
        reason = (known.get("reason") or {}).get("text", "") if known else failure.get("message", "")
        spent = (cost or {}).get("spent")
        return Run(
            run_id=launch["runId"],
            name=launch.get("name", ""),
            state=known["state"] if known else launch["status"],
            reason=reason or "",
            spent=Decimal(spent["amount"]) if spent else None,
            launch=launch,
            job=known,
        )
