package dev.wrinklefree.monitor.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.monitor.training.TrainingRecord.Reporting;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds for every history of a run, however odd SkyPilot's and W&amp;B's answers are. */
class TrainingPropertiesTest {

  /** What happens in one step of a history. */
  enum Kind {
    JOB,
    SEEN,
    MISSING,
    UNREAD
  }

  /**
   * One step.
   *
   * @param loss null: not a number
   * @param heartbeatAge seconds; below 0 is in the future
   */
  record Moment(
      Kind kind,
      int minutes,
      JobState state,
      int attempt,
      String wandbState,
      int step,
      @Nullable Double loss,
      int heartbeatAge) {}

  @Property(seed = "71", tries = 3000)
  void raisedAndClearedTakeTurnsBeginningWithRaised(@ForAll("histories") List<Moment> history) {
    Map<String, List<Status>> turns = new HashMap<>();
    for (RunAlerted alert : replay(history).alerts()) {
      turns.computeIfAbsent(alert.code(), code -> new ArrayList<>()).add(alert.status());
    }
    turns.forEach(
        (code, statuses) -> {
          for (int i = 0; i < statuses.size(); i++) {
            assertThat(statuses.get(i))
                .as("%s of %s in %s", i, code, statuses)
                .isEqualTo(i % 2 == 0 ? Status.RAISED : Status.CLEARED);
          }
        });
  }

  @Property(seed = "72", tries = 2000)
  void endClearsEverything(@ForAll("histories") List<Moment> history) {
    TrainingStory story = replay(history);
    story.job(JobState.FAILED, 9);
    assertThat(story.open()).isEmpty();
    assertThat(story.alerts().stream().filter(alert -> alert.status() == Status.RAISED).count())
        .isEqualTo(
            story.alerts().stream().filter(alert -> alert.status() == Status.CLEARED).count());
  }

  @Property(seed = "73", tries = 2000)
  void secondLookAtTheSameTellsNothing(@ForAll("histories") List<Moment> history) {
    TrainingStory story = new TrainingStory(reporting(), 1);
    for (Moment moment : history) {
      play(story, moment);
      int alerts = story.alerts().size();
      int told = story.told().size();
      play(
          story,
          new Moment(
              moment.kind(),
              0,
              moment.state(),
              moment.attempt(),
              moment.wandbState(),
              moment.step(),
              moment.loss(),
              moment.heartbeatAge()));
      assertThat(story.alerts()).hasSize(alerts);
      assertThat(story.told()).hasSize(told);
    }
  }

  @Property(seed = "74", tries = 2000)
  void toldFiguresAreFiniteNewAndInOrder(@ForAll("histories") List<Moment> history) {
    TrainingStory story = replay(history);
    TrainingProgressed before = null;
    Instant time = Instant.MIN;
    for (ToldFigures figures : story.told()) {
      TrainingProgressed data = figures.data();
      assertThat(data).isNotEqualTo(before);
      assertThat(data.loss() == null || Double.isFinite(data.loss())).isTrue();
      assertThat(figures.time()).isAfterOrEqualTo(time).isBeforeOrEqualTo(story.now());
      before = data;
      time = figures.time();
    }
  }

  @Provide
  Arbitrary<List<Moment>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(3, Kind.JOB),
            Tuple.of(10, Kind.SEEN),
            Tuple.of(1, Kind.MISSING),
            Tuple.of(1, Kind.UNREAD));
    return Combinators.combine(
            kinds,
            Arbitraries.of(0, 1, 1, 1, 4, 12, 31, 200),
            Arbitraries.of(JobState.values()),
            Arbitraries.integers().between(1, 5),
            Arbitraries.of("running", "crashed", "finished", "hibernating"),
            Arbitraries.integers().between(0, 40),
            Arbitraries.doubles().between(-5, 40).injectNull(0.1),
            Arbitraries.of(0, 0, 0, 30, 400, 5000, -60))
        .as(Moment::new)
        .list()
        .ofMaxSize(60);
  }

  private static TrainingStory replay(List<Moment> history) {
    TrainingStory story = new TrainingStory(reporting(), 1);
    history.forEach(moment -> play(story, moment));
    return story;
  }

  private static void play(TrainingStory story, Moment moment) {
    story.after(Duration.ofMinutes(moment.minutes()));
    switch (moment.kind()) {
      case JOB -> story.job(moment.state(), moment.attempt());
      case SEEN ->
          story.seen(
              moment.wandbState(),
              story.now().minusSeconds(moment.heartbeatAge()),
              moment.step(),
              moment.loss() == null
                  ? new LoggedValue.NotFinite()
                  : new LoggedValue.Finite(moment.loss()));
      case MISSING -> story.missing();
      case UNREAD -> story.unread();
    }
  }

  private static Reporting reporting() {
    return new Reporting(
        new WandbRun("team", "proj", TrainingStory.RUN.value()), MetricKeys.FAIRY2);
  }
}
