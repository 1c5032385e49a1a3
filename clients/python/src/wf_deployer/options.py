"""What every launch may be told beside what its kind of job takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Mapping, Optional, Sequence, TypedDict, Union

from .rest import Json


class LaunchOptions(TypedDict, total=False):
    """Keywords of all functions that launch.

    ``run_id``: an id of your choice; a second launch under it starts nothing.
    ``name``: the name that ``logs`` and ``cancel`` take, shared by many runs; the kind's own if absent.
    ``clouds``: candidates in order, such as ``"nebius"`` or ``"gcp/us-east4"``; the platform's order if absent.
    ``spot``: whether interruptible machines may be used.
    ``budget``: most US dollars that the run may cost.
    ``budget_action``: what then happens, ``alert`` (if absent), ``cancel-at-checkpoint`` or ``cancel``.
    ``environment``: plain variables of the task; never secrets.
    ``secrets``: names of secrets that the platform supplies.
    ``labels``: key-value pairs of the run.
    """

    run_id: Optional[str]
    name: Optional[str]
    clouds: Optional[Sequence[str]]
    spot: Optional[bool]
    budget: Union[Decimal, int, str, None]
    budget_action: str
    environment: Optional[Mapping[str, str]]
    secrets: Optional[Sequence[str]]
    labels: Optional[Mapping[str, str]]


def request_of(template: str, fields: Mapping[str, Any], options: LaunchOptions) -> Json:
    """The body of a launch; fields and options without a value are left out.

    :raises TypeError: for a keyword that no launch has
    """
    unknown = sorted(options.keys() - LaunchOptions.__annotations__.keys())
    if unknown:
        raise TypeError(f"unexpected keyword argument: {', '.join(unknown)}")
    budget = options.get("budget")
    optional: Json = {
        **fields,
        "runId": options.get("run_id"),
        "name": options.get("name"),
        "clouds": [_cloud(cloud) for cloud in options.get("clouds") or ()],
        "spot": options.get("spot"),
        "environment": dict(options.get("environment") or {}),
        "secrets": list(options.get("secrets") or ()),
        "labels": dict(options.get("labels") or {}),
        "budget": None if budget is None else _budget(budget, options.get("budget_action", "alert")),
    }
    request: Json = {"template": template}
    request.update({key: value for key, value in optional.items() if value is not None and value not in ([], {})})
    return request


def _budget(limit: Union[Decimal, int, str], action: str) -> Json:
    return {"limit": {"amount": str(limit), "currency": "USD"}, "action": action}


def _cloud(text: str) -> Json:
    cloud, slash, region = text.partition("/")
    return {"cloud": cloud, "region": region} if slash else {"cloud": cloud}
