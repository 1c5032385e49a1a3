"""Launch, follow and cancel WrinkleFree training runs.

from wf_deployer import train_fairy2, wait
run_id = train_fairy2("smollm2_135m", mode="w2")
wait(run_id)
"""

from .api import (
    cancel,
    checkpoints,
    estimate,
    get_run,
    iter_logs,
    list_runs,
    logs,
    train_fairy2,
    wait,
)
from .errors import (
    AccessError,
    AmbiguousNameError,
    DeployerError,
    NotFoundError,
    RejectedError,
    RunFailedError,
    UnreachableError,
    Violation,
)
from .runs import Run

__all__ = [
    "AccessError",
    "AmbiguousNameError",
    "DeployerError",
    "NotFoundError",
    "RejectedError",
    "Run",
    "RunFailedError",
    "UnreachableError",
    "Violation",
    "cancel",
    "checkpoints",
    "estimate",
    "get_run",
    "iter_logs",
    "list_runs",
    "logs",
    "train_fairy2",
    "wait",
]
