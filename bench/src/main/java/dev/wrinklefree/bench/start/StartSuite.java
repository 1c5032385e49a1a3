package dev.wrinklefree.bench.start;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.NotToBeHadException;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Goal;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.bench.figure.Samples;
import dev.wrinklefree.bench.figure.Unit;
import dev.wrinklefree.bench.foreign.DstackPeer;
import dev.wrinklefree.bench.foreign.ForeignServer;
import dev.wrinklefree.bench.foreign.SkyPilotPeer;
import dev.wrinklefree.bench.platform.Platform;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A start from nothing to ready, and memory after a rest, of each service and of all of them.
 * Databases have their tables already, ours as the peers'.
 */
public final class StartSuite implements Suite {

  private static final String NAME = "start";
  private static final String ALL = "all four services";
  private static final Goal HALF = Goal.atMost(0.5);
  private static final double MILLIS = 1_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String question() {
    return "start to ready and resident memory of the services beside other API servers";
  }

  /** What was measured of one thing, run by run. */
  private record Series(List<Double> seconds, List<Double> mebibytes) {
    private Series() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    private void add(double second, double mebibyte) {
      seconds.add(second);
      mebibytes.add(mebibyte);
    }

    private Samples ready() {
      return samples(seconds);
    }

    private Samples memory() {
      return samples(mebibytes);
    }

    private static Samples samples(List<Double> values) {
      return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Starts a peer. */
  private interface Peer {
    ForeignServer start() throws IOException, InterruptedException;
  }

  @Override
  public void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception {
    Duration rest = Duration.ofSeconds(effort.size(20, 2));
    Map<String, Series> ours = ours(effort.runs(), rest, workbench);
    Series all = requireNonNull(ours.remove(ALL), "measured above");
    ours.forEach(
        (name, series) -> {
          figures.accept(Row.of(NAME, "", name + " ready", Unit.SECONDS, series.ready()));
          figures.accept(Row.of(NAME, "", name + " memory", Unit.MEBIBYTES, series.memory()));
        });
    Row ready = Row.of(NAME, "", ALL + " ready, one by one", Unit.SECONDS, all.ready());
    Row memory = Row.of(NAME, "", ALL + " memory", Unit.MEBIBYTES, all.memory());
    if (effort.quick()) {
      figures.accept(ready);
      figures.accept(memory);
      return;
    }
    SkyPilotPeer skypilot = new SkyPilotPeer(workbench, "skypilot-start");
    Series sky = peer("SkyPilot API server", skypilot::start, effort.runs(), rest, workbench);
    figures.accept(ready.beside("SkyPilot API server", sky.ready()));
    figures.accept(memory.beside("SkyPilot API server", sky.memory(), HALF));
    Series dstack = dstack(effort.runs(), rest, workbench);
    figures.accept(ready.beside("dstack server", dstack.ready()));
    figures.accept(memory.beside("dstack server", dstack.memory()));
  }

  private static Series dstack(int runs, Duration rest, Workbench workbench)
      throws IOException, InterruptedException, NotToBeHadException {
    DstackPeer dstack = new DstackPeer(workbench);
    try {
      dstack.start().close();
    } catch (IOException e) {
      // It fetches its catalogue of machines from the internet before it serves.
      throw new NotToBeHadException("dstack's server does not start here: " + e.getMessage());
    }
    return peer("dstack server", dstack::start, runs, rest, workbench);
  }

  private static Map<String, Series> ours(int runs, Duration rest, Workbench workbench)
      throws Exception {
    Map<String, Series> series = new LinkedHashMap<>();
    ServiceDefinition.NAMES.forEach(name -> series.put(name, new Series()));
    series.put(ALL, new Series());
    try (SkyPilotServer skypilot =
            new SkyPilotServer(SkyPilotSettings.in(workbench.state().resolve("stand-in"))).start();
        Platform platform = Platform.start(workbench, skypilot.endpoint())) {
      // The first start makes the tables.
      platform.services().close();
      for (int run = 1; run <= runs; run++) {
        workbench.progress().say("  run %d of %d: the services", run, runs);
        measure(platform, rest, series);
      }
    }
    return series;
  }

  private static void measure(Platform platform, Duration rest, Map<String, Series> series)
      throws Exception {
    try (Platform.Services services = platform.services()) {
      Thread.sleep(rest);
      double seconds = 0;
      double mebibytes = 0;
      for (Map.Entry<String, RunningService> entry : services.byName().entrySet()) {
        double ready = seconds(entry.getValue().readyAfter());
        double resident = entry.getValue().usage().residentMebibytes();
        series.computeIfAbsent(entry.getKey(), name -> new Series()).add(ready, resident);
        seconds += ready;
        mebibytes += resident;
      }
      series.computeIfAbsent(ALL, name -> new Series()).add(seconds, mebibytes);
    }
  }

  private static Series peer(String name, Peer peer, int runs, Duration rest, Workbench workbench)
      throws IOException, InterruptedException {
    Series series = new Series();
    // The first start makes its tables.
    peer.start().close();
    for (int run = 1; run <= runs; run++) {
      workbench.progress().say("  run %d of %d: %s", run, runs, name);
      try (ForeignServer server = peer.start()) {
        Thread.sleep(rest);
        series.add(seconds(server.readyAfter()), server.home().residentMebibytes());
      }
    }
    return series;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
