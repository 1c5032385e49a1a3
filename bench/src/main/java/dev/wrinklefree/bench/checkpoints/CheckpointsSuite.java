package dev.wrinklefree.bench.checkpoints;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.TopicReader;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.checkpoints.ListingPeer.Answer;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * A tick of checkpoint-service, which lists the prefix of each run with 500 objects, compares them
 * with what it knew and tells what is new; beside the same listing that is read and forgotten. A
 * tick is begun by making all runs due in the database, since the service's own interval would
 * measure the interval.
 */
public final class CheckpointsSuite implements Suite {

  private static final int PARTITIONS = 6;
  private static final int RUNS = 2_000;
  private static final int RUNS_QUICKLY = 200;
  private static final int CHECKPOINTS = 100;
  private static final int SIZES = 3;
  private static final int FACTOR = 10;
  private static final Duration AGE = Duration.ofHours(1);
  private static final Goal GOAL = Goal.atMost(1.2);

  /** A request to Cloud Storage takes 30 to 100 ms. */
  private static final Duration DISTANCE = Duration.ofMillis(50);

  /** The same wait again and again says little more. */
  private static final int MOST_AWAY = 3;

  private static final String NEVER = "PT12H";
  private static final String BARE = "bare listing, Google's client";
  private static final String RAW = "bare listing, plain HTTP";

  @Override
  public String name() {
    return "checkpoints";
  }

  @Override
  public String question() {
    return "a look at a bucket of a million objects, beside the bare listing";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    int most = effort.size(RUNS, RUNS_QUICKLY);
    SyntheticBucket bucket = new SyntheticBucket(most);
    try (Bed bed = workbench.bed();
        BucketServer server = BucketServer.start(bucket)) {
      bed.createDatabase("checkpoint");
      bed.createTopics(PARTITIONS);
      try (RunningService service =
              bed.service("checkpoint-service")
                  .storage(server.endpoint())
                  .with("WF_CHECKPOINT_INTERVAL", NEVER)
                  .with("WF_CHECKPOINT_IDLE_INTERVAL", NEVER)
                  .with("WF_UNATTRIBUTED_INTERVAL", NEVER)
                  .start();
          JavaPeer google = peer(workbench, "google", server);
          JavaPeer raw = peer(workbench, "raw", server);
          CheckpointFleet fleet = new CheckpointFleet(bed, bucket);
          TopicReader told = new TopicReader(bed, Topic.CHECKPOINT_WRITTEN.topicName())) {
        for (int i = 0; i < CHECKPOINTS; i++) {
          bucket.add(Instant.now().minus(AGE).plusSeconds(i));
        }
        Tick.Place place = new Tick.Place(bed, service, server, bucket, fleet, told);
        for (int size = SIZES - 1; size >= 0; size--) {
          int runs = most / (int) Math.pow(FACTOR, size);
          workbench.progress().say("checkpoints: %,d runs with 500 objects each", runs);
          fleet.growTo(runs);
          measure(effort, runs, size == 0, place, google, raw, figures);
        }
        server.moveAway(DISTANCE);
        workbench.progress().say("checkpoints: a bucket %d ms away", DISTANCE.toMillis());
        measureAway(effort, most, place, google, figures);
      }
    }
  }

  private void measure(
      Effort effort,
      int runs,
      boolean largest,
      Tick.Place place,
      JavaPeer google,
      JavaPeer raw,
      Consumer<Row> figures)
      throws Exception {
    // Warms up, and shows that what was seeded is what the service would have written.
    long before = place.fleet().told();
    place.measure(false);
    if (place.fleet().told() != before) {
      throw new IllegalStateException("the seeded rows are not as the service writes them");
    }
    place.measure(true);
    list(google, runs);
    list(raw, runs);
    List<Tick> idle = new ArrayList<>();
    List<Tick> busy = new ArrayList<>();
    List<Answer> bare = new ArrayList<>();
    List<Answer> plain = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      idle.add(place.measure(false));
      bare.add(list(google, runs));
      busy.add(place.measure(true));
      plain.add(list(raw, runs));
    }
    String size = String.format(Locale.ROOT, "%,d runs", runs);
    Figures told = new Figures(size, largest, figures);
    told.tell(
        "requests of a tick", Unit.COUNT, of(busy, Tick::requests), BARE, same(busy, runs), true);
    told.tell(
        "tick, nothing new: wall",
        Unit.MILLISECONDS,
        of(idle, Tick::wallMillis),
        BARE,
        of(bare, Answer::wallMillis),
        true);
    told.tell(
        "tick, nothing new: CPU",
        Unit.MILLISECONDS,
        of(idle, Tick::cpuMillis),
        BARE,
        of(bare, Answer::cpuMillis),
        true);
    told.tell(
        "tick, 1 % new: wall",
        Unit.MILLISECONDS, of(busy, Tick::wallMillis), BARE, of(bare, Answer::wallMillis), true);
    told.tell(
        "tick, 1 % new: CPU",
        Unit.MILLISECONDS, of(busy, Tick::cpuMillis), BARE, of(bare, Answer::cpuMillis), true);
    told.tell(
        "tick, nothing new: CPU",
        Unit.MILLISECONDS,
        of(idle, Tick::cpuMillis),
        RAW,
        of(plain, Answer::cpuMillis),
        false);
    told.tell(
        "new object → record, p50",
        Unit.MILLISECONDS,
        of(busy, Tick::p50Millis),
        BARE,
        of(bare, Answer::p50Millis),
        false);
    told.tell(
        "new object → record, p99",
        Unit.MILLISECONDS,
        of(busy, Tick::p99Millis),
        BARE,
        of(bare, Answer::p99Millis),
        false);
    figures.accept(
        Row.of(
            name(),
            size,
            "tick, nothing new: PostgreSQL's CPU",
            Unit.MILLISECONDS,
            of(idle, Tick::databaseCpuMillis)));
    figures.accept(
        Row.of(
            name(),
            size,
            "tick, 1 % new: PostgreSQL's CPU",
            Unit.MILLISECONDS,
            of(busy, Tick::databaseCpuMillis)));
  }

  /** What a look takes where it waits for the network more than it works. */
  private void measureAway(
      Effort effort, int runs, Tick.Place place, JavaPeer google, Consumer<Row> figures)
      throws Exception {
    List<Tick> idle = new ArrayList<>();
    List<Answer> bare = new ArrayList<>();
    for (int run = 0; run < Math.min(effort.runs(), MOST_AWAY); run++) {
      idle.add(place.measure(false));
      bare.add(list(google, runs));
    }
    String size = String.format(Locale.ROOT, "%,d, %d ms away", runs, DISTANCE.toMillis());
    new Figures(size, true, figures)
        .tell(
            "tick, nothing new: wall",
            Unit.MILLISECONDS,
            of(idle, Tick::wallMillis),
            BARE,
            of(bare, Answer::wallMillis),
            true);
  }

  private Answer list(JavaPeer peer, int runs) throws IOException {
    peer.tell(Integer.toString(runs));
    return Answer.parse(peer.line());
  }

  private static JavaPeer peer(Workbench workbench, String client, BucketServer server)
      throws IOException {
    return JavaPeer.start(
        workbench,
        "listing-peer-" + client,
        ListingPeer.class,
        client,
        server.endpoint().toString());
  }

  private static <T> Samples of(List<T> runs, ToDoubleFunction<T> value) {
    return new Samples(runs.stream().map(value::applyAsDouble).toList());
  }

  private static Samples same(List<Tick> runs, double value) {
    return new Samples(runs.stream().map(run -> value).toList());
  }

  /** Tells figures of one size; only the largest has a goal. */
  private record Figures(String size, boolean withGoal, Consumer<Row> figures) {

    void tell(String what, Unit unit, Samples ours, String peer, Samples theirs, boolean bound) {
      Row row = Row.of("checkpoints", size, what, unit, ours);
      figures.accept(bound && withGoal ? row.beside(peer, theirs, GOAL) : row.beside(peer, theirs));
    }
  }
}
