package dev.wrinklefree.sandbox.wandb.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Condition;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Field;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Inline;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Operation;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Selection;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Spread;
import dev.wrinklefree.sandbox.wandb.graphql.Document.Value;
import dev.wrinklefree.sandbox.wandb.graphql.Tokens.Kind;
import dev.wrinklefree.sandbox.wandb.graphql.Tokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads executable documents: operations and fragments. Types of variables are read over. */
final class DocumentParser {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tokens tokens;

  private DocumentParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a document.
   *
   * @throws GraphQlException if it is none
   */
  static Document parse(String text) {
    return new DocumentParser(new Tokens(text)).document();
  }

  private Document document() {
    List<Operation> operations = new ArrayList<>();
    Map<String, List<Selection>> fragments = new HashMap<>();
    while (!tokens.ended()) {
      if (tokens.takeIf("fragment")) {
        String name = tokens.name();
        tokens.expect("on");
        tokens.name();
        fragments.put(name, selections());
      } else {
        operations.add(operation());
      }
    }
    if (operations.isEmpty()) {
      throw new GraphQlException("Must provide an operation.");
    }
    return new Document(operations, fragments);
  }

  private Operation operation() {
    if (tokens.peek().text().equals("{")) {
      return new Operation(false, null, Map.of(), selections());
    }
    boolean mutation = tokens.takeIf("mutation");
    if (!mutation) {
      tokens.expect("query");
    }
    String name = tokens.peek().kind() == Kind.NAME ? tokens.name() : null;
    return new Operation(mutation, name, variableDefaults(), selections());
  }

  private Map<String, JsonNode> variableDefaults() {
    Map<String, JsonNode> defaults = new HashMap<>();
    if (tokens.takeIf("(")) {
      while (!tokens.takeIf(")")) {
        tokens.expect("$");
        String name = tokens.name();
        tokens.expect(":");
        type();
        if (tokens.takeIf("=")) {
          defaults.put(name, constant(value()));
        }
      }
    }
    return defaults;
  }

  private void type() {
    if (tokens.takeIf("[")) {
      type();
      tokens.expect("]");
    } else {
      tokens.name();
    }
    tokens.takeIf("!");
  }

  private List<Selection> selections() {
    List<Selection> selections = new ArrayList<>();
    tokens.expect("{");
    while (!tokens.takeIf("}")) {
      selections.add(tokens.takeIf("...") ? fragment() : field());
    }
    return selections;
  }

  private Selection fragment() {
    if (tokens.takeIf("on")) {
      tokens.name();
    } else if (tokens.peek().kind() == Kind.NAME) {
      return new Spread(tokens.name(), conditions());
    }
    List<Condition> conditions = conditions();
    return new Inline(selections(), conditions);
  }

  private Field field() {
    String key = tokens.name();
    String name = tokens.takeIf(":") ? tokens.name() : key;
    Map<String, Value> arguments = arguments();
    List<Condition> conditions = conditions();
    boolean nested = tokens.peek().text().equals("{");
    return new Field(key, name, arguments, nested ? selections() : List.of(), conditions);
  }

  private Map<String, Value> arguments() {
    return tokens.takeIf("(") ? fields(")") : Map.of();
  }

  private Map<String, Value> fields(String end) {
    Map<String, Value> fields = new LinkedHashMap<>();
    while (!tokens.takeIf(end)) {
      String name = tokens.name();
      tokens.expect(":");
      fields.put(name, value());
    }
    return fields;
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    while (tokens.takeIf("@")) {
      String name = tokens.name();
      Value value = arguments().get("if");
      if (value == null || !(name.equals("include") || name.equals("skip"))) {
        throw new GraphQlException("Unknown directive \"@" + name + "\".");
      }
      conditions.add(new Condition(name.equals("include"), value));
    }
    return conditions;
  }

  private Value value() {
    if (tokens.takeIf("$")) {
      return new Value.Variable(tokens.name());
    } else if (tokens.takeIf("{")) {
      return new Value.Fields(fields("}"));
    } else if (tokens.takeIf("[")) {
      List<Value> items = new ArrayList<>();
      while (!tokens.takeIf("]")) {
        items.add(value());
      }
      return new Value.Items(items);
    }
    return new Value.Literal(literal(tokens.take()));
  }

  private static JsonNode literal(Token token) {
    return switch (token.kind()) {
      case NUMBER -> json(token.text());
      case STRING ->
          token.text().startsWith("\"\"\"")
              ? TextNode.valueOf(token.text().substring(3, token.text().length() - 3))
              : json(token.text());
      case NAME ->
          switch (token.text()) {
            case "true", "false" -> BooleanNode.valueOf(token.text().equals("true"));
            case "null" -> NullNode.instance;
            default -> TextNode.valueOf(token.text());
          };
      case PUNCTUATOR, END -> throw Tokens.unexpected(token);
    };
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new GraphQlException("Syntax Error GraphQL request: " + e.getOriginalMessage());
    }
  }

  private static JsonNode constant(Value value) {
    return new Variables(Map.of()).resolve(value);
  }
}
