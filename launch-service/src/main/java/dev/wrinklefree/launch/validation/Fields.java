package dev.wrinklefree.launch.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the fields of one JSON object by their types. What has another type is a finding and then
 * counts as absent, so that one mistake is told once. JSON null is absent.
 */
final class Fields {

  private final ObjectNode object;
  private final String path;
  private final Findings findings;

  Fields(ObjectNode object, String path, Findings findings) {
    this.object = object;
    this.path = path;
    this.findings = findings;
  }

  String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  Optional<String> text(String field) {
    return value(field).flatMap(node -> textOf(node, path(field)));
  }

  Optional<String> requiredText(String field) {
    requirePresent(field);
    return text(field);
  }

  Optional<Boolean> bool(String field) {
    Optional<JsonNode> node = value(field);
    if (node.isPresent() && !node.get().isBoolean()) {
      wrongType(path(field), "true or false", node.get());
      return Optional.empty();
    }
    return node.map(JsonNode::booleanValue);
  }

  Optional<Fields> object(String field) {
    return value(field).flatMap(node -> objectOf(node, path(field)));
  }

  Optional<Fields> requiredObject(String field) {
    requirePresent(field);
    return object(field);
  }

  /** The items that are strings, each with its path. */
  List<Located<String>> texts(String field, int most) {
    List<Located<String>> texts = new ArrayList<>();
    for (Located<JsonNode> item : items(field, most)) {
      textOf(item.value(), item.path()).ifPresent(t -> texts.add(new Located<>(item.path(), t)));
    }
    return texts;
  }

  /** The items that are objects. */
  List<Fields> objects(String field, int most) {
    List<Fields> objects = new ArrayList<>();
    for (Located<JsonNode> item : items(field, most)) {
      objectOf(item.value(), item.path()).ifPresent(objects::add);
    }
    return objects;
  }

  /** The members that are strings, by key, each with its path. */
  Map<String, Located<String>> textsByKey(String field, int most) {
    Map<String, Located<String>> members = new TreeMap<>();
    Optional<Fields> map = object(field);
    if (map.isEmpty()) {
      return members;
    }
    if (map.get().object.size() > most) {
      tooMany(path(field), map.get().object.size(), most);
      return members;
    }
    for (Map.Entry<String, JsonNode> member : map.get().object.properties()) {
      String where = path(field) + "." + Texts.shown(member.getKey());
      textOf(member.getValue(), where)
          .ifPresent(text -> members.put(member.getKey(), new Located<>(where, text)));
    }
    return members;
  }

  /** Whether a member of an object is there, of whatever type. */
  boolean has(String field, String member) {
    return object.path(field).hasNonNull(member);
  }

  /** Every field but these is a finding: a misspelt one must not be passed over in silence. */
  void refuseOthers(List<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        String shown = Texts.shown(field.getKey());
        findings.add(
            path(shown),
            Code.UNKNOWN_FIELD,
            () -> "there is no field \"" + shown + "\"" + Texts.didYouMean(field.getKey(), known));
      }
    }
  }

  private List<Located<JsonNode>> items(String field, int most) {
    Optional<JsonNode> node = value(field);
    List<Located<JsonNode>> items = new ArrayList<>();
    if (node.isEmpty()) {
      return items;
    }
    if (!node.get().isArray()) {
      wrongType(path(field), "a list", node.get());
    } else if (node.get().size() > most) {
      tooMany(path(field), node.get().size(), most);
    } else {
      for (JsonNode item : node.get()) {
        items.add(new Located<>(path(field) + "[" + items.size() + "]", item));
      }
    }
    return items;
  }

  private Optional<JsonNode> value(String field) {
    return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
  }

  private Optional<String> textOf(JsonNode node, String where) {
    if (!node.isTextual()) {
      wrongType(where, "a string", node);
      return Optional.empty();
    }
    if (SecretRule.isIn(node.textValue())) {
      findings.add(
          where, Code.SECRET_IN_VALUE, "the value looks like a secret, and " + SecretRule.ADVICE);
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  private Optional<Fields> objectOf(JsonNode node, String where) {
    if (node instanceof ObjectNode child) {
      return Optional.of(new Fields(child, where, findings));
    }
    wrongType(where, "an object", node);
    return Optional.empty();
  }

  private void requirePresent(String field) {
    if (value(field).isEmpty()) {
      findings.add(path(field), Code.REQUIRED, field + " is required");
    }
  }

  private void wrongType(String where, String wanted, JsonNode got) {
    findings.add(where, Code.WRONG_TYPE, "must be " + wanted + ", not " + typeName(got));
  }

  private static String typeName(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "null";
    };
  }

  private void tooMany(String where, int count, int most) {
    findings.add(
        where, Code.TOO_MANY, "has " + count + " entries, at most " + most + " are allowed");
  }
}
