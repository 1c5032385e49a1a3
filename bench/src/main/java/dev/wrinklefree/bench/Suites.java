package dev.wrinklefree.bench;

import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.checkpoints.CheckpointsSuite;
import dev.wrinklefree.bench.commands.CommandsSuite;
import dev.wrinklefree.bench.costs.CostsSuite;
import dev.wrinklefree.bench.jobs.JobsSuite;
import dev.wrinklefree.bench.launch.LaunchSuite;
import dev.wrinklefree.bench.relay.RelaySuite;
import dev.wrinklefree.bench.start.StartSuite;
import java.util.List;

/** All suites, in the order in which they run. */
final class Suites {

  /** Each is listed here once. */
  static final List<Suite> ALL =
      List.of(
          new LaunchSuite(),
          new RelaySuite(),
          new JobsSuite(),
          new StartSuite(),
          new CommandsSuite(),
          new CheckpointsSuite(),
          new CostsSuite());

  private Suites() {}

  /** Their names, for people. */
  static String names() {
    return String.join(", ", ALL.stream().map(Suite::name).toList());
  }
}
