package dev.wrinklefree.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.server.BucketObject;
import dev.wrinklefree.audit.server.ServerRecords;
import dev.wrinklefree.audit.server.SkyPilotJob;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was told, against what the servers have on record. */
class ServerRecordsTest {

  private static final RunId RUN = new RunId("planted");
  private static final String PREFIX = "fairy2/smollm2_135m/planted/";
  private static final Instant STARTED = Story.BEGIN.plusSeconds(60);
  private static final Instant ENDED = Story.BEGIN.plusSeconds(600);

  private final Story story = new Story();
  private final List<SkyPilotJob> jobs = new ArrayList<>();
  private final List<BucketObject> objects = new ArrayList<>();

  @BeforeEach
  void tellAWholeRun() {
    story.wholeRun(RUN);
    story
        .last(told -> told.type == EventType.JOB_STATE_CHANGED)
        .data
        .put("startedAt", STARTED.toString())
        .put("endedAt", ENDED.plusNanos(123_000).toString());
    jobs.add(job(17, JobState.SUCCEEDED, null, false));
    objects.add(object("checkpoint_step_1000.pt", 1_763_892_000_000_002L, false));
    objects.add(object("checkpoint_step_1000.pt", 1_763_892_000_000_003L, true));
    objects.add(object("checkpoint_step_2000.pt", 1_763_892_000_000_002L, true));
  }

  @Test
  void findsNothingWhereBothAgree() {
    objects.add(object("checkpoint-3000/model.pt", 5, true));
    objects.add(object("trainer.log", 6, true));
    objects.add(
        new BucketObject("wrinklefree-checkpoints", "elsewhere/final_checkpoint.pt", 7, 9, true));
    jobs.add(
        new SkyPilotJob(1, "of-somebody-else", null, JobState.FAILED, null, null, null, false));
    jobs.add(job(18, JobState.CANCELLED, null, true));

    assertThat(codes()).isEmpty();
  }

  @Test
  void findsASecondJob() {
    jobs.add(job(18, JobState.SUCCEEDED, null, false));

    assertThat(codes()).containsExactly("server-second-job");
  }

  @Test
  void findsAJobThatIsNotThere() {
    jobs.clear();

    assertThat(codes()).containsExactly("server-job-missing");
  }

  @Test
  void findsAJobThatWasNotTold() {
    RunId run = new RunId("untold");
    story.requested(run);
    story.accepted(run);
    story.failed(run);
    story.cost(run);
    jobs.add(new SkyPilotJob(19, "untold", "untold", JobState.RUNNING, STARTED, null, null, false));

    assertThat(codes()).containsExactly("server-job-untold");
  }

  @Test
  void findsAStateThatWasNotTold() {
    jobs.set(0, job(17, JobState.FAILED_CONTROLLER, null, false));
    assertThat(codes()).containsExactly("server-state-differs");
    assertThat(report().isClean()).isFalse();

    jobs.set(0, job(17, JobState.FAILED_CONTROLLER, story.now(), false));
    assertThat(report().isClean()).as("a change of this moment").isTrue();
  }

  @Test
  void findsTimesThatDiffer() {
    jobs.set(
        0,
        new SkyPilotJob(
            17,
            "planted",
            "planted",
            JobState.SUCCEEDED,
            STARTED,
            ENDED.plusSeconds(2),
            null,
            false));

    assertThat(codes()).containsExactly("server-times-differ");
  }

  @Test
  void findsACheckpointThatWasNotTold() {
    objects.add(object("checkpoint-3000/model.pt", 5, true));
    objects.add(object("checkpoint-3000/training_state.pt", 6, true));
    assertThat(codes()).containsExactly("checkpoint-untold");
  }

  @Test
  void readsTheBucketByTheLayoutOfTheRun() {
    story
        .last(t -> t.type == EventType.LAUNCH_ACCEPTED)
        .data
        .putObject("checkpoints")
        .putArray("patterns")
        .addObject()
        .put("path", "step_{step}/")
        .put("last", false)
        .putArray("members")
        .add("a.json")
        .add("b.bin");
    objects.add(object("checkpoint-3000/model.pt", 5, true));
    objects.add(object("checkpoint-3000/training_state.pt", 6, true));
    objects.add(object("out/step_007/a.json", 7, true));
    assertThat(codes()).isEmpty();

    objects.add(object("out/step_007/b.bin", 8, true));
    assertThat(codes()).containsExactly("checkpoint-untold");
  }

  @Test
  void findsAnOverwrittenCheckpointWhoseNewSaveWasNotTold() {
    objects.set(1, object("checkpoint_step_1000.pt", 1_763_892_000_000_003L, false));
    objects.add(object("checkpoint_step_1000.pt", 1_763_892_000_000_009L, true));

    assertThat(codes()).containsExactly("checkpoint-untold");
  }

  @Test
  void findsACheckpointThatNeverWas() {
    objects.removeLast();

    assertThat(codes()).containsExactly("checkpoint-not-there");
  }

  private List<String> codes() {
    return report().findings().stream().map(Finding::code).toList();
  }

  private AuditReport report() {
    Instant asOf = story.now().plus(Duration.ofMinutes(5));
    return new Audit(AuditSettings.at(asOf).withGrace(Duration.ofMinutes(6)))
        .judge(story.history(), new ServerRecords(jobs, objects));
  }

  private static SkyPilotJob job(
      long id, JobState state, @Nullable Instant changedAt, boolean twin) {
    return new SkyPilotJob(id, RUN.value(), RUN.value(), state, STARTED, ENDED, changedAt, twin);
  }

  private static BucketObject object(String name, long generation, boolean live) {
    return new BucketObject("wrinklefree-checkpoints", PREFIX + name, generation, 9, live);
  }
}
