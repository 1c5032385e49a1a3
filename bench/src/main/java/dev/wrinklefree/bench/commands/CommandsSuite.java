package dev.wrinklefree.bench.commands;

import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.foreign.CommandTime;
import dev.wrinklefree.bench.foreign.ForeignServer;
import dev.wrinklefree.bench.foreign.SkyPilotPeer;
import dev.wrinklefree.bench.jobs.PreparedQueue;
import dev.wrinklefree.bench.jobs.QueueFill;
import dev.wrinklefree.bench.jobs.ToldChanges;
import dev.wrinklefree.bench.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a person waits for at the command line. Each command of ours is held against the nearest one
 * of SkyPilot's on a real server with as many jobs: a list against the list; one run's story
 * against a list of one, as SkyPilot has no view of one job; and a launch against an asynchronous
 * launch, since both return as soon as the server has taken the request.
 */
public final class CommandsSuite implements Suite {

  private static final String NAME = "commands";
  private static final Goal THIRD = Goal.atMost(1.0 / 3);

  /** Wf lists 1,000 runs at most. */
  private enum Size {
    ONE("1×", 10),
    TEN("10×", 100),
    HUNDRED("100×", 1_000);

    private final String label;
    private final int runs;

    Size(String label, int runs) {
      this.label = label;
      this.runs = runs;
    }
  }

  /** Runs a command and tells how long it took. */
  private interface Command {
    CommandTime run() throws IOException, InterruptedException;
  }

  /** A command of ours and the one of SkyPilot that it is held against. */
  private record Pair(String ours, Command wf, String theirs, Command sky) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String question() {
    return "wf beside sky: listing, showing, launching";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    for (Size size : effort.quick() ? List.of(Size.ONE) : List.of(Size.values())) {
      workbench.progress().say("  %s: %,d runs", size.label, size.runs);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      QueueFill fill = QueueFill.of(size.runs * QueueFill.JOBS_PER_RUNNING, now);
      try (PreparedQueue queue = PreparedQueue.start(fill);
          Platform platform = Platform.start(workbench, queue.endpoint());
          ToldChanges told = new ToldChanges(platform.bed().kafka());
          Platform.Services services = platform.services()) {
        RequestedRuns.request(platform.bed().kafka(), fill.runs(), now);
        told.awaitRuns(size.runs);
        WfCommand wf = new WfCommand(workbench, services.byName(), platform.bed().kafka());
        if (effort.quick()) {
          alone(size, fill, wf, figures);
        } else {
          beside(size, fill, wf, effort.runs(), workbench, figures);
        }
      }
    }
  }

  private static void alone(Size size, QueueFill fill, WfCommand wf, Consumer<Row> figures)
      throws IOException, InterruptedException {
    for (Pair pair : pairs(size, fill, wf, null)) {
      CommandTime time = pair.wf().run();
      figures.accept(
          Row.of(NAME, size.label, pair.ours(), Unit.SECONDS, Samples.of(time.wallSeconds())));
    }
  }

  private static void beside(
      Size size, QueueFill fill, WfCommand wf, int runs, Workbench workbench, Consumer<Row> figures)
      throws Exception {
    SkyPilotPeer skypilot = new SkyPilotPeer(workbench, "skypilot-commands-" + size.runs);
    try (ForeignServer server = skypilot.start()) {
      var unused = skypilot.command("jobs", "queue");
      skypilot.seed(fill.rows(QueueFill.Phase.RUNNING, 0).toList());
      for (Pair pair : pairs(size, fill, wf, skypilot)) {
        measure(size, pair, runs, figures);
      }
    }
  }

  private static void measure(Size size, Pair pair, int runs, Consumer<Row> figures)
      throws IOException, InterruptedException {
    List<CommandTime> ours = new ArrayList<>();
    List<CommandTime> theirs = new ArrayList<>();
    // The first calls fill caches on either side.
    var unusedOurs = pair.wf().run();
    var unusedTheirs = pair.sky().run();
    for (int run = 0; run < runs; run++) {
      ours.add(pair.wf().run());
      theirs.add(pair.sky().run());
    }
    figures.accept(
        Row.of(NAME, size.label, pair.ours(), Unit.SECONDS, samples(ours, CommandTime::wallSeconds))
            .beside(pair.theirs(), samples(theirs, CommandTime::wallSeconds), THIRD));
    figures.accept(
        Row.of(
                NAME,
                size.label,
                pair.ours() + ", CPU time",
                Unit.SECONDS,
                samples(ours, CommandTime::cpuSeconds))
            .beside(pair.theirs(), samples(theirs, CommandTime::cpuSeconds), THIRD));
  }

  private static List<Pair> pairs(
      Size size, QueueFill fill, WfCommand wf, @Nullable SkyPilotPeer sky) throws IOException {
    String count = Integer.toString(size.runs);
    String newest = fill.runs().getLast().value();
    List<Pair> pairs = new ArrayList<>();
    pairs.add(
        new Pair(
            "wf runs",
            () -> wf.run("runs", "-n", count),
            "sky jobs queue",
            sky(sky, "jobs", "queue", "--all-users", "--limit", count)));
    if (size == Size.ONE) {
      pairs.add(
          new Pair(
              "wf show",
              () -> wf.run("show", newest),
              "sky jobs queue --limit 1",
              sky(sky, "jobs", "queue", "--all-users", "--limit", "1")));
      pairs.add(
          new Pair(
              "wf fairy2",
              () -> wf.run("fairy2", "-m", "smollm2_135m"),
              "sky jobs launch --async",
              sky(sky, "jobs", "launch", "--yes", "--async", "--name", "bench", task(sky))));
    }
    return pairs;
  }

  private static Command sky(@Nullable SkyPilotPeer sky, String... arguments) {
    return () -> Objects.requireNonNull(sky, "not measured beside it").command(arguments);
  }

  /** The smallest task: what is measured is the way to the server, and nothing is uploaded. */
  private static String task(@Nullable SkyPilotPeer sky) throws IOException {
    if (sky == null) {
      return "";
    }
    Path file = sky.home().folder().resolve("task.yaml");
    Files.writeString(file, "resources: {cpus: 1+}\nrun: 'true'\n");
    return file.toString();
  }

  private static Samples samples(List<CommandTime> times, ToDoubleFunction<CommandTime> part) {
    return Samples.of(times.stream().mapToDouble(part).toArray());
  }
}
