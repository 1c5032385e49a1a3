"""Functions that launch: one for each kind of job that the team runs by hand."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Dict, Optional, Sequence, Union

from .errors import UnreachableError
from .options import LaunchOptions, request_of
from .rest import Json, Rest
from .runs import Runs

if TYPE_CHECKING:
    from typing_extensions import Unpack

#: Seconds between two looks at a run that is waited for.
_POLL_SECONDS = 2.0

#: Seconds before the second and the third try of a launch.
_RETRY_PAUSES = (0.5, 2.0)


def train_fairy2(
    model: str,
    mode: str = "w2",
    scale: Optional[str] = None,
    overrides: Optional[Sequence[str]] = None,
    detach: bool = True,
    **options: Unpack[LaunchOptions],
) -> str:
    """Launch a Fairy2 training run and return its run id, which is unique.

    :param model: for example ``smollm2_135m`` or ``qwen3_4b``
    :param mode: ``w1`` (1-bit) or ``w2`` (2-bit weights)
    :param scale: ``dev``, ``small``, ``medium``, ``large`` or ``xlarge``; the model's own if absent
    :param overrides: training configuration, such as ``"training.max_steps=10000"``
    :param detach: return at once; else wait until the run has ended
    :param options: see :class:`LaunchOptions`
    :raises RejectedError: if the request is wrong
    :raises RunFailedError: with ``detach=False``, if the run did not succeed
    """
    fields = {"model": model, "mode": mode, "scale": scale, "overrides": list(overrides or ())}
    return _launch(request_of("fairy2_train", fields, options), detach)


def train(
    model: str,
    stage: Union[float, str],
    scale: Optional[str] = None,
    overrides: Optional[Sequence[str]] = None,
    cloud: Optional[str] = None,
    detach: bool = True,
    resume_checkpoint: Optional[str] = None,
    **options: Unpack[LaunchOptions],
) -> str:
    """Launch a stage of the 1.58-bit training and return its run id, which is unique.

    :param stage: 1 (conversion), 1.9 (layer-wise distillation), 2 (pre-training) or 3 (distillation)
    :param cloud: the only cloud to use; the platform's order if absent
    :param resume_checkpoint: where to go on from: ``latest``, a run id, or a ``gs://`` URI

    The rest is as for :func:`train_fairy2`.
    """
    stage_text = stage if isinstance(stage, str) else f"{stage:g}"
    fields = {
        "model": model,
        "scale": scale,
        "overrides": list(overrides or ()),
        "parameters": {"stage": stage_text},
        "resume": resume_checkpoint,
    }
    return _launch(request_of("train", fields, _in(cloud, options)), detach)


def train_dlm(
    model: str,
    source: Optional[str] = None,
    scale: Optional[str] = None,
    overrides: Optional[Sequence[str]] = None,
    cloud: Optional[str] = None,
    detach: bool = True,
    resume_checkpoint: Optional[str] = None,
    **options: Unpack[LaunchOptions],
) -> str:
    """Launch the conversion of a model to a diffusion language model and return its run id, which is unique.

    :param source: what is converted, ``hf://…`` or ``gs://…``; the model's own weights if absent

    The rest is as for :func:`train`.
    """
    parameters: Dict[str, str] = {} if source is None else {"source": source}
    fields = {
        "model": model,
        "scale": scale,
        "overrides": list(overrides or ()),
        "parameters": parameters,
        "resume": resume_checkpoint,
    }
    return _launch(request_of("dlm", fields, _in(cloud, options)), detach)


def smoke_test(model: str = "smollm2_135m", **options: Unpack[LaunchOptions]) -> Dict[str, str]:
    """Train a few steps, to see that everything works, and wait for the end.

    :returns: ``{"status": "success", "run_id": …}``
    :raises RunFailedError: if the run did not succeed
    """
    run_id = _launch(request_of("smoke", {"model": model}, options), detach=False)
    return {"status": "success", "run_id": run_id}


def _in(cloud: Optional[str], options: LaunchOptions) -> LaunchOptions:
    if cloud is None:
        return options
    if options.get("clouds"):
        raise TypeError("give either cloud or clouds")
    chosen = options.copy()
    chosen["clouds"] = [cloud]
    return chosen


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
