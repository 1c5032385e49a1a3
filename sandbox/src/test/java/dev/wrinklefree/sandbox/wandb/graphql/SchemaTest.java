package dev.wrinklefree.sandbox.wandb.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  private final ObjectType<String> word =
      new ObjectType<String>("Word")
          .field("text", text -> text)
          .field("length", String::length)
          .field("part", (text, arguments) -> part(text, arguments));
  private final Schema<String> schema =
      new Schema<>(
          new ObjectType<String>("Query")
              .field("word", word::of)
              .field("none", text -> null)
              .field("words", text -> List.of(word.of(text), word.of("second"))),
          new ObjectType<String>("Mutation").field("say", (text, a) -> a.input().text("it").get()),
          List.of(word),
          Map.of("SayInput", List.of("it")));

  private static String part(String text, Arguments arguments) {
    return text.substring(arguments.number("from").orElse(0L).intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { word { text length } none { x } }              | {"word":{"text":"first","length":5},"none":null}
          query Q { a: word { part(from: 2) } }            | {"a":{"part":"rst"}}
          query($n: Int = 3) { word { part(from: $n) } }   | {"word":{"part":"st"}}
          { words { ...F } } fragment F on Word { text }   | {"words":[{"text":"first"},{"text":"second"}]}
          { word { ... on Word { length } __typename } }   | {"word":{"length":5,"__typename":"Word"}}
          query($y: Boolean!) { word { text @skip(if: $y) length @include(if: $y) } } | {"word":{"length":5}}
          mutation { say(input: {it: "a \\"b\\" \\u00e9"}) } | {"say":"a \\"b\\" é"}
          { __type(name: "Word") { fields { name } } }     | {"__type":{"fields":[{"name":"text"},{"name":"length"},{"name":"part"}]}}
          { __type(name: "SayInput") { inputFields { name } } other: __type(name: "X") { name } } | {"__type":{"inputFields":[{"name":"it"}]},"other":null}
          """)
  void shouldAnswerWhatIsSelected(String document, String answer) {
    Map<String, JsonNode> variables = Map.of("y", BooleanNode.TRUE, "t", TextNode.valueOf("x"));

    assertThat(schema.execute("first", document, variables, null)).hasToString(answer);
  }

  @Test
  void shouldReadOverTypesAndComments() {
    String document =
        """
        # what for
        query($t: [T!]!, $u: U! = {a: [1, null]}) {
          word { text }, # this
        }""";

    assertThat(schema.execute("first", document, Map.of(), null))
        .hasToString("{\"word\":{\"text\":\"first\"}}");
  }

  @Test
  void shouldExecuteTheNamedOperation() {
    String document = "query A { word { text } } query B { word { length } }";

    assertThat(schema.execute("first", document, Map.of(), "B"))
        .hasToString("{\"word\":{\"length\":5}}");
    assertThatThrownBy(() -> schema.execute("first", document, Map.of(), "C"))
        .isInstanceOf(GraphQlException.class)
        .hasMessage("Unknown operation named \"C\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{ word { text }",
        "{ word }",
        "{ word { size } }",
        "{ word { ...F } }",
        "{ word @upper { text } }",
        "subscription { word { text } }",
        "{ word(a: ) { text } }",
        "{ word(a: \"b) { text } }",
        "fragment F on Word { text }"
      })
  void shouldRefuseWhatItCannotAnswer(String document) {
    assertThatThrownBy(() -> schema.execute("first", document, Map.of(), null))
        .isInstanceOf(GraphQlException.class);
  }
}
