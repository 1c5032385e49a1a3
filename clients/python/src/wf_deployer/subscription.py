"""Following the platform's events, from Kafka or from the services."""

from __future__ import annotations

import queue
import threading
import time
from types import TracebackType
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Tuple, Type, Union

from . import kafka_clients
from .errors import DeployerError, UnreachableError
from .events import STREAMS, Event, MissedEventsError, Position, of_headers, of_structured
from .rest import Rest
from .runs import Runs
from .settings import Settings
from .sse import messages

#: A service sends something every 15 s; a stream that is silent for longer is broken.
_SILENCE_SECONDS = 45.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
#: Events that wait for the subscriber; readers stop while there are as many.
_WAITING = 1000

#: A topic, how far it is told, and what is told.
_Arrival = Tuple[str, str, Union[Event, DeployerError, None]]


def subscribe(
    run: Optional[str] = None,
    topics: Sequence[str] = ("job-state", "checkpoint-written"),
    start: Optional[str] = None,
    positions: Optional[Mapping[str, str]] = None,
    timeout: Optional[float] = None,
    kafka: Optional[Mapping[str, Any]] = None,
) -> Subscription:
    """Follow events as they happen. Breaks of a connection are mended, and nothing is missed or told twice by them.

    .. code-block:: python

        with subscribe(run_id) as events:
            for event in events:
                print(event.time, event.type, event.data)

    They come from Kafka if a client of it is installed (confluent-kafka or kafka-python) and its address is known, by
    ``kafka`` or ``WF_KAFKA_BOOTSTRAP_SERVERS``; else from the services, as server-sent events. Events of one run and
    topic come in their order.

    :param run: only events of that run, given by its id or by a name that only one live run has; of all runs if absent
    :param topics: of ``launch-state``, ``job-state``, ``training-progress``, ``checkpoint-written``, ``running-cost``
        and ``run-alert``
    :param start: ``"start"`` for all that the broker still has and then what comes, ``"now"`` for what comes; if
        absent, ``"start"`` for one run and ``"now"`` for all
    :param positions: where to go on: what :attr:`Subscription.positions` of an earlier one of the same run said
    :param timeout: seconds without an event after which iterating ends; never if absent
    :param kafka: settings of the Kafka client under Kafka's own names, such as ``bootstrap.servers``
    :raises ValueError: for a topic that there is not, or a position of another subscription
    """
    unknown = [topic for topic in topics if topic not in STREAMS]
    if unknown or not topics:
        raise ValueError(f"topics must be of {', '.join(STREAMS)}; got {', '.join(unknown) or 'none'}")
    if start not in (None, "start", "now"):
        raise ValueError(f'start must be "start" or "now", got "{start}"')
    settings = Settings()
    rest = Rest(settings)
    run_id = None if run is None else Runs(rest).find_new(run).run_id
    begin = start or ("now" if run_id is None else "start")
    known = dict(positions or {})
    for text in known.values():
        if Position.parse(text).run_id != run_id:
            raise ValueError(f"{text} is a position of a subscription to {'another run' if run else 'one run'}")
    client_settings = dict(kafka or {})
    bootstrap = client_settings.setdefault("bootstrap.servers", settings.kafka_bootstrap_servers())
    client = kafka_clients.connect(client_settings) if bootstrap else None
    subscription = Subscription(known, timeout)
    if client is not None:
        subscription._add(_KafkaReader(client, topics, run_id, begin))
    else:
        for topic in topics:
            subscription._add(_StreamReader(rest, topic, run_id, begin))
    return subscription


class Subscription:
    """An iterator of events. Close it, or use it in a ``with`` statement."""

    def __init__(self, positions: Dict[str, str], timeout: Optional[float]) -> None:
        self._positions = positions
        self._timeout = timeout
        self._arrivals: queue.Queue[_Arrival] = queue.Queue(_WAITING)
        self._closed = threading.Event()

    @property
    def positions(self) -> Dict[str, str]:
        """Where a later subscription can go on after what was told by this one. Text that can be stored."""
        return dict(self._positions)

    def close(self) -> None:
        """Tell no more. Connections are given back within seconds."""
        self._closed.set()

    def _add(self, reader: _Reader) -> None:
        threading.Thread(target=self._read, args=(reader,), name="wf-events", daemon=True).start()

    def _read(self, reader: _Reader) -> None:
        try:
            for arrival in reader.read(self._positions, self._closed):
                while not self._closed.is_set():
                    try:
                        self._arrivals.put(arrival, timeout=0.5)
                        break
                    except queue.Full:
                        continue
        except DeployerError as error:
            self._arrivals.put(("", "", error))
        except Exception as error:
            self._arrivals.put(("", "", DeployerError(f"a stream of events cannot be read: {error!r}")))

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        deadline = None if self._timeout is None else time.monotonic() + self._timeout
        while not self._closed.is_set():
            left = 0.5 if deadline is None else min(0.5, deadline - time.monotonic())
            if left <= 0:
                break
            try:
                topic, position, arrived = self._arrivals.get(timeout=left)
            except queue.Empty:
                continue
            if position:
                self._positions[topic] = position
            if isinstance(arrived, MissedEventsError):
                raise arrived
            if isinstance(arrived, DeployerError):
                self.close()
                raise arrived
            if arrived is not None:
                return arrived
        raise StopIteration

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()


class _Reader:
    """Reads one source until it is closed."""

    def read(self, positions: Mapping[str, str], closed: threading.Event) -> Iterator[_Arrival]:
        raise NotImplementedError


class _StreamReader(_Reader):
    """One topic, as its service tells it."""

    def __init__(self, rest: Rest, topic: str, run_id: Optional[str], begin: str) -> None:
        self._rest, self._topic, self._run_id, self._begin = rest, topic, run_id, begin
        self._service, self._path = STREAMS[topic]

    def read(self, positions: Mapping[str, str], closed: threading.Event) -> Iterator[_Arrival]:
        last_id = positions.get(self._topic)
        pause, opened = _FIRST_PAUSE_SECONDS, False
        while not closed.is_set():
            headers = {} if last_id is None else {"Last-Event-ID": last_id}
            query = {"runId": self._run_id, "from": self._begin}
            try:
                with self._rest.stream(self._service, self._path, query, headers, _SILENCE_SECONDS) as stream:
                    opened = True
                    for message in messages(stream):
                        if closed.is_set():
                            return
                        pause = message.retry or pause
                        last_id = message.id or last_id
                        yield self._topic, last_id or "", self._told(message.name, message.data)
            except UnreachableError:
                # An address that never worked is more likely to be wrong than to be away for a moment.
                if not opened:
                    raise
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            except OSError:
                # It broke off, or was silent for too long, and is opened again where it was.
                pass
            closed.wait(pause)

    def _told(self, name: str, data: Optional[str]) -> Union[Event, DeployerError, None]:
        if data is None:
            return None
        if name == "gap":
            return MissedEventsError(f"{self._topic} no longer has all events that were asked for: {data}")
        return of_structured(self._topic, data)


class _KafkaReader(_Reader):
    """All topics at once, of all partitions or of those events that a run's key has."""

    def __init__(
        self, client: kafka_clients.KafkaClient, topics: Sequence[str], run_id: Optional[str], begin: str
    ) -> None:
        self._client, self._topics, self._run_id, self._begin = client, topics, run_id, begin

    def read(self, positions: Mapping[str, str], closed: threading.Event) -> Iterator[_Arrival]:
        try:
            offsets: Dict[Tuple[str, int], int] = {}
            for topic in self._topics:
                known = Position.parse(positions[topic]).offsets if topic in positions else {}
                for partition, (oldest, end) in self._client.bounds(topic).items():
                    wanted = known.get(partition, oldest if self._begin == "start" or known else end)
                    offsets[topic, partition] = max(wanted, oldest)
                    if wanted < oldest:
                        lost = f"{topic} no longer has the events {wanted} to {oldest - 1} of partition {partition}"
                        yield topic, self._position(topic, offsets), MissedEventsError(lost)
            self._client.begin(offsets)
            key = None if self._run_id is None else self._run_id.encode()
            while not closed.is_set():
                for record in self._client.poll():
                    offsets[record.topic, record.partition] = record.offset + 1
                    position = self._position(record.topic, offsets)
                    if key is None or record.key == key:
                        yield record.topic, position, of_headers(record.topic, record.headers, record.value)
                    else:
                        yield record.topic, position, None
        finally:
            self._client.close()

    def _position(self, topic: str, offsets: Mapping[Tuple[str, int], int]) -> str:
        own = {partition: offset for (other, partition), offset in offsets.items() if other == topic}
        return str(Position(topic, self._run_id, own))
