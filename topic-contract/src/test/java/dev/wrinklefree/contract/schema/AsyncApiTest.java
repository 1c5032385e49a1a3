package dev.wrinklefree.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The AsyncAPI document says what the code does: topics, keys, headers, types and schemas. */
class AsyncApiTest {

  private final JsonNode document = document();

  @Test
  void documentIsAsyncApi3() {
    assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
  }

  @Test
  void channelsAreExactlyTheTopicsAndTheirDeadLetters() {
    assertThat(channels().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Topic.values())
                .flatMap(t -> Stream.of(t.topicName(), t.deadLetterName()))
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void channelHasTheTopicsBrokerSettings(Topic topic) {
    assertBinding(channel(topic.topicName()), Topic.PARTITIONS, topic.brokerSettings());
    assertBinding(
        channel(topic.deadLetterName()),
        Topic.DEAD_LETTER_PARTITIONS,
        topic.deadLetterBrokerSettings());
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void channelCarriesExactlyTheTopicsEventTypes(Topic topic) {
    Set<String> names = new TreeSet<>();
    channel(topic.topicName())
        .get("messages")
        .forEach(message -> names.add(resolve(message.get("$ref")).get("name").asText()));
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values())
                .filter(type -> type.topic() == topic)
                .map(EventType::typeName)
                .toList());
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void messageNamesItsSchemaFileAndKey(EventType type) {
    JsonNode message = message(type);
    assertThat(message.at("/payload/schema/$ref").asText())
        .isEqualTo("./schemas/" + ContractFiles.shortName(type) + ".json");
    assertThat(ContractFiles.schema(type)).exists();
    assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
        .isEqualTo(type.typeName());
    assertThat(resolve(message.at("/bindings/kafka/key/$ref")).get("pattern").asText())
        .isEqualTo("^" + RunId.PATTERN + "$");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void exampleHeadersSatisfyTheDocument(EventType type) throws IOException {
    JsonNode headers = ContractFiles.read(ContractFiles.example(type)).get("headers");
    assertThat(headerSchema(message(type)).validate(headers)).isEmpty();
    headers
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(document.at("/components/schemas/requestHeaders/properties").has(name))
                    .as("header %s is documented", name)
                    .isTrue());
  }

  @Test
  void factWithoutSequenceDoesNotSatisfyTheDocument() throws IOException {
    JsonNode headers =
        ContractFiles.read(ContractFiles.example(EventType.JOB_STATE_CHANGED)).get("headers");
    ((com.fasterxml.jackson.databind.node.ObjectNode) headers).remove("ce_sequence");
    assertThat(headerSchema(message(EventType.JOB_STATE_CHANGED)).validate(headers)).isNotEmpty();
  }

  private static void assertBinding(
      JsonNode channel, int partitions, java.util.Map<String, String> settings) {
    JsonNode kafka = channel.at("/bindings/kafka");
    assertThat(kafka.get("topic")).isEqualTo(channel.get("address"));
    assertThat(kafka.get("partitions").asInt()).isEqualTo(partitions);
    JsonNode configuration = kafka.get("topicConfiguration");
    assertThat(configuration.get("cleanup.policy").get(0).asText())
        .isEqualTo(settings.get("cleanup.policy"));
    for (String name : List.of("retention.ms", "max.message.bytes")) {
      assertThat(configuration.get(name).asText()).as(name).isEqualTo(settings.get(name));
    }
    assertThat(configuration.size()).isEqualTo(settings.size());
  }

  /** The header schema with the components it refers to, as a JSON Schema of its own. */
  private JsonSchema headerSchema(JsonNode message) throws IOException {
    var schema = ContractFiles.JSON.createObjectNode();
    schema.set("allOf", message.at("/headers/allOf"));
    schema.putObject("components").set("schemas", document.at("/components/schemas"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(ContractFiles.JSON.writeValueAsString(schema));
  }

  private TreeMap<String, JsonNode> channels() {
    TreeMap<String, JsonNode> byAddress = new TreeMap<>();
    document.get("channels").forEach(c -> byAddress.put(c.get("address").asText(), c));
    return byAddress;
  }

  private JsonNode channel(String address) {
    JsonNode channel = channels().get(address);
    if (channel == null) {
      throw new AssertionError("no channel " + address);
    }
    return channel;
  }

  private JsonNode message(EventType type) {
    for (JsonNode message : document.at("/components/messages")) {
      if (message.get("name").asText().equals(type.typeName())) {
        return message;
      }
    }
    throw new AssertionError("no message for " + type.typeName());
  }

  private JsonNode resolve(JsonNode reference) {
    return document.at(reference.asText().substring(1));
  }

  private static JsonNode document() {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Files.readString(ContractFiles.ROOT.resolve("asyncapi.yaml")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
