"""Launch, follow and cancel WrinkleFree training runs.

from wf_deployer import subscribe, train_fairy2
run_id = train_fairy2("smollm2_135m", mode="w2")
for event in subscribe(run_id):
    print(event.type, event.data)
"""

from .api import (
    cancel,
    checkpoints,
    estimate,
    get_run,
    iter_logs,
    list_runs,
    logs,
    progress,
    wait,
    wandb_status,
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
from .events import Event, MissedEventsError
from .launches import smoke_test, train, train_dlm, train_fairy2
from .options import LaunchOptions
from .runs import Run
from .subscription import Subscription, subscribe

__all__ = [
    "AccessError",
    "AmbiguousNameError",
    "DeployerError",
    "Event",
    "LaunchOptions",
    "MissedEventsError",
    "NotFoundError",
    "RejectedError",
    "Run",
    "RunFailedError",
    "Subscription",
    "UnreachableError",
    "Violation",
    "cancel",
    "checkpoints",
    "estimate",
    "get_run",
    "iter_logs",
    "list_runs",
    "logs",
    "progress",
    "smoke_test",
    "subscribe",
    "train",
    "train_dlm",
    "train_fairy2",
    "wait",
    "wandb_status",
]
