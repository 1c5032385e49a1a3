package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Cuts a sequence of events so that no piece has two of one run, or one event twice. */
final class RunsApart {

  private RunsApart() {}

  /** The pieces, which together are the whole in its order. */
  static <T> List<List<T>> pieces(List<T> events, Function<T, EventAttributes> attributesOf) {
    List<List<T>> pieces = new ArrayList<>();
    List<T> piece = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (T event : events) {
      EventAttributes attributes = attributesOf.apply(event);
      Identity identity = new Identity(attributes.source(), attributes.id());
      if (seen.contains(attributes.runId()) || seen.contains(identity)) {
        pieces.add(piece);
        piece = new ArrayList<>();
        seen.clear();
      }
      seen.add(attributes.runId());
      seen.add(identity);
      piece.add(event);
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private record Identity(String source, String id) {}
}
