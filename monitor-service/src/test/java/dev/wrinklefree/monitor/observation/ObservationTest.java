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
  private static final Rows JOB = Rows.of(RUN, 7, "RUNNING");

  @Test
  void followedJobIsSeen() {
    assertThat(finding(follows(7), active(JOB))).isEqualTo(seen(JOB));
  }

  @Test
  void jobOfUnknownIdIsFoundByNameAndMetadata() {
    assertThat(finding(RecordedJob.unseen(RUN, null), active(JOB))).isEqualTo(seen(JOB));
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
    assertThat(finding(follows(7), active().withTargeted(Set.of(7L), Reading.failed(NOW))))
        .isEqualTo(new Finding.Unread(NOW));
  }

  @Test
  void rowsOfAnIncompleteReadingAreStillTrue() {
    Observation partial = Observation.ofActive(reading(false, JOB));

    assertThat(finding(follows(7), partial)).isEqualTo(seen(JOB));
    assertThat(finding(RecordedJob.unseen(RUN, null), partial)).isEqualTo(seen(JOB));
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
    Rows successor = Rows.of(RUN, 1, "STARTING");

    assertThat(finding(follows(7), active(successor).withTargeted(Set.of(7L), reading(true))))
        .isEqualTo(seen(successor));
  }

  @Test
  void sameIdWithAnotherSubmissionTimeIsAnotherJob() {
    JobTimes before = new JobTimes(NOW.minusSeconds(100), null, null, null);
    RecordedJob run = new RecordedJob(RUN, 7L, null, 2, before, null, null);
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

  private static RecordedJob follows(long jobId) {
    return RecordedJob.unseen(RUN, jobId);
  }

  private static Observation active(Rows... rows) {
    return Observation.ofActive(reading(true, rows));
  }

  private static Reading reading(boolean complete, Rows... rows) {
    List<JobRecord> records = Arrays.stream(rows).map(Rows::row).toList();
    return new Reading(NOW, records, complete);
  }

  private static Finding finding(RecordedJob run, Observation observation) {
    return observation.findings(List.of(run)).values().iterator().next();
  }
}
