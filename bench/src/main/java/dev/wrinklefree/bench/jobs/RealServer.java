package dev.wrinklefree.bench.jobs;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.foreign.ForeignServer;
import dev.wrinklefree.bench.foreign.SkyPilotPeer;
import dev.wrinklefree.bench.jobs.QueueFill.Phase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The poll on a real SkyPilot server, beside the list that its own command line makes of the same
 * jobs. Written into the server's table they have no machines, so they are recovering: the place of
 * running ones would be asked for in every poll. One after the other, as each has the server busy.
 */
final class RealServer {

  private static final String WHAT = "poll and diff on a real server";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private RealServer() {}

  /**
   * Measures it.
   *
   * @throws dev.wrinklefree.bench.bed.NotToBeHadException if SkyPilot is not installed
   */
  static void measure(
      String suite,
      String size,
      QueueFill fill,
      Effort effort,
      Workbench workbench,
      Consumer<Row> figures)
      throws Exception {
    SkyPilotPeer skypilot = new SkyPilotPeer(workbench, "skypilot-jobs");
    try (ForeignServer server = skypilot.start()) {
      var unused = skypilot.command("jobs", "queue");
      skypilot.seed(fill.rows(Phase.RECOVERING, 0).toList());
      Samples polls = Samples.of(polls(fill, effort.runs(), workbench, server));
      double[] lists = new double[effort.runs()];
      double[] reads = new double[effort.runs()];
      try (JavaPeer raw =
          JavaPeer.start(
              workbench,
              "raw-queue-read-real",
              RawQueueRead.class,
              root(server),
              Integer.toString(fill.running()))) {
        for (int run = 0; run < effort.runs(); run++) {
          lists[run] = list(skypilot);
          raw.tell("1");
          reads[run] = Double.parseDouble(raw.line().split(" ", 3)[0]) / NANOS_PER_SECOND;
        }
      }
      Row row = Row.of(suite, size, WHAT, Unit.SECONDS, polls);
      figures.accept(row.beside("sky jobs queue", Samples.of(lists)));
      figures.accept(row.beside("raw HTTP read there", Samples.of(reads)));
    }
  }

  private static double[] polls(QueueFill fill, int runs, Workbench workbench, ForeignServer server)
      throws Exception {
    List<Double> polls = new ArrayList<>();
    try (Bed bed = workbench.bed()) {
      bed.createTopics(JobsSuite.PARTITIONS);
      bed.createDatabase("monitor");
      LaunchedRuns.tell(bed.kafka(), fill);
      try (ToldChanges told = new ToldChanges(bed.kafka());
          RunningService monitor =
              bed.service("monitor-service")
                  .skypilot(URI.create(root(server)))
                  .with("WF_MONITOR_INTERVAL", "PT1S")
                  .with("WF_WANDB_INTERVAL", "PT1H")
                  .start();
          PollMeter meter = new PollMeter(monitor)) {
        told.awaitRuns(fill.running());
        for (int run = 0; run < runs; run++) {
          polls.add(meter.wallMillisOfNext() / MILLIS_PER_SECOND);
        }
      }
    }
    return polls.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double list(SkyPilotPeer skypilot) throws Exception {
    return skypilot
        .command("jobs", "queue", "--all-users", "--skip-finished", "--all")
        .wallSeconds();
  }

  private static String root(ForeignServer server) {
    String endpoint = server.endpoint().toString();
    return endpoint.substring(0, endpoint.length() - 1);
  }
}
