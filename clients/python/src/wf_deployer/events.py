"""The platform's events as a program reads them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Optional, Tuple

from .errors import DeployerError

#: Where each topic is told over HTTP: service and path. Alerts of all services are one topic, which each can tell.
STREAMS: Mapping[str, Tuple[str, str]] = {
    "launch-state": ("launch", "/launches/events"),
    "job-state": ("monitor", "/jobs/events"),
    "training-progress": ("monitor", "/progress/events"),
    "checkpoint-written": ("checkpoint", "/checkpoints/events"),
    "running-cost": ("cost", "/costs/events"),
    "run-alert": ("monitor", "/alerts/events"),
}

_POSITION = re.compile(r"(?P<topic>[a-z-]+)(?:/(?P<run>[a-z0-9-]+))?@(?P<next>\d+:\d+(?:,\d+:\d+)*)")


@dataclass(frozen=True)
class Event:
    """One event.

    ``id`` and ``source`` identify it, also when it comes twice. ``sequence`` counts from 1 without gaps per source and
    run, so a subscriber can prove that it missed nothing. ``time`` is RFC 3339. ``data`` is what it says.
    """

    topic: str
    type: str
    run_id: str
    id: str
    source: str
    time: str
    sequence: Optional[int]
    data: Dict[str, Any] = field(repr=False)


class MissedEventsError(DeployerError):
    """The broker no longer has events that were asked for. Iterating on goes on with the oldest that it has."""


@dataclass(frozen=True)
class Position:
    """The next offset of each partition of a topic, of all runs or of one: ``job-state/my-run@3:7``."""

    topic: str
    run_id: Optional[str]
    offsets: Mapping[int, int]

    @classmethod
    def parse(cls, text: str) -> Position:
        """The position of an ``id`` of a server-sent event.

        :raises ValueError: if it is none
        """
        match = _POSITION.fullmatch(text)
        if match is None:
            raise ValueError(f'"{text}" is no position of a subscription')
        pairs = (pair.split(":") for pair in match["next"].split(","))
        return cls(match["topic"], match["run"], {int(partition): int(offset) for partition, offset in pairs})

    def __str__(self) -> str:
        run = "" if self.run_id is None else "/" + self.run_id
        return f"{self.topic}{run}@" + ",".join(f"{p}:{offset}" for p, offset in sorted(self.offsets.items()))


def of_structured(topic: str, text: str) -> Event:
    """An event in CloudEvents' structured mode."""
    envelope = json.loads(text)
    return _event(topic, envelope, envelope.get("data") or {})


def of_headers(topic: str, headers: Mapping[str, bytes], value: bytes) -> Event:
    """An event in CloudEvents' binary mode, as it is on Kafka."""
    attributes = {name[3:]: raw.decode("utf-8") for name, raw in headers.items() if name.startswith("ce_")}
    return _event(topic, attributes, json.loads(value))


def _event(topic: str, attributes: Mapping[str, Any], data: Dict[str, Any]) -> Event:
    sequence = attributes.get("sequence")
    return Event(
        topic=topic,
        type=attributes["type"],
        run_id=attributes.get("subject", ""),
        id=attributes["id"],
        source=attributes["source"],
        time=attributes.get("time", ""),
        sequence=None if sequence is None else int(sequence),
        data=data,
    )
