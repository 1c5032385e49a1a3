"""Server-sent events, as the HTML standard has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Iterator, Optional


@dataclass
class Message:
    """One block of a stream.

    ``id`` is what a client sends to go on after it, absent where the block says none. ``data`` is absent in a block
    that only tells an id, as a heartbeat does. ``retry`` is how many seconds to wait before connecting again.
    """

    id: Optional[str] = None
    name: str = "message"
    data: Optional[str] = None
    retry: Optional[float] = None


def messages(stream: IO[bytes]) -> Iterator[Message]:
    """The blocks of a stream until it ends; one that is cut off is dropped."""
    message = Message()
    for raw in stream:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not line:
            if message != Message():
                yield message
            message = Message()
            continue
        key, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if key == "data":
            message.data = value if message.data is None else f"{message.data}\n{value}"
        elif key == "event":
            message.name = value
        elif key == "id":
            message.id = value
        elif key == "retry" and value.isdecimal():
            message.retry = int(value) / 1000
