package dev.wrinklefree.chaos.verdict;

import dev.wrinklefree.audit.Audit;
import dev.wrinklefree.audit.AuditSettings;
import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.kafka.ReadProgress;
import dev.wrinklefree.audit.kafka.TopicHistory;
import dev.wrinklefree.audit.server.ServerRecords;
import dev.wrinklefree.audit.server.SkyPilotJob;
import dev.wrinklefree.chaos.load.RequestSender;
import dev.wrinklefree.chaos.platform.World;
import dev.wrinklefree.sandbox.platform.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Waits until the platform has come to rest and judges it then: the audit reads every topic from
 * its start and compares it with SkyPilot's and the bucket's own records.
 */
public final class Judge {

  /** Longer than anything that the services have still to do takes, with the harness's tempo. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);

  private final World world;
  private final InstantSource clock;
  private final Progress progress;

  /** A judge of that platform. */
  public Judge(World world, InstantSource clock, Progress progress) {
    this.world = world;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Judges, and judges again whenever something has moved, until all is well or nothing more is to
   * be hoped for.
   */
  public Judgement judge(List<RequestSender.Acknowledged> requests)
      throws IOException, SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Rest rest = new Rest(world)) {
      while (true) {
        rest.await(deadline);
        List<SkyPilotJob> jobs = SkyPilotRecords.read(world.skypilot());
        List<String> restless = new ArrayList<>(rest.restless());
        if (!requests.isEmpty() && jobs.isEmpty()) {
          restless.add(
              "no request became a job, so that nothing is proven: see launch-service's log");
        }
        Judgement judgement =
            new Judgement(
                audit(jobs), restless, MissingRequests.of(world.kafkaAddress(), requests));
        if (judgement.isClean() || System.nanoTime() > deadline) {
          return judgement;
        }
        progress.say("Not at rest yet: %s", judgement.firstProblem());
        rest.awaitMovement();
      }
    }
  }

  private AuditReport audit(List<SkyPilotJob> jobs) throws IOException, InterruptedException {
    AuditSettings settings = AuditSettings.at(clock.instant()).withGrace(Duration.ZERO);
    Map<String, String> client = Map.of("bootstrap.servers", world.kafkaAddress());
    try (TopicHistory history = TopicHistory.open(client, BROKER_PATIENCE, ReadProgress.SILENT)) {
      ServerRecords records =
          new ServerRecords(
              jobs, BucketRecords.read(world.storageAddress(), world.finalizedObjects()));
      return new Audit(settings).judge(history, records);
    }
  }
}
