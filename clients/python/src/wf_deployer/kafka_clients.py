"""Kafka through whichever client is installed: confluent-kafka or kafka-python. This package needs neither."""

from __future__ import annotations

import importlib
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Protocol, Tuple

from .errors import DeployerError, UnreachableError

_POLL_SECONDS = 0.5
_ANSWER_SECONDS = 15.0


class Record(NamedTuple):
    """One record of a topic."""

    topic: str
    partition: int
    offset: int
    key: Optional[bytes]
    headers: Mapping[str, bytes]
    value: bytes


class KafkaClient(Protocol):
    """What a subscription needs of a client: partitions are read without a group, so nothing is committed."""

    def bounds(self, topic: str) -> Mapping[int, Tuple[int, int]]:
        """The oldest offset of each partition, and the one after the newest."""

    def begin(self, offsets: Mapping[Tuple[str, int], int]) -> None:
        """Read these partitions from these offsets on."""

    def poll(self) -> Iterator[Record]:
        """What has come, waiting for a moment if nothing has."""

    def close(self) -> None:
        """Leave the broker."""


def connect(settings: Mapping[str, Any]) -> Optional[KafkaClient]:
    """A client by ``bootstrap.servers`` and other settings in the words of Kafka; ``None`` if none is installed.

    :raises UnreachableError: if the broker does not answer
    """
    for module, adapter in (("confluent_kafka", _Confluent), ("kafka", _KafkaPython)):
        try:
            library = importlib.import_module(module)
        except ImportError:
            continue
        try:
            client: KafkaClient = adapter(library, settings)
        except DeployerError:
            raise
        except Exception as error:
            raise UnreachableError(f"Kafka at {settings['bootstrap.servers']}: {error}") from error
        return client
    return None


class _Confluent:
    def __init__(self, library: Any, settings: Mapping[str, Any]) -> None:
        self._library = library
        # The library insists on a group; none is joined, since partitions are assigned and nothing is committed.
        required = {"group.id": "wf-deployer", "enable.auto.commit": False, "auto.offset.reset": "error"}
        self._consumer = library.Consumer({**settings, **required})

    def bounds(self, topic: str) -> Mapping[int, Tuple[int, int]]:
        found = self._consumer.list_topics(topic, timeout=_ANSWER_SECONDS).topics[topic]
        if found.error is not None:
            raise UnreachableError(f"Kafka refuses the topic {topic}: {found.error}")
        partitions = (self._library.TopicPartition(topic, number) for number in found.partitions)
        return {p.partition: self._consumer.get_watermark_offsets(p, timeout=_ANSWER_SECONDS) for p in partitions}

    def begin(self, offsets: Mapping[Tuple[str, int], int]) -> None:
        self._consumer.assign([self._library.TopicPartition(t, p, offset) for (t, p), offset in offsets.items()])

    def poll(self) -> Iterator[Record]:
        for message in self._consumer.consume(500, timeout=_POLL_SECONDS):
            if message.error() is not None:
                if message.error().fatal() or message.topic() is None:
                    raise UnreachableError(f"Kafka: {message.error()}")
                continue
            headers = dict(message.headers() or ())
            key, value = message.key(), message.value()
            yield Record(message.topic(), message.partition(), message.offset(), key, headers, value)

    def close(self) -> None:
        self._consumer.close()


class _KafkaPython:
    def __init__(self, library: Any, settings: Mapping[str, Any]) -> None:
        self._library = library
        named = {name.replace(".", "_"): value for name, value in settings.items()}
        self._consumer = library.KafkaConsumer(
            **{**named, "group_id": None, "enable_auto_commit": False, "auto_offset_reset": "none"}
        )

    def bounds(self, topic: str) -> Mapping[int, Tuple[int, int]]:
        numbers = self._consumer.partitions_for_topic(topic)
        if not numbers:
            raise UnreachableError(f"Kafka has no topic {topic}, or does not show it")
        partitions = [self._library.TopicPartition(topic, number) for number in numbers]
        first, last = self._consumer.beginning_offsets(partitions), self._consumer.end_offsets(partitions)
        return {p.partition: (first[p], last[p]) for p in partitions}

    def begin(self, offsets: Mapping[Tuple[str, int], int]) -> None:
        partitions = {self._library.TopicPartition(t, p): offset for (t, p), offset in offsets.items()}
        self._consumer.assign(list(partitions))
        for partition, offset in partitions.items():
            self._consumer.seek(partition, offset)

    def poll(self) -> Iterator[Record]:
        batches: Dict[Any, List[Any]] = self._consumer.poll(timeout_ms=int(_POLL_SECONDS * 1000))
        for batch in batches.values():
            for found in batch:
                headers = dict(found.headers)
                yield Record(found.topic, found.partition, found.offset, found.key, headers, found.value)

    def close(self) -> None:
        self._consumer.close()
