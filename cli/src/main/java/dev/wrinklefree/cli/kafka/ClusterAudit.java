package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.audit.Audit;
import dev.wrinklefree.audit.AuditSettings;
import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.kafka.ReadProgress;
import dev.wrinklefree.audit.kafka.TopicHistory;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.contract.value.RunId;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Audits the topics of a live cluster and prints the report. */
public final class ClusterAudit {

  private final KafkaSettings kafka;
  private final Clock clock;
  private final Ansi ansi;
  private final PrintWriter out;
  private final PrintWriter err;

  /** Of that cluster; prints to {@code out}, and on a terminal its progress to {@code err}. */
  public ClusterAudit(
      KafkaSettings kafka, Clock clock, Ansi ansi, PrintWriter out, PrintWriter err) {
    this.kafka = kafka;
    this.clock = clock;
    this.ansi = ansi;
    this.out = out;
    this.err = err;
  }

  /**
   * Audits.
   *
   * @param run limits it to one run; null for all
   * @param grace how long a consequence may take
   * @param json whether to print JSON
   * @return the exit code
   */
  public int run(@Nullable String run, Duration grace, boolean json) throws InterruptedException {
    AuditSettings all = AuditSettings.at(clock.instant()).withGrace(grace);
    AuditSettings settings = run == null ? all : all.of(runId(run));
    AuditReport report =
        Broker.with(
            kafka,
            () -> {
              try (TopicHistory history =
                  TopicHistory.open(kafka.client(), KafkaSettings.PATIENCE, progress())) {
                return new Audit(settings).judge(history);
              } finally {
                wipeProgress();
              }
            });
    if (run != null && report.records() == 0) {
      throw new WfException(ExitCode.NOT_FOUND, "the topics hold nothing of a run " + run);
    }
    if (json) {
      out.println(AuditJson.of(report));
    } else {
      new AuditTables(report, new Style(ansi)).lines().forEach(out::println);
    }
    return report.count(Severity.LOST) + report.count(Severity.WRONG) == 0
        ? ExitCode.OK
        : ExitCode.PROMISE_BROKEN;
  }

  private static RunId runId(String run) {
    if (!RunId.isLegal(run)) {
      throw new WfException(ExitCode.USAGE, "\"" + run + "\" is no run id.");
    }
    return new RunId(run);
  }

  private ReadProgress progress() {
    if (!ansi.enabled()) {
      return ReadProgress.SILENT;
    }
    return (topic, read, total) -> {
      err.printf("\r\u001b[KReading %s, %d %%", topic, 100 * read / Math.max(1, total));
      err.flush();
    };
  }

  private void wipeProgress() {
    if (ansi.enabled()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
