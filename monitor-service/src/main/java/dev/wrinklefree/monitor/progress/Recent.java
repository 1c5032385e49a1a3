package dev.wrinklefree.monitor.progress;

import java.util.ArrayList;
import java.util.List;

/** Lists that remember only the latest. */
public final class Recent {
  private Recent() {}

  /** The list with one more at its end, and at most {@code limit} of the latest. */
  public static <T> List<T> adding(List<T> list, T value, int limit) {
    List<T> longer = new ArrayList<>(list);
    longer.add(value);
    return last(longer, limit);
  }

  /** The latest of the list. */
  static <T> List<T> last(List<T> list, int limit) {
    return List.copyOf(list.subList(Math.max(0, list.size() - limit), list.size()));
  }
}
