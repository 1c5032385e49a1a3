package dev.wrinklefree.bench.commands;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for launches over Kafka, as any program may. */
final class RequestedRuns {

  private RequestedRuns() {}

  /** Puts a request for each run on the broker and waits until it has them. */
  static void request(String kafka, List<RunId> runs, Instant at)
      throws InterruptedException, ExecutionException {
    EventCodec codec = new EventCodec();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (RunId run : runs) {
        EventAttributes attributes =
            new EventAttributes(
                run + ":request",
                "/bench",
                EventType.LAUNCH_REQUESTED,
                run,
                at,
                null,
                null,
                null,
                null,
                null);
        sent.add(producer.send(codec.write(new Event<>(attributes, fairy2()))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static LaunchRequested fairy2() {
    return new LaunchRequested(
        "fairy2_train",
        null,
        "smollm2_135m",
        "w2",
        "dev",
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        null,
        null,
        Map.of(),
        "bench@example.org",
        Map.of(),
        null,
        null);
  }
}
