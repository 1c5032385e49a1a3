package dev.wrinklefree.launch.template;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Refuses the YAML that is more than a tree of plain values. The parser here reads an alias as the
 * text of its name, and passes tags over: a template that uses them would silently become another
 * task. Without aliases no text can grow when it is read, either.
 */
final class PlainYaml {

  private static final int MAX_DEPTH = 50;
  private static final String MERGE_KEY = "<<";

  private PlainYaml() {}

  /** Why the text is not plain YAML, as one clause; empty if it is. */
  static Optional<String> refusal(String text) {
    int documents = 0;
    int depth = 0;
    try {
      for (Event event : new Yaml().parse(new StringReader(text))) {
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
        if (depth > MAX_DEPTH) {
          return Optional.of("it is nested more than " + MAX_DEPTH + " deep");
        }
        if (event instanceof DocumentStartEvent && ++documents > 1) {
          return Optional.of("it has more than one document");
        }
        if (event instanceof AliasEvent || isAnchored(event)) {
          return Optional.of("it has anchors or aliases");
        }
        if (isTagged(event)) {
          return Optional.of("it has tags");
        }
        if (isMergeKey(event)) {
          return Optional.of("it has merge keys");
        }
      }
    } catch (YAMLException e) {
      return Optional.of(
          "it is not YAML: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no detail"));
    }
    return Optional.empty();
  }

  private static boolean isAnchored(Event event) {
    return event instanceof NodeEvent node && node.getAnchor() != null;
  }

  private static boolean isTagged(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag() != null;
      case CollectionStartEvent collection -> collection.getTag() != null;
      default -> false;
    };
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals(MERGE_KEY);
  }
}
