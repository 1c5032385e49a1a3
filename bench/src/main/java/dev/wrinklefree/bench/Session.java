package dev.wrinklefree.bench;

import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.Machine;
import dev.wrinklefree.bench.bed.NotToBeHadException;
import dev.wrinklefree.bench.bed.OwnLog;
import dev.wrinklefree.bench.bed.StateFolder;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.figure.Results;
import dev.wrinklefree.bench.figure.Row;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs suites one after the other: nothing else may run beside what is measured. */
final class Session {

  private final Checkout checkout;
  private final Progress progress;
  private final Map<String, String> notHad = new LinkedHashMap<>();
  private boolean allRan = true;

  Session(Checkout checkout, Progress progress) {
    this.checkout = checkout;
    this.progress = progress;
  }

  /** A suite that fails does not keep the others from being measured. */
  Results run(List<Suite> suites, Effort effort) throws IOException, InterruptedException {
    Instant at = Instant.now();
    Map<String, String> machine = Machine.description();
    Path state = checkout.root().resolve(".sandbox/bench");
    StateFolder.delete(state);
    List<Row> rows = new ArrayList<>();
    try (Watchdog watchdog = Watchdog.start()) {
      Path peers = checkout.root().resolve("target/bench");
      Workbench workbench = new Workbench(checkout, state, peers, watchdog, progress);
      OwnLog.to(workbench.log("bench"));
      for (Suite suite : suites) {
        progress.say("%s: %s", suite.name(), suite.question());
        run(suite, effort, workbench, rows);
      }
    }
    if (allRan) {
      StateFolder.delete(state);
    } else {
      progress.say("Logs: %s", state.resolve("logs"));
    }
    return new Results(at, machine, rows, notHad);
  }

  /** Whether no suite failed. */
  boolean allRan() {
    return allRan;
  }

  private void run(Suite suite, Effort effort, Workbench workbench, List<Row> rows)
      throws InterruptedException {
    try {
      suite.run(effort, workbench, rows::add);
    } catch (InterruptedException e) {
      throw e;
    } catch (NotToBeHadException e) {
      notHad.put(suite.name(), e.getMessage());
    } catch (Exception e) {
      allRan = false;
      notHad.put(suite.name(), "failed: " + e);
      progress.say("%s failed: %s", suite.name(), e);
    }
  }
}
