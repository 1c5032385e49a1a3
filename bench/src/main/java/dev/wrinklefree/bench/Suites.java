package dev.wrinklefree.bench;

import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.launch.LaunchSuite;
import dev.wrinklefree.bench.relay.RelaySuite;
import java.util.List;

/** All suites, in the order in which they run. */
final class Suites {

  /** Each is listed here once. */
  static final List<Suite> ALL = List.of(new LaunchSuite(), new RelaySuite());

  private Suites() {}

  /** Their names, for people. */
  static String names() {
    return String.join(", ", ALL.stream().map(Suite::name).toList());
  }
}
