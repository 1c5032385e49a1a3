package dev.wrinklefree.contract.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a collection that JSON left out into an empty one, and keeps the order of the others. */
final class Absent {

  private Absent() {}

  static <T> List<T> list(@Nullable List<T> given) {
    // A null item is told by its place when the record is checked as a whole.
    return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
  }

  static <V> Map<String, V> map(@Nullable Map<String, V> given) {
    return given == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(given));
  }
}
