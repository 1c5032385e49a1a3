package dev.wrinklefree.bench.jobs;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.jobs.QueueFill.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one poll of SkyPilot's job queue costs, and how soon many changes are told. */
public final class JobsSuite implements Suite {

  private static final String NAME = "jobs";
  private static final Goal GOAL = Goal.atMost(1.5);
  private static final String RAW = "raw HTTP read";
  static final int PARTITIONS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Jobs in the table, of which a fifth runs. */
  private enum Size {
    ONE("1×", 100),
    TEN("10×", 1_000),
    HUNDRED("100×", 10_000);

    private final String label;
    private final int jobs;

    Size(String label, int jobs) {
      this.label = label;
      this.jobs = jobs;
    }
  }

  /** The service's pace: as fast as it may go. */
  private static final String PACE = "PT0.1S";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String question() {
    return "one poll of the job queue beside the bare read of the same answer";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    for (Size size : effort.quick() ? List.of(Size.TEN) : List.of(Size.values())) {
      workbench.progress().say("  %s: %d jobs", size.label, size.jobs);
      measure(size, fill(size), effort, workbench, figures);
    }
    if (!effort.quick()) {
      workbench.progress().say("  a real server");
      QueueFill fill = fill(Size.HUNDRED);
      RealServer.measure(NAME, Size.HUNDRED.label, fill, effort, workbench, figures);
    }
  }

  private static QueueFill fill(Size size) {
    return QueueFill.of(size.jobs, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static void measure(
      Size size, QueueFill fill, Effort effort, Workbench workbench, Consumer<Row> figures)
      throws Exception {
    try (Bed bed = workbench.bed();
        PreparedQueue queue = PreparedQueue.start(fill)) {
      bed.createTopics(PARTITIONS);
      bed.createDatabase("monitor");
      LaunchedRuns.tell(bed.kafka(), fill);
      try (ToldChanges told = new ToldChanges(bed.kafka());
          RunningService monitor =
              bed.service("monitor-service")
                  .skypilot(queue.watched())
                  .with("WF_MONITOR_INTERVAL", PACE)
                  .with("WF_WANDB_INTERVAL", "PT1H")
                  .start();
          JavaPeer raw =
              JavaPeer.start(
                  workbench,
                  "raw-queue-read",
                  RawQueueRead.class,
                  queue.endpoint().toString(),
                  Integer.toString(fill.running()))) {
        told.awaitRuns(fill.running());
        polls(size, effort, queue, monitor, raw).forEach(figures);
        figures.accept(changes(size.label, fill, effort, queue, told));
      }
    }
  }

  private static List<Row> polls(
      Size size, Effort effort, PreparedQueue queue, RunningService monitor, JavaPeer raw)
      throws IOException, InterruptedException {
    int polls = effort.size(20, 5);
    int warmUp = effort.size(60, 10);
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> rawWall = new ArrayList<>();
    List<Double> rawCpu = new ArrayList<>();
    double bytes = 0;
    Door door = queue.door();
    try (PollMeter meter = new PollMeter(monitor)) {
      door.awaitPasses(warmUp);
      read(door, raw, warmUp);
      for (int run = 0; run < effort.runs(); run++) {
        wall.add(meter.wallMillis(door, polls));
        cpu.add(meter.cpuMillis(door, polls));
        double[] bare = read(door, raw, polls);
        rawWall.add(bare[0] / NANOS_PER_MILLI);
        rawCpu.add(bare[1] / NANOS_PER_MILLI);
        bytes = bare[2];
      }
    }
    return List.of(
        beside(size, "poll and diff, nothing changed", samples(wall), samples(rawWall)),
        beside(size, "its CPU time", samples(cpu), samples(rawCpu)),
        Row.of(NAME, size.label, "its answer", Unit.BYTES, Samples.of(bytes)));
  }

  /** The goal is for the largest size; the others show how the cost grows. */
  private static Row beside(Size size, String what, Samples ours, Samples bare) {
    Row row = Row.of(NAME, size.label, what, Unit.MILLISECONDS, ours);
    return size == Size.HUNDRED ? row.beside(RAW, bare, GOAL) : row.beside(RAW, bare);
  }

  /** Reads with the watch held, so that two readers do not share the processors. */
  private static double[] read(Door door, JavaPeer raw, int times)
      throws IOException, InterruptedException {
    door.shut();
    raw.tell(Integer.toString(times));
    String[] numbers = raw.line().split(" ", 3);
    door.open();
    return new double[] {
      Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2])
    };
  }

  private static Row changes(
      String size, QueueFill fill, Effort effort, PreparedQueue queue, ToldChanges told) {
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      long start = System.nanoTime();
      queue.change(Phase.RECOVERING);
      told.awaitRuns(fill.running());
      seconds.add(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0);
      queue.change(Phase.RUNNING);
      told.awaitRuns(fill.running());
    }
    return Row.of(
        NAME,
        size,
        "all %,d runs change: until the last is told".formatted(fill.running()),
        Unit.SECONDS,
        samples(seconds));
  }

  private static Samples samples(List<Double> values) {
    return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
