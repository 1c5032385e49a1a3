package dev.wrinklefree.bench.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.Envelope;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The contract's own example of an accepted launch: the usual size of an event. */
final class AcceptedSample {

  static final String SOURCE = "/launch-service/" + Topic.LAUNCH_STATE.topicName();
  static final String TYPE = EventType.LAUNCH_ACCEPTED.typeName();

  private static final EventCodec CODEC = new EventCodec();
  private static final byte[] DATA = read();

  private AcceptedSample() {}

  /** Its data as JSON. */
  static byte[] data() {
    return DATA.clone();
  }

  /** Its record for a run, with all attributes that an event of ours has. */
  static ProducerRecord<String, byte[]> record(String topic, RunId run) {
    Instant now = Instant.now();
    return CODEC.write(
        new Envelope(topic, TYPE, run + ":1", SOURCE, run, now, now, 1L, "cause", "cause", null),
        DATA);
  }

  private static byte[] read() {
    String name = "/contract/examples/launch.accepted.v1.json";
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream resource = AcceptedSample.class.getResourceAsStream(name)) {
      return mapper.writeValueAsBytes(
          mapper.readTree(Objects.requireNonNull(resource)).required("data"));
    } catch (IOException e) {
      throw new IllegalStateException("the contract has its own examples", e);
    }
  }
}
