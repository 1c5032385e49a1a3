package dev.wrinklefree.contract.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a schema says differently from the released one, other than in a compatible way. Adding an
 * optional field is compatible, and so is a field that our own services always write: readers
 * ignore what they do not know. Everything else is another event type.
 */
final class Compatibility {

  /** Words for people, which bind nobody. */
  private static final Set<String> PROSE = Set.of("description", "title", "$comment", "examples");

  private final boolean written;
  private final List<String> breaks = new ArrayList<>();

  private Compatibility(boolean written) {
    this.written = written;
  }

  /** The breaks of a type that our services write and others read, one sentence each. */
  static List<String> ofWritten(JsonNode released, JsonNode now) {
    return compare(new Compatibility(true), released, now);
  }

  /** The breaks of a type that others write and our services read, one sentence each. */
  static List<String> ofRead(JsonNode released, JsonNode now) {
    return compare(new Compatibility(false), released, now);
  }

  private static List<String> compare(Compatibility run, JsonNode released, JsonNode now) {
    run.schema("", released, now);
    return run.breaks;
  }

  private void schema(String path, JsonNode released, JsonNode now) {
    for (String keyword : names(released, now)) {
      JsonNode before = released.path(keyword);
      JsonNode after = now.path(keyword);
      switch (keyword) {
        case "properties" -> members(path, before, after, false);
        case "$defs" -> members(path + "#", before, after, true);
        case "items", "additionalProperties" -> {
          if (before.isObject() && after.isObject()) {
            schema(path + "[]", before, after);
          } else if (!before.equals(after)) {
            breaks.add(path + ": " + keyword + " changed");
          }
        }
        case "required" -> required(path, before, after);
        default -> {
          if (!PROSE.contains(keyword) && !before.equals(after)) {
            breaks.add(
                "%s: %s was %s and is %s".formatted(path, keyword, text(before), text(after)));
          }
        }
      }
    }
  }

  private void members(String path, JsonNode released, JsonNode now, boolean definitions) {
    released
        .properties()
        .forEach(
            member -> {
              String name = path + "/" + member.getKey();
              if (now.has(member.getKey())) {
                schema(name, member.getValue(), now.get(member.getKey()));
              } else if (!definitions) {
                breaks.add(name + ": the field is gone");
              }
              // A definition that nothing refers to any more is missed where it was referred to.
            });
  }

  private void required(String path, JsonNode released, JsonNode now) {
    Set<String> before = words(released);
    Set<String> after = words(now);
    for (String field : before) {
      if (written && !after.contains(field)) {
        breaks.add(path + "/" + field + ": was always there and may now be absent");
      }
    }
    for (String field : after) {
      if (!written && !before.contains(field)) {
        breaks.add(path + "/" + field + ": may no longer be left out");
      }
    }
  }

  private static Set<String> words(JsonNode array) {
    Set<String> words = new TreeSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Set<String> names(JsonNode released, JsonNode now) {
    Set<String> names = new TreeSet<>();
    released.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(JsonNode node) {
    return node instanceof MissingNode ? "absent" : node.toString();
  }
}
