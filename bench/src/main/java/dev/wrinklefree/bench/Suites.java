package dev.wrinklefree.bench;

import dev.wrinklefree.bench.bed.Suite;
import java.util.List;

/** All suites, in the order in which they run. */
final class Suites {

  /** Each is listed here once. */
  static final List<Suite> ALL = List.of();

  private Suites() {}

  /** Their names, for people. */
  static String names() {
    return String.join(", ", ALL.stream().map(Suite::name).toList());
  }
}
