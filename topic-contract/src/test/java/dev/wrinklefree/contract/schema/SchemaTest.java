package dev.wrinklefree.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The committed schemas are the records' schemas. After a change of a record, write them anew with
 * {@code mvn -pl topic-contract test -Dtest=SchemaTest -Dcontract.write=true}.
 */
class SchemaTest {

  private final SchemaGenerating generating = new SchemaGenerating();

  @ParameterizedTest
  @EnumSource(EventType.class)
  void committedSchemaIsTheRecordsSchema(EventType type) throws IOException {
    String expected = ContractFiles.pretty(generating.schemaOf(type));
    if (Boolean.getBoolean("contract.write")) {
      Files.writeString(ContractFiles.schema(type), expected);
    }
    assertThat(Files.readString(ContractFiles.schema(type))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void exampleSatisfiesItsSchema(EventType type) throws IOException {
    assertThat(schema(type).validate(ContractFiles.read(ContractFiles.example(type)).get("data")))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void schemaRefusesDataWithoutItsRequiredFields(EventType type) throws IOException {
    JsonSchema schema = schema(type);
    Set<String> required = new HashSet<>();
    ContractFiles.read(ContractFiles.schema(type))
        .path("required")
        .forEach(name -> required.add(name.asText()));
    for (String field : required) {
      var data = ContractFiles.read(ContractFiles.example(type)).get("data").deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) data).remove(field);
      assertThat(schema.validate(data)).as("without %s", field).isNotEmpty();
    }
  }

  @Test
  void everyDataRecordHasAnEventType() {
    Set<Class<?>> leaves = new HashSet<>();
    collectLeaves(EventData.class, leaves);
    assertThat(Arrays.stream(EventType.values()).map(EventType::dataClass))
        .containsExactlyInAnyOrderElementsOf(
            leaves.stream()
                .<Class<? extends EventData>>map(c -> c.asSubclass(EventData.class))
                .toList());
  }

  private static void collectLeaves(Class<?> type, Set<Class<?>> leaves) {
    if (!type.isSealed()) {
      leaves.add(type);
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collectLeaves(permitted, leaves);
    }
  }

  private static JsonSchema schema(EventType type) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(ContractFiles.schema(type)));
  }
}
