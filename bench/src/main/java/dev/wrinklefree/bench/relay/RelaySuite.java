package dev.wrinklefree.bench.relay;

import dev.wrinklefree.bench.bed.Arrivals;
import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Percentiles;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.launch.Requests;
import dev.wrinklefree.bench.launch.SilentServer;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The relay of one launch-service as it is shipped. A relay cannot publish faster than the events
 * are committed, one by one, nor faster than a producer that has them all in memory: it is held
 * against both, on the same broker and database server, in JVMs with the same options.
 */
public final class RelaySuite implements Suite {

  private static final String PLAIN_TOPIC = "plain-state";
  private static final String INSERTS = "plain inserts";
  private static final String PRODUCER = "plain producer";
  private static final Goal HALF = Goal.atLeast(0.5);

  /** What is left of the rate with a hundred times the work: a fifth is lost in noise. */
  private static final Goal FLAT = Goal.atLeast(0.8);

  private static final int STEADY_PER_SECOND = 50;

  /** After so many backlogs the rate of none of them rises any more. */
  private static final int WARM_UPS = 12;

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public String question() {
    return "committed event to record, beside plain inserts and a plain producer";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    try (Bed bed = workbench.bed();
        SilentServer skypilot = new SilentServer()) {
      bed.createTopics(Topic.PARTITIONS);
      bed.createTopic(PLAIN_TOPIC, Topic.PARTITIONS, Topic.LAUNCH_STATE.brokerSettings());
      bed.createDatabase("launch");
      bed.createDatabase("plain");
      String plainUrl = bed.jdbcUrl("plain") + "?user=" + ServiceDefinition.DATABASE_USER;
      try (RunningService service =
              bed.service("launch-service").skypilot(skypilot.endpoint()).start();
          JavaPeer producer =
              JavaPeer.start(
                  workbench, "plain-producer", PlainProducer.class, bed.kafka(), PLAIN_TOPIC);
          JavaPeer inserts =
              JavaPeer.start(workbench, "plain-inserts", PlainInserts.class, plainUrl);
          Requests requests = new Requests(bed.kafka());
          Arrivals relayed = Arrivals.on(bed.kafka(), Topic.LAUNCH_STATE.topicName());
          Arrivals produced = Arrivals.on(bed.kafka(), PLAIN_TOPIC)) {
        inserts.line();
        OutboxRows outbox = new OutboxRows(bed);
        RelayRounds rounds =
            new RelayRounds(outbox, requests, relayed, producer, produced, inserts);
        rates(effort, rounds, figures);
        latency(effort, rounds, figures);
        asWorkGrows(effort, rounds, outbox, figures);
      }
    }
  }

  private static void rates(Effort effort, RelayRounds rounds, Consumer<Row> figures)
      throws Exception {
    int rows = effort.size(2_000, 200);
    for (int i = 0; i < WARM_UPS; i++) {
      rounds.relayBacklog(rows, 1);
      rounds.produce(rows);
      rounds.insert(rows);
    }
    List<Double> relayed = new ArrayList<>();
    List<Double> produced = new ArrayList<>();
    List<Double> inserted = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      relayed.add(rounds.relayBacklog(rows, 1));
      produced.add(rounds.produce(rows));
      inserted.add(rounds.insert(rows));
    }
    Row row = row("", "rows to the broker, %,d waiting".formatted(rows), Unit.PER_SECOND, relayed);
    figures.accept(row.beside(INSERTS, new Samples(inserted), HALF));
    figures.accept(row.beside(PRODUCER, new Samples(produced), HALF));
  }

  private static void latency(Effort effort, RelayRounds rounds, Consumer<Row> figures)
      throws Exception {
    int events = effort.size(200, 50);
    List<Percentiles> relayed = new ArrayList<>();
    List<Percentiles> produced = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      relayed.add(rounds.relaySteadily(events, STEADY_PER_SECOND));
      produced.add(rounds.produceSteadily(events, STEADY_PER_SECOND));
    }
    for (int percent : new int[] {50, 99}) {
      String what = "commit to record, p%d at %d/s".formatted(percent, STEADY_PER_SECOND);
      figures.accept(
          row("", what, Unit.MILLISECONDS, millis(relayed, percent))
              .beside(PRODUCER, new Samples(millis(produced, percent))));
    }
  }

  /** The rate with longer backlogs, of many runs and of one, and with more runs that have ended. */
  private static void asWorkGrows(
      Effort effort, RelayRounds rounds, OutboxRows outbox, Consumer<Row> figures)
      throws Exception {
    int once = effort.size(100, 20);
    List<Double> one = new ArrayList<>();
    List<Double> ten = new ArrayList<>();
    List<Double> hundred = new ArrayList<>();
    List<Double> few = new ArrayList<>();
    List<Double> many = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      one.add(rounds.relayBacklog(once, 1));
      ten.add(rounds.relayBacklog(10 * once, 1));
      hundred.add(rounds.relayBacklog(100 * once, 1));
      few.add(rounds.relayBacklog(10 * once, 10));
      many.add(rounds.relayBacklog(10 * once, 10 * once));
    }
    String what = "rows to the broker, %,d waiting";
    String tenFold = what.formatted(10 * once);
    figures.accept(row("1×", what.formatted(once), Unit.PER_SECOND, one));
    figures.accept(row("10×", tenFold, Unit.PER_SECOND, ten));
    figures.accept(
        row("100×", what.formatted(100 * once), Unit.PER_SECOND, hundred)
            .beside(tenFold, new Samples(ten), FLAT));
    figures.accept(
        row("10×", tenFold + ", 10 of each run", Unit.PER_SECOND, few)
            .beside("1 of each run", new Samples(ten)));
    figures.accept(
        row("10×", tenFold + ", all of one run", Unit.PER_SECOND, many)
            .beside("1 of each run", new Samples(ten)));
    int old = effort.size(100_000, 5_000);
    outbox.addOldStreams(old);
    List<Double> late = new ArrayList<>();
    for (int run = 0; run < effort.runs(); run++) {
      late.add(rounds.relayBacklog(10 * once, 1));
    }
    figures.accept(
        row("100×", "%s, %,d old runs".formatted(tenFold, old), Unit.PER_SECOND, late)
            .beside("without old runs", new Samples(ten), FLAT));
  }

  private static List<Double> millis(List<Percentiles> runs, int percent) {
    return runs.stream().map(run -> run.millis(percent)).toList();
  }

  private static Row row(String size, String what, Unit unit, List<Double> values) {
    return Row.of("relay", size, what, unit, new Samples(values));
  }
}
