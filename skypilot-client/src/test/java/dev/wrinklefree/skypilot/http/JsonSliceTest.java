package dev.wrinklefree.skypilot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSliceTest {

  @Test
  void membersAreTheBytesThatTheyCameAs() {
    Map<String, JsonSlice> members =
        members(
            "{ \"a\" : \"x\\\"\\u00e9, }\" ,\n\"b\":[1, {\"c\":2} ] , \"d\":-1.50 ,\"e\":null,\"f\":NaN\t}");

    assertThat(members.get("a")).hasToString("\"x\\\"\\u00e9, }\"");
    assertThat(members.get("b")).hasToString("[1, {\"c\":2} ]");
    assertThat(members.get("d")).hasToString("-1.50");
    assertThat(members.get("e")).hasToString("null");
    assertThat(members.get("f")).hasToString("NaN");
    assertThat(members).hasSize(5);
  }

  @Test
  void membersOfAMemberAreFoundWhereTheyAre() {
    JsonSlice detail =
        members("{\"first\":\"é\",\"detail\":{\"status\":\"FAILED\"},\"z\":1}").get("detail");

    assertThat(Objects.requireNonNull(detail).members().orElseThrow().get("status"))
        .hasToString("\"FAILED\"");
  }

  @Test
  void theLastOfTwoMembersOfANameCounts() {
    assertThat(members("{\"a\":1,\"a\":2}").get("a")).hasToString("2");
  }

  @Test
  void sameBytesAreEqualWhereverTheyAre() {
    JsonSlice here = members("{\"a\":\"same\"}").get("a");
    JsonSlice there = members("{\"long name\":1, \"b\": \"same\"}").get("b");

    assertThat(there).isEqualTo(here).hasSameHashCodeAs(here);
    assertThat(members("{\"a\":\"sane\"}").get("a")).isNotEqualTo(here);
    assertThat(members("{\"a\":\"same \"}").get("a")).isNotEqualTo(here);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "[]", "null", "{", "{\"a\"", "{\"a\":\"x", "{\"a\":\"\\q\"}", "<html>"})
  void whatIsNoWholeObjectHasNoMembers(String document) {
    assertThat(JsonSlice.of(document).members()).isEmpty();
  }

  @Test
  void anotherEncodingIsNotTakenForUtf8() {
    assertThat(JsonSlice.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)).members()).isEmpty();
  }

  @Test
  void anExpectedTextIsTakenForItselfAndForNothingElse() {
    JsonSlice expected = JsonSlice.of("\"a \\\" b\"");
    String same = "{\"x\":1,\"value\": \"a \\\" b\" ,\"error\":null}";
    String longer = "{\"value\":\"a \\\" b\\\"\",\"error\":null}";
    String last = "{\"value\":\"a \\\" b\"}";
    String broken = "{\"value\":\"a \\\" b\" \"error\":null}";

    Map<String, JsonSlice> members = JsonSlice.of(same).members(expected).orElseThrow();
    assertThat(members.get("value")).isSameAs(expected);
    assertThat(members.get("x")).hasToString("1");
    assertThat(members.get("error")).hasToString("null");
    assertThat(members).hasSize(3);
    assertThat(JsonSlice.of(longer).members(expected).orElseThrow().get("value"))
        .hasToString("\"a \\\" b\\\"\"");
    assertThat(JsonSlice.of(last).members(expected)).contains(Map.of("value", expected));
    assertThat(JsonSlice.of(broken).members(expected)).isEmpty();
    assertThat(JsonSlice.of("{\"value\":\"a \\\" b").members(expected)).isEmpty();
    assertThat(JsonSlice.of("{\"value\":\"a \\\" b\"").members(expected)).isEmpty();
  }

  @Test
  void membersReadOneByOneAreWhatTheWholeDocumentSays() {
    Random random = new Random(20261124);
    for (int round = 0; round < 300; round++) {
      String document = object(random, 3);
      JsonNode whole = Json.parse(document).orElseThrow();
      Map<String, JsonSlice> members = members(document);
      assertThat(members).hasSize(whole.size());
      members.forEach(
          (name, slice) ->
              assertThat(slice.value()).as("%s of %s", name, document).contains(whole.get(name)));
    }
  }

  private static Map<String, JsonSlice> members(String document) {
    return JsonSlice.of(document).members().orElseThrow();
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int field = random.nextInt(6); field > 0; field--) {
      json.append(space(random)).append('"').append(text(random)).append(field).append('"');
      json.append(space(random)).append(':').append(space(random)).append(value(random, depth));
      json.append(space(random)).append(field == 1 ? "" : ",");
    }
    return json.append(space(random)).append('}').toString();
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> "\"" + text(random) + "\"";
      case 1 -> Double.toString(random.nextGaussian());
      case 2 -> Long.toString(random.nextLong());
      case 3 -> random.nextBoolean() ? "null" : "true";
      case 4 -> "[" + value(random, depth - 1) + " ,\t" + value(random, depth - 1) + "]";
      default -> object(random, depth - 1);
    };
  }

  private static String text(Random random) {
    String[] parts = {"x", ",", "}", "]", "é", "€", "😀", "\\\"", "\\\\", "\\n", "\\u20ac", " "};
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(part -> parts[random.nextInt(parts.length)])
        .reduce("", String::concat);
  }

  private static String space(Random random) {
    return " \n\t\r".substring(0, random.nextInt(5));
  }
}
