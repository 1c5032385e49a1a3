package dev.wrinklefree.bench.soak;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for runs by events, as any other system does. For one thread. */
final class LaunchLoad implements AutoCloseable {

  private static final String SOURCE = "/soak";
  private static final LaunchRequested REQUEST =
      new LaunchRequested(
          null,
          null,
          "smollm2_135m",
          "w2",
          "small",
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          null,
          null,
          Map.of(),
          "soak",
          Map.of(),
          null,
          null);

  private final EventCodec codec = new EventCodec();
  private final KafkaProducer<String, byte[]> producer;
  private long sent;

  LaunchLoad(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Asks for one more run. */
  void send() {
    RunId run = new RunId("soak-%06d".formatted(sent++));
    EventAttributes attributes =
        new EventAttributes(
            run.value(),
            SOURCE,
            EventType.LAUNCH_REQUESTED,
            run,
            Instant.now(),
            null,
            null,
            null,
            null,
            null);
    var unused = producer.send(codec.write(attributes, codec.dataBytes(REQUEST)));
  }

  /** Waits until the broker has what was sent. */
  void flush() {
    producer.flush();
  }

  /** Runs asked for so far. */
  long sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
