"""What can go wrong, each with a message that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence


class DeployerError(Exception):
    """Base of all errors of this package."""


class UnreachableError(DeployerError):
    """A service does not answer, or cannot do its work now. Trying again later may help."""


class AccessError(DeployerError):
    """No credential, one that is not known, or one that may not do this."""


class NotFoundError(DeployerError):
    """No run of that id or name."""


class AmbiguousNameError(DeployerError):
    """Several live runs share the name; ``run_ids`` lists them."""

    def __init__(self, name: str, run_ids: Sequence[str]) -> None:
        self.run_ids = list(run_ids)
        super().__init__(
            f"{name} stands for {len(self.run_ids)} live runs: {', '.join(self.run_ids)}. Give the run id."
        )


@dataclass(frozen=True)
class Violation:
    """One wrong field of a request: its path, a machine code and a sentence."""

    field: str
    code: str
    message: str


class RejectedError(DeployerError, ValueError):
    """The request is wrong; ``violations`` says which fields and why."""

    def __init__(self, message: str, violations: Sequence[Violation] = ()) -> None:
        self.violations = list(violations)
        super().__init__(message)


class RunFailedError(DeployerError):
    """A run that was waited for did not succeed; ``run_id`` and ``state`` tell which and how."""

    def __init__(self, run_id: str, state: str, reason: str) -> None:
        self.run_id = run_id
        self.state = state
        super().__init__(f"{run_id} ended as {state}" + (f": {reason}" if reason else ""))
