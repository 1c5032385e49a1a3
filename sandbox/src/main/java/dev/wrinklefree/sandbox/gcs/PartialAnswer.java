package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameter {@code fields}: which members of an answer a client wants, such as {@code
 * nextPageToken,items(name,generation)} or {@code items/name}. An array's elements are cut each.
 *
 * @param members what is wanted of an object; none means all
 */
record PartialAnswer(Map<String, PartialAnswer> members) {

  private static final String ANY = "*";

  PartialAnswer {
    members = Map.copyOf(members);
  }

  /** Reads a parameter's value. */
  static PartialAnswer of(String fields) {
    Parser parser = new Parser(fields);
    Map<String, PartialAnswer> members = parser.list();
    if (parser.position < fields.length()) {
      throw StorageException.invalid("Invalid field selection " + fields);
    }
    return new PartialAnswer(members);
  }

  /** Takes away from a document what is not wanted. */
  void cut(JsonNode document) {
    if (members.isEmpty() || members.containsKey(ANY)) {
      return;
    }
    if (document instanceof ArrayNode array) {
      array.forEach(this::cut);
    } else if (document instanceof ObjectNode object) {
      object.retain(members.keySet());
      members.forEach((name, wanted) -> wanted.cut(object.path(name)));
    }
  }

  private PartialAnswer with(PartialAnswer other) {
    if (members.isEmpty() || other.members.isEmpty()) {
      return new PartialAnswer(Map.of());
    }
    Map<String, PartialAnswer> all = new LinkedHashMap<>(members);
    other.members.forEach((name, wanted) -> all.merge(name, wanted, PartialAnswer::with));
    return new PartialAnswer(all);
  }

  private static final class Parser {

    private final String text;
    private int position;

    Parser(String text) {
      this.text = text;
    }

    Map<String, PartialAnswer> list() {
      Map<String, PartialAnswer> members = new LinkedHashMap<>();
      do {
        members.merge(name(), below(), PartialAnswer::with);
      } while (take(','));
      return members;
    }

    private PartialAnswer below() {
      if (take('/')) {
        return new PartialAnswer(Map.of(name(), below()));
      }
      if (take('(')) {
        Map<String, PartialAnswer> members = list();
        if (!take(')')) {
          throw StorageException.invalid("Invalid field selection " + text);
        }
        return new PartialAnswer(members);
      }
      return new PartialAnswer(Map.of());
    }

    private String name() {
      int start = position;
      while (position < text.length() && ",/()".indexOf(text.charAt(position)) < 0) {
        position++;
      }
      String name = text.substring(start, position).strip();
      if (name.isEmpty()) {
        throw StorageException.invalid("Invalid field selection " + text);
      }
      return name;
    }

    private boolean take(char expected) {
      boolean there = position < text.length() && text.charAt(position) == expected;
      position += there ? 1 : 0;
      return there;
    }
  }
}
