package dev.wrinklefree.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The examples are real records: read into events, and written back to the same headers and JSON.
 */
class ExampleTest {

  private final EventCodec codec = new EventCodec();

  @ParameterizedTest
  @EnumSource(EventType.class)
  void exampleIsReadAndWrittenBackUnchanged(EventType type) throws Exception {
    JsonNode example = ContractFiles.read(ContractFiles.example(type));

    Event<?> event = codec.read(record(example));
    ProducerRecord<String, byte[]> written = codec.write(event);

    assertThat(event.attributes().type()).isEqualTo(type);
    assertThat(written.topic()).isEqualTo(example.get("topic").asText());
    assertThat(written.key()).isEqualTo(example.get("key").asText());
    ObjectNode headers = ContractFiles.JSON.createObjectNode();
    for (Header header : written.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    assertThat((JsonNode) headers).isEqualTo(example.get("headers"));
    assertThat(ContractFiles.JSON.readTree(written.value())).isEqualTo(example.get("data"));
  }

  private static ConsumerRecord<String, byte[]> record(JsonNode example) throws Exception {
    RecordHeaders headers = new RecordHeaders();
    example
        .get("headers")
        .properties()
        .forEach(
            h -> headers.add(h.getKey(), h.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    byte[] value = ContractFiles.JSON.writeValueAsBytes(example.get("data"));
    return new ConsumerRecord<>(
        example.get("topic").asText(),
        0,
        0L,
        0L,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        example.get("key").asText(),
        value,
        headers,
        Optional.empty());
  }
}
