package dev.wrinklefree.monitor.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is told of a run's figures, and until when it is looked at. */
class TrainingPlannerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TrainingStory story = new TrainingStory();

  @Test
  void tellsOnlyWhatIsNew() {
    story.job(JobState.RUNNING, 1).after(MINUTE);
    Instant heartbeat = story.now();
    story.step(5, 2.5).after(MINUTE).seen("running", heartbeat, 5, finite(2.5));
    assertThat(story.told()).hasSize(1);
    story.seen("running", story.now(), 5, finite(2.5));
    assertThat(story.told()).hasSize(2);
    assertThat(story.told().getFirst().data().url()).endsWith("/run-1");
    assertThat(story.told().getFirst().data().step()).isEqualTo(5);
  }

  @Test
  void crashedAtWandbIsNoEndOfTheJob() {
    story.job(JobState.RUNNING, 1).after(MINUTE).step(5, 2.5);
    story.after(MINUTE).seen("crashed", story.now(), 5, finite(2.5));
    assertThat(story.over()).isFalse();
    assertThat(story.told().getLast().data().wandbState()).isEqualTo("crashed");
    story.after(MINUTE).step(6, 2.4);
    assertThat(story.told().getLast().data().wandbState()).isEqualTo("running");
  }

  @Test
  void stepMayGoBack() {
    story.job(JobState.RUNNING, 1).after(MINUTE).step(500, 2.5).after(MINUTE).step(0, 11);
    assertThat(story.told()).extracting(figures -> figures.data().step()).containsExactly(500L, 0L);
  }

  @Test
  void timeIsNeverInTheFutureAndNeverGoesBack() {
    story.job(JobState.RUNNING, 1).after(MINUTE);
    Instant first = story.now();
    story.seen("running", first.plusSeconds(900), 1, finite(3));
    story.after(MINUTE).seen("running", first.minusSeconds(900), 2, finite(3));
    assertThat(story.told()).extracting(ToldFigures::time).containsExactly(first, story.now());
  }

  @Test
  void figuresThatCannotBeReadLeaveThoseThatWereTold() {
    story.job(JobState.RUNNING, 1).after(MINUTE).step(5, 2.5).after(MINUTE);
    story.look(
        new Look.Seen(
            new WandbSighting("run-1", "running", story.now(), null, "https://x"), story.now()));
    assertThat(story.told().getLast().data().loss()).isEqualTo(2.5);
    assertThat(story.told().getLast().data().heartbeatAt()).isEqualTo(story.now());
  }

  @Test
  void endedRunIsLookedAtUntilItsLastFiguresAreKnown() {
    story.job(JobState.RUNNING, 1).after(MINUTE).step(5, 2.5);
    Instant heartbeat = story.now();
    story.after(MINUTE).job(JobState.SUCCEEDED, 1);
    story.seen("running", heartbeat, 5, finite(2.5));
    assertThat(story.over()).isFalse();
    story.after(MINUTE).seen("finished", heartbeat, 6, finite(2.4));
    assertThat(story.over()).isFalse();
    assertThat(story.told().getLast().data().step()).isEqualTo(6);
    story.after(MINUTE).seen("finished", heartbeat, 6, finite(2.4));
    assertThat(story.over()).isTrue();
  }

  @Test
  void endedRunIsNotWaitedForForEver() {
    story.job(JobState.RUNNING, 1).after(MINUTE).job(JobState.FAILED, 1);
    story.after(Duration.ofMinutes(9)).missing();
    assertThat(story.over()).isFalse();
    story.after(MINUTE).unread();
    assertThat(story.over()).isTrue();
  }

  @Test
  void runWithoutFiguresIsOverWithItsJob() {
    TrainingStory plain = new TrainingStory(null, null);
    plain.job(JobState.RUNNING, 1);
    assertThat(plain.over()).isFalse();
    plain.job(JobState.SUCCEEDED, 1);
    assertThat(plain.over()).isTrue();
  }

  @Test
  void lookThatShowsNothingNewChangesNothing() {
    story.job(JobState.RUNNING, 1).after(MINUTE).step(5, 2.5);
    Instant heartbeat = story.now();
    story.seen("running", heartbeat, 5, finite(2.5));
    assertThat(story.wouldChange(new Look.Unread())).isFalse();
    assertThat(story.wouldChange(new Look.Missing(story.now()))).isFalse();
  }

  @Test
  void courseIsReadAsItWasWritten() throws JsonProcessingException {
    story.job(JobState.STARTING, 1).after(MINUTE).job(JobState.RUNNING, 1);
    for (int step = 0; step < 40; step++) {
      story.after(MINUTE).step(step, 2.5 + step);
    }
    story.after(MINUTE).job(JobState.RUNNING, 2).after(MINUTE).step(0, 9);
    ObjectMapper mapper = ContractJson.mapper();
    Course course = story.record().course();
    assertThat(mapper.readValue(mapper.writeValueAsString(course), Course.class)).isEqualTo(course);
    assertThat(mapper.readValue("{}", Course.class)).isEqualTo(Course.NONE);
  }

  private static LoggedValue finite(double value) {
    return new LoggedValue.Finite(value);
  }
}
