package dev.wrinklefree.bench.launch;

import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Percentiles;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.launch.Answering.Throughput;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** The figures of one service and one bare loop, which both run already. */
final class LaunchMeasurement {

  private static final String SUITE = "launch";
  private static final String BARE = "bare loop";
  private static final Goal HALF = Goal.atLeast(0.5);

  /** What is left of the rate with a hundred times the work: a fifth is lost in noise. */
  private static final Goal FLAT = Goal.atLeast(0.8);

  /** Well below what either can do. */
  private static final int STEADY_PER_SECOND = 50;

  /** After so many backlogs the rate of none of them rises any more. */
  private static final int WARM_UPS = 12;

  private final Effort effort;
  private final Answering service;
  private final Answering bare;
  private final LaunchRows rows;
  private final Consumer<Row> figures;

  LaunchMeasurement(
      Effort effort, Answering service, Answering bare, LaunchRows rows, Consumer<Row> figures) {
    this.effort = effort;
    this.service = service;
    this.bare = bare;
    this.rows = rows;
    this.figures = figures;
  }

  /** Rate, CPU time and latency beside those of the bare loop. */
  void besideBareLoop(String size) throws InterruptedException, TimeoutException, SQLException {
    int backlog = effort.size(500, 100);
    for (int i = 0; i < WARM_UPS; i++) {
      serviceBacklog(backlog);
      bare.backlog(backlog);
    }
    List<Throughput> ours = new ArrayList<>();
    List<Throughput> theirs = new ArrayList<>();
    List<Double> transactions = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      long before = rows.transactions();
      ours.add(serviceBacklog(backlog));
      theirs.add(bare.backlog(backlog));
      transactions.add((rows.transactions() - before) / (double) backlog);
    }
    figures.accept(
        row(size, "accepted, %d waiting".formatted(backlog), Unit.PER_SECOND, rates(ours))
            .beside(BARE, rates(theirs), HALF));
    figures.accept(
        row(size, "CPU of the JVM for each", Unit.MICROSECONDS, cpu(ours))
            .beside(BARE, cpu(theirs)));
    // The bare loop has a database of its own, and one transaction for each.
    figures.accept(row(size, "transactions for each", Unit.COUNT, new Samples(transactions)));
    latency(size);
  }

  private void latency(String size) throws InterruptedException, TimeoutException, SQLException {
    int events = effort.size(200, 50);
    List<Percentiles> ours = new ArrayList<>();
    List<Percentiles> theirs = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      ours.add(service.steady(events, STEADY_PER_SECOND));
      rows.settle();
      theirs.add(bare.steady(events, STEADY_PER_SECOND));
    }
    for (int percent : new int[] {50, 99}) {
      figures.accept(
          row(
                  size,
                  "request to answer, p%d at %d/s".formatted(percent, STEADY_PER_SECOND),
                  Unit.MILLISECONDS,
                  samples(ours, measured -> measured.millis(percent)))
              .beside(BARE, samples(theirs, measured -> measured.millis(percent))));
    }
  }

  /** The rate with longer backlogs, and with longer tables, beside the shorter ones. */
  void asWorkGrows() throws InterruptedException, TimeoutException, SQLException {
    int once = effort.size(50, 10);
    List<Throughput> one = new ArrayList<>();
    List<Throughput> ten = new ArrayList<>();
    List<Throughput> hundred = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      one.add(serviceBacklog(once));
      ten.add(serviceBacklog(10 * once));
      hundred.add(serviceBacklog(100 * once));
    }
    String what = "accepted, %,d waiting";
    String tenFold = what.formatted(10 * once);
    figures.accept(row("1×", what.formatted(once), Unit.PER_SECOND, rates(one)));
    figures.accept(row("10×", tenFold, Unit.PER_SECOND, rates(ten)));
    figures.accept(
        row("100×", what.formatted(100 * once), Unit.PER_SECOND, rates(hundred))
            .beside(tenFold, rates(ten), FLAT));
    int old = effort.size(100_000, 5_000);
    rows.addOld(old);
    List<Throughput> late = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      late.add(serviceBacklog(10 * once));
    }
    figures.accept(
        row("100×", "%s, %,d old runs".formatted(tenFold, old), Unit.PER_SECOND, rates(late))
            .beside("without old runs", rates(ten), FLAT));
  }

  private Throughput serviceBacklog(int size)
      throws InterruptedException, TimeoutException, SQLException {
    Throughput throughput = service.backlog(size);
    rows.settle();
    return throughput;
  }

  private static Row row(String size, String what, Unit unit, Samples samples) {
    return Row.of(SUITE, size, what, unit, samples);
  }

  private static Samples rates(List<Throughput> runs) {
    return samples(runs, Throughput::perSecond);
  }

  private static Samples cpu(List<Throughput> runs) {
    return samples(runs, Throughput::cpuMicros);
  }

  private static <T> Samples samples(List<T> runs, ToDoubleFunction<T> value) {
    return new Samples(runs.stream().map(value::applyAsDouble).toList());
  }
}
