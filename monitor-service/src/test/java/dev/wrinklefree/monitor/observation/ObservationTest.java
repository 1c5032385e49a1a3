package dev.wrinklefree.monitor.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Class<?> SEEN = Finding.Seen.class;
  private static final Rows JOB = Rows.of(RUN, 7, "RUNNING");

  @Test
  void followedJobIsSeen() {
    assertThat(finding(follows(7), active(JOB))).isEqualTo(seen(JOB));
  }

  @Test
  void jobOfUnknownIdIsFoundByNameAndMetadata() {
    RecordedJob run = RecordedJob.unseen(RUN, null);
    Observation active = active(JOB);

    assertThat(active.unseenNames(List.of(run))).containsExactly(RUN);
    assertThat(finding(run, active)).as("there may be an older one").isNotInstanceOf(SEEN);
    assertThat(finding(run, active.withNamed(Set.of(RUN), reading(true, JOB))))
        .isEqualTo(seen(JOB));
  }

  @Test
  void oldestOfSeveralJobsIsTheRunsEvenIfItHasEnded() {
    RecordedJob run = RecordedJob.unseen(RUN, null);
    Rows ended = Rows.of(RUN, 7, "SUCCEEDED");
    Rows twin = Rows.of(RUN, 8, "RUNNING");

    Observation looked = active(twin).withNamed(Set.of(RUN), reading(true, twin, ended));

    assertThat(finding(run, looked)).isEqualTo(seen(ended));
  }

  @Test
  void jobThatWasOnlyFoundGivesWayToAnOlderOneAndNeverToAYoungerOne() {
    RecordedJob run = found(8);
    Rows older = Rows.of(RUN, 7, "RUNNING");
    Rows own = Rows.of(RUN, 8, "CANCELLED");
    Rows younger = Rows.of(RUN, 9, "FAILED");
    Observation active = active(younger);

    assertThat(active.unseenNames(List.of(run))).containsExactly(RUN);
    assertThat(finding(run, active.withNamed(Set.of(RUN), reading(true, younger, own, older))))
        .isEqualTo(seen(older));
    assertThat(finding(run, active.withNamed(Set.of(RUN), reading(true, younger))))
        .isEqualTo(new Finding.Absent(NOW));
    assertThat(finding(run, active)).isEqualTo(new Finding.Unread(NOW));
    assertThat(finding(run, active.withNamed(Set.of(RUN), reading(false)))).isNotInstanceOf(SEEN);
  }

  @Test
  void nameAloneIsNoProof() {
    Rows stranger = JOB.metadata(Map.of());

    assertThat(finding(RecordedJob.unseen(RUN, null), active(stranger)))
        .isEqualTo(new Finding.Absent(NOW));
  }

  @Test
  void nameWithTheKnownIdIsEnoughOnServersWithoutMetadata() {
    Rows plain = JOB.metadata(Map.of());

    assertThat(finding(follows(7), active(plain))).isEqualTo(seen(plain));
  }

  @Test
  void metadataOfAnotherRunContradictsNameAndId() {
    Rows other = JOB.metadata(Map.of("wrinklefree_run_id", "run-2"));

    assertThat(finding(follows(7), active(other))).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void similarNamesAreNotConfused() {
    assertThat(finding(follows(7), active(JOB.named("run-10")))).isEqualTo(new Finding.Unread(NOW));
    assertThat(finding(follows(7), active(JOB.named(null)))).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void missingFromTheActiveJobsIsNotYetAbsent() {
    Observation active = active();

    assertThat(active.unseenIds(List.of(follows(7)))).containsExactly(7L);
    assertThat(finding(follows(7), active)).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void secondLookFindsTheEnd() {
    Rows ended = Rows.of(RUN, 7, "SUCCEEDED");

    assertThat(finding(follows(7), active().withTargeted(Set.of(7L), reading(true, ended))))
        .isEqualTo(seen(ended));
  }

  @Test
  void secondLookThatFindsNothingMeansAbsentAndOneThatFailedMeansUnread() {
    assertThat(finding(follows(7), active().withTargeted(Set.of(7L), reading(true))))
        .isEqualTo(new Finding.Absent(NOW));
    assertThat(
            finding(
                follows(7),
                active()
                    .withTargeted(
                        Set.of(7L), Reading.brokenOff(NOW, List.of(), "connection refused"))))
        .isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void rowsOfAnIncompleteReadingAreStillTrue() {
    Observation partial = Observation.ofActive(reading(false, JOB));

    assertThat(finding(follows(7), partial)).isEqualTo(seen(JOB));
    assertThat(finding(found(7), partial)).isEqualTo(seen(JOB));
    assertThat(finding(follows(8), partial)).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void twinOfAFollowedJobIsLeftAloneWhileTheFollowedOneIsKnown() {
    Rows twin = Rows.of(RUN, 8, "RUNNING");
    Rows ended = Rows.of(RUN, 7, "FAILED");

    assertThat(finding(follows(7), active(twin, JOB))).isEqualTo(seen(JOB));
    assertThat(finding(follows(7), active(twin).withTargeted(Set.of(7L), reading(true, ended))))
        .isEqualTo(seen(ended));
    assertThat(finding(follows(7), active(twin))).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void jobOfANewControllerIsTakenUpOnceTheOldOneIsSurelyGone() {
    RecordedJob run =
        new RecordedJob(RUN, 7L, true, null, 2, JobTimes.NONE, NOW.minusSeconds(60), null, null);
    Rows successor = Rows.of(RUN, 1, "STARTING").at(NOW.minusSeconds(5), null, null, null);

    assertThat(finding(run, active(successor).withTargeted(Set.of(7L), reading(true))))
        .isEqualTo(seen(successor));
    assertThat(finding(run, active(successor))).isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void twinIsNoSuccessorThoughTheRunsOwnJobIsMissingFromEveryAnswer() {
    RecordedJob run =
        new RecordedJob(RUN, 7L, true, null, 0, JobTimes.NONE, NOW.minusSeconds(60), null, null);
    Rows younger = Rows.of(RUN, 8, "CANCELLED").at(NOW.minusSeconds(5), null, null, null);
    Rows before = Rows.of(RUN, 6, "CANCELLED").at(NOW.minusSeconds(90), null, null, null);

    assertThat(finding(run, active().withTargeted(Set.of(7L), reading(true, younger, before))))
        .isEqualTo(new Finding.Absent(NOW));
  }

  @Test
  void namesakeOfANewControllerWithoutMetadataIsAnotherJob() {
    JobTimes before = new JobTimes(NOW.minusSeconds(100), null, null, null);
    RecordedJob run = new RecordedJob(RUN, 7L, true, null, 0, before, NOW, null, null);
    Rows pending = Rows.of(RUN, 7, "FAILED_PRECHECKS").metadata(Map.of());

    assertThat(finding(run, active().withTargeted(Set.of(7L), reading(true, pending))))
        .isEqualTo(new Finding.Absent(NOW));
  }

  @Test
  void sameIdWithAnotherSubmissionTimeIsAnotherJob() {
    JobTimes before = new JobTimes(NOW.minusSeconds(100), null, null, null);
    RecordedJob run = new RecordedJob(RUN, 7L, true, null, 2, before, null, null, null);
    Rows reused = JOB.at(NOW.minusSeconds(10), null, null, null);
    Rows strangers = reused.metadata(Map.of());

    assertThat(active(reused).unseenIds(List.of(run))).containsExactly(7L);
    assertThat(finding(run, active(reused).withTargeted(Set.of(7L), reading(true, reused))))
        .isEqualTo(seen(reused));
    assertThat(finding(run, active(strangers).withTargeted(Set.of(7L), reading(true, strangers))))
        .isEqualTo(new Finding.Absent(NOW));
  }

  @Test
  void jobOfSeveralTasksSpeaksWithOneVoice() {
    Rows done = Rows.of(RUN, 7, "SUCCEEDED");
    Rows running = JOB.task(1);
    Rows failed = Rows.of(RUN, 7, "FAILED").task(2);

    assertThat(finding(follows(7), active(running, done))).isEqualTo(seen(running));
    assertThat(finding(follows(7), active(failed, running, done))).isEqualTo(seen(failed));
    assertThat(finding(follows(7), active(done))).isEqualTo(seen(done));
  }

  private static Finding seen(Rows rows) {
    return new Finding.Seen(rows.row(), null, NOW);
  }

  /** A run whose job was found by its name; launch-service has not told it. */
  private static RecordedJob found(long jobId) {
    return new RecordedJob(RUN, jobId, false, null, 0, JobTimes.NONE, NOW, null, null);
  }

  private static RecordedJob follows(long jobId) {
    return RecordedJob.unseen(RUN, jobId);
  }

  private static Observation active(Rows... rows) {
    return Observation.ofActive(reading(true, rows));
  }

  private static Reading reading(boolean complete, Rows... rows) {
    List<JobRecord> records = Arrays.stream(rows).map(Rows::row).toList();
    return Reading.answered(NOW, records, complete);
  }

  private static Finding finding(RecordedJob run, Observation observation) {
    return observation.findings(List.of(run)).values().iterator().next();
  }
}
