package dev.wrinklefree.bench.costs;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.Metrics;
import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.TopicReader;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.costs.BarePeer.Answer;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Percentiles;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A tick of cost-service, which tells the cost of every run that holds machines, an event for each;
 * and one event, from a job's state to the cost that follows. What it takes must follow the runs
 * that hold machines, not those that have ended.
 */
public final class CostsSuite implements Suite {

  private static final int PARTITIONS = 6;
  private static final int RUNNING = 2_000;
  private static final int RUNNING_QUICKLY = 200;
  private static final int FINISHED = 100_000;
  private static final int FINISHED_QUICKLY = 1_000;
  private static final int FACTOR = 10;
  private static final int SIZES = 3;
  private static final int EVENTS = 200;
  private static final int EVENTS_QUICKLY = 50;

  /** Smaller ticks are repeated within a run: the kernel counts CPU time in steps of 10 ms. */
  private static final int LEAST_RUNS_TOLD = 200;

  private static final double KERNEL_STEP_MILLIS = 10;

  private static final Goal AS_MANY = Goal.atMost(1.2);
  private static final String NEVER = "PT12H";
  private static final String ROWS = "bare loop, a row each";
  private static final String PRODUCED = "bare loop, a row and a record each";
  private static final String INTEGRAL = "the integral in a plain loop";
  private static final String BARE_EVENT = "bare loop: consume, insert, produce";
  private static final String TICK_SECONDS = "wf_cost_tick_seconds_sum";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  private record Tick(double wallMillis, double cpuMillis, double databaseCpuMillis) {}

  private record Place(
      Bed bed,
      RunningService service,
      Metrics metrics,
      CostFleet fleet,
      JavaPeer bare,
      Effort effort) {}

  private record Series(
      List<Tick> ticks, List<Answer> rows, List<Answer> events, List<Answer> integral) {}

  @Override
  public String name() {
    return "costs";
  }

  @Override
  public String question() {
    return "a tick over all running runs among many finished ones, and one event";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    try (Bed bed = workbench.bed()) {
      bed.createDatabase("cost");
      bed.createDatabase("bare");
      bed.createTopics(PARTITIONS);
      createTopicsOfPeers(bed);
      try (RunningService service =
              bed.service("cost-service").with("WF_COST_INTERVAL", NEVER).start();
          Metrics metrics = new Metrics(service);
          JavaPeer bare =
              JavaPeer.start(
                  workbench, "cost-peer", BarePeer.class, bed.jdbcUrl("bare"), bed.kafka());
          CostFleet fleet = new CostFleet(bed)) {
        Place place = new Place(bed, service, metrics, fleet, bare, effort);
        ticks(place, workbench, figures);
        event(place, workbench, figures);
      }
    }
  }

  private static void createTopicsOfPeers(Bed bed) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bed.kafka()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(EventPeer.FROM, PARTITIONS, (short) 1),
                  new NewTopic(EventPeer.TO, PARTITIONS, (short) 1)))
          .all()
          .get();
    }
  }

  private static void ticks(Place place, Workbench workbench, Consumer<Row> figures)
      throws Exception {
    int running = place.effort().size(RUNNING, RUNNING_QUICKLY);
    int finished = place.effort().size(FINISHED, FINISHED_QUICKLY);
    int few = finished / (int) Math.pow(FACTOR, SIZES - 1.0);
    place.fleet().endUpTo(few);
    List<Tick> amongFew = List.of();
    for (int size = SIZES - 1; size >= 0; size--) {
      place.fleet().runUpTo(running / (int) Math.pow(FACTOR, size));
      amongFew = tell(place, workbench, few, figures);
    }
    List<Tick> amongAll = amongFew;
    for (int all = few * FACTOR; all <= finished; all *= FACTOR) {
      place.fleet().endUpTo(all);
      amongAll = tell(place, workbench, all, figures);
    }
    String size = size(running, finished);
    String beside = "the same among %,d finished".formatted(few);
    figures.accept(
        Row.of("costs", size, "tick: CPU", Unit.MILLISECONDS, of(amongAll, Tick::cpuMillis))
            .beside(beside, of(amongFew, Tick::cpuMillis), AS_MANY));
    figures.accept(
        Row.of(
                "costs",
                size,
                "tick: PostgreSQL's CPU",
                Unit.MILLISECONDS,
                of(amongAll, Tick::databaseCpuMillis))
            .beside(beside, of(amongFew, Tick::databaseCpuMillis), AS_MANY));
  }

  private static List<Tick> tell(
      Place place, Workbench workbench, int finished, Consumer<Row> figures) throws Exception {
    int running = place.fleet().running();
    workbench.progress().say("costs: %,d running, %,d finished", running, finished);
    Series measured = measure(place);
    String size = size(running, finished);
    figures.accept(
        Row.of("costs", size, "tick: wall", Unit.MILLISECONDS, of(measured.ticks, Tick::wallMillis))
            .beside(ROWS, of(measured.rows, Answer::wallMillis)));
    figures.accept(
        Row.of("costs", size, "tick: CPU", Unit.MILLISECONDS, of(measured.ticks, Tick::cpuMillis))
            .beside(PRODUCED, of(measured.events, Answer::cpuMillis)));
    figures.accept(
        Row.of("costs", size, "tick: wall", Unit.MILLISECONDS, of(measured.ticks, Tick::wallMillis))
            .beside(INTEGRAL, of(measured.integral, Answer::wallMillis)));
    figures.accept(
        Row.of(
            "costs",
            size,
            "tick: PostgreSQL's CPU",
            Unit.MILLISECONDS,
            of(measured.ticks, Tick::databaseCpuMillis)));
    return measured.ticks;
  }

  private static Series measure(Place place)
      throws SQLException, InterruptedException, TimeoutException, IOException {
    Series series =
        new Series(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int running = place.fleet().running();
    // Warms up.
    place.fleet().tick();
    ask(place.bare(), "rows", running);
    ask(place.bare(), "events", running);
    ask(place.bare(), "integral", running);
    int times = Math.max(1, LEAST_RUNS_TOLD / running);
    for (int run = 0; run < place.effort().runs(); run++) {
      series.ticks.add(tick(place, times));
      series.rows.add(ask(place.bare(), "rows", running * times).dividedBy(times));
      series.events.add(ask(place.bare(), "events", running * times).dividedBy(times));
      series.integral.add(ask(place.bare(), "integral", running));
    }
    return series;
  }

  private static Tick tick(Place place, int times)
      throws SQLException, InterruptedException, TimeoutException, IOException {
    ProcessUsage database = new ProcessUsage(place.bed().postgresProcess());
    Duration cpu = place.service().usage().cpu();
    Duration databaseCpu = database.cpuOfAll();
    double seconds = place.metrics().sum(TICK_SECONDS);
    for (int i = 0; i < times; i++) {
      place.fleet().tick();
    }
    Duration databaseUsed = database.cpuOfAll().minus(databaseCpu);
    return new Tick(
        (place.metrics().sum(TICK_SECONDS) - seconds) * MILLIS_PER_SECOND / times,
        place.service().usage().cpu().minus(cpu).toNanos() / NANOS_PER_MILLI / times,
        Math.max(KERNEL_STEP_MILLIS, databaseUsed.toNanos() / NANOS_PER_MILLI) / times);
  }

  private static void event(Place place, Workbench workbench, Consumer<Row> figures)
      throws Exception {
    int events = place.effort().size(EVENTS, EVENTS_QUICKLY);
    workbench.progress().say("costs: %,d events, one after the other", events);
    List<Percentiles> ours = new ArrayList<>();
    List<Percentiles> bare = new ArrayList<>();
    try (JavaPeer peer =
            JavaPeer.start(
                workbench,
                "event-peer",
                EventPeer.class,
                place.bed().kafka(),
                place.bed().jdbcUrl("bare"));
        TopicReader told = new TopicReader(place.bed(), Topic.RUNNING_COST.topicName());
        TopicReader bareTold = new TopicReader(place.bed(), EventPeer.TO)) {
      peer.line();
      long sequence = 2;
      exchange(place.fleet(), told, bareTold, events, sequence++);
      for (int run = 0; run < place.effort().runs(); run++) {
        long[][] nanos = exchange(place.fleet(), told, bareTold, events, sequence++);
        ours.add(Percentiles.of(nanos[0]));
        bare.add(Percentiles.of(nanos[1]));
      }
    }
    for (int percent : new int[] {50, 99}) {
      figures.accept(
          Row.of(
                  "costs",
                  "one event",
                  "job state → running cost, p" + percent,
                  Unit.MILLISECONDS,
                  of(ours, found -> found.millis(percent)))
              .beside(BARE_EVENT, of(bare, found -> found.millis(percent))));
    }
  }

  private static long[][] exchange(
      CostFleet fleet, TopicReader told, TopicReader bareTold, int events, long sequence)
      throws TimeoutException {
    long[][] nanos = new long[2][events];
    for (int i = 0; i < events; i++) {
      int run = i % fleet.running();
      long begin = System.nanoTime();
      fleet.change(run, sequence, sequence % 2 == 0);
      nanos[0][i] = told.await(1)[0] - begin;
      begin = System.nanoTime();
      fleet.copy(EventPeer.FROM, run);
      nanos[1][i] = bareTold.await(1)[0] - begin;
    }
    return nanos;
  }

  private static Answer ask(JavaPeer peer, String what, int runs) throws IOException {
    peer.tell(what + " " + runs);
    return Answer.parse(peer.line());
  }

  private static String size(int running, int finished) {
    return String.format(Locale.ROOT, "%,d of %,d", running, running + finished);
  }

  private static <T> Samples of(List<T> runs, ToDoubleFunction<T> value) {
    return new Samples(runs.stream().map(value::applyAsDouble).toList());
  }
}
