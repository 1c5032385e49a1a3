package dev.wrinklefree.contract.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a collection that JSON left out into an empty one, and keeps the order of the others. */
final class Absent {

  private Absent() {}

  static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  static <V> Map<String, V> map(@Nullable Map<String, V> given) {
    return given == null
        ? Map.of()
        : java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(given));
  }
}
