package dev.wrinklefree.bench.launch;

import dev.wrinklefree.bench.bed.Arrivals;
import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/**
 * One launch-service as it is shipped: requests on the one topic, answers on the other. Beside it a
 * {@link BareLoop} on the same broker and database server, in a JVM with the same options. Both are
 * warm, and take turns. SkyPilot is a {@link SilentServer}.
 */
public final class LaunchSuite implements Suite {

  private static final List<Integer> PARTITIONS = List.of(1, 3);
  private static final String BARE_IN = "bare-requested";
  private static final String BARE_OUT = "bare-state";

  @Override
  public String name() {
    return "launch";
  }

  @Override
  public String question() {
    return "launch-requested to accepted, beside consume, insert, produce";
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    // Quickly, the smaller one will do.
    for (int partitions : PARTITIONS.subList(0, effort.size(PARTITIONS.size(), 1))) {
      try (Bed bed = workbench.bed();
          SilentServer skypilot = new SilentServer()) {
        prepare(bed, partitions);
        try (RunningService service =
                bed.service("launch-service").skypilot(skypilot.endpoint()).start();
            JavaPeer bare = bareLoop(bed, workbench);
            Requests requests = new Requests(bed.kafka());
            Arrivals accepted = Arrivals.on(bed.kafka(), Topic.LAUNCH_STATE.topicName());
            Arrivals copied = Arrivals.on(bed.kafka(), BARE_OUT)) {
          LaunchMeasurement measurement =
              new LaunchMeasurement(
                  effort,
                  new Answering(
                      requests, Topic.LAUNCH_REQUESTED.topicName(), accepted, service.usage()),
                  new Answering(requests, BARE_IN, copied, bare.usage()),
                  new LaunchRows(bed),
                  figures);
          measurement.besideBareLoop(partitions == 1 ? "1 partition" : partitions + " partitions");
          if (partitions == 1) {
            measurement.asWorkGrows();
          }
        }
      }
    }
  }

  private static void prepare(Bed bed, int partitions) throws Exception {
    bed.createTopics(partitions);
    bed.createTopic(BARE_IN, partitions, Topic.LAUNCH_REQUESTED.brokerSettings());
    bed.createTopic(BARE_OUT, partitions, Topic.LAUNCH_STATE.brokerSettings());
    bed.createDatabase("launch");
    bed.createDatabase("bare");
    try (Connection connection = DriverManager.getConnection(bareUrl(bed));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bare_event (id text PRIMARY KEY, data bytea NOT NULL)");
    }
  }

  private static JavaPeer bareLoop(Bed bed, Workbench workbench) throws Exception {
    JavaPeer peer =
        JavaPeer.start(
            workbench, "bare-loop", BareLoop.class, bed.kafka(), bareUrl(bed), BARE_IN, BARE_OUT);
    peer.line();
    return peer;
  }

  private static String bareUrl(Bed bed) {
    return bed.jdbcUrl("bare") + "?user=" + ServiceDefinition.DATABASE_USER;
  }
}
