package dev.wrinklefree.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.alert.Verdict.Clear;
import dev.wrinklefree.checkpoint.alert.Verdict.Keep;
import dev.wrinklefree.checkpoint.alert.Verdict.Raise;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Partial;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.CheckpointLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Random histories of a run, of its job's states and of what the bucket shows. */
class AlertHistoryPropertyTest {

  private static final String SEED = "20261123";
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final AlertRules RULES =
      new AlertRules(
          Duration.ofHours(2),
          2,
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5));

  private enum Happening {
    STATE,
    TIME_PASSES,
    CHECKPOINT,
    FINAL_CHECKPOINT,
    HALF_A_DIRECTORY,
    THE_OTHER_HALF,
    LISTING,
    LISTINGS_FOR_AN_HOUR,
    LISTING_FAILS
  }

  @Property(seed = SEED, tries = 1_000)
  void alertsAlternateAndOnlyTheMissingFinalCheckpointOutlivesTheRun(
      @ForAll("histories") List<Happening> history, @ForAll long order) {
    Random random = new Random(order);
    Run run = new Run();
    for (Happening happening : history) {
      switch (happening) {
        case STATE -> run.heard(JobState.values()[random.nextInt(JobState.values().length)]);
        case TIME_PASSES -> run.now = run.now.plus(Duration.ofMinutes(random.nextInt(240)));
        case CHECKPOINT -> run.write();
        case FINAL_CHECKPOINT -> run.finalThere = true;
        case HALF_A_DIRECTORY -> run.half = new StoredObject("d/a", 1, 1, "", run.now);
        case THE_OTHER_HALF -> run.half = null;
        case LISTING -> run.look();
        case LISTINGS_FOR_AN_HOUR -> run.lookFor(Duration.ofHours(1));
        case LISTING_FAILS -> run.lastLookedAt = null;
      }
      run.check();
    }
    run.told.values().forEach(words -> assertAlternates(words));
  }

  @Property(seed = SEED, tries = 300)
  void aRunThatKeepsItsRhythmIsNeverLate(
      @ForAll @IntRange(min = 150, max = 5_000) int least,
      @ForAll List<@IntRange(min = 0, max = 100) Integer> intervals,
      @ForAll long order) {
    Random random = new Random(order);
    Run run = new Run();
    run.heard(JobState.RUNNING);
    for (int interval : intervals) {
      // From one to nearly two of the shortest: within any median of them, doubled.
      Duration next = Duration.ofSeconds(least + (long) (least * 0.008 * interval));
      Instant due = run.now.plus(next);
      while (run.now.isBefore(due)) {
        switch (random.nextInt(20)) {
          case 0 -> run.lastLookedAt = null;
          case 1 -> run.heard(JobState.UNKNOWN);
          case 2 -> run.heard(JobState.RUNNING);
          default -> run.look();
        }
        run.now = run.now.plus(INTERVAL);
      }
      run.write();
      run.look();
    }

    assertThat(run.told).isEmpty();
  }

  @Property(seed = SEED, tries = 200)
  void aCheckpointThatDoesNotComeIsToldByTheFirstListingAfterItsTime(
      @ForAll @IntRange(min = 60, max = 3_000) int interval,
      @ForAll @IntRange(min = 3, max = 30) int written) {
    Run run = new Run();
    run.heard(JobState.RUNNING);
    run.look();
    for (int i = 0; i < written; i++) {
      run.lookFor(Duration.ofSeconds(interval));
      run.write();
      run.look();
    }
    Duration limit = RULES.limit(run.written, false);

    run.lookFor(limit);
    assertThat(run.told).isEmpty();
    run.lookFor(INTERVAL);
    assertThat(run.open).containsExactly(AlertCode.CHECKPOINT_OVERDUE);
  }

  @Property(seed = SEED, tries = 200)
  void whileTheBucketCannotBeReadNothingIsLate(@ForAll @IntRange(min = 1, max = 500) int hours) {
    Run run = new Run();
    run.heard(JobState.RUNNING);
    run.look();
    run.half = new StoredObject("d/a", 1, 1, "", run.now);
    run.look();
    run.lastLookedAt = null;
    run.now = run.now.plus(Duration.ofHours(hours));
    run.look();
    run.lookFor(INTERVAL);

    assertThat(run.told).isEmpty();
  }

  @Provide
  Arbitrary<List<Happening>> histories() {
    return Arbitraries.of(Happening.class).list().ofMinSize(1).ofMaxSize(60);
  }

  private static void assertAlternates(List<Boolean> words) {
    for (int i = 0; i < words.size(); i++) {
      assertThat(words.get(i)).as("raised, in turn: %s", words).isEqualTo(i % 2 == 0);
    }
  }

  /** Records as the service does. */
  private static final class Run {

    private final AlertJudge judge = new AlertJudge(RULES);
    private final List<Instant> written = new ArrayList<>();
    private final Set<AlertCode> open = EnumSet.noneOf(AlertCode.class);
    private final Map<AlertCode, List<Boolean>> told = new EnumMap<>(AlertCode.class);
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Vigil vigil = Vigil.unheard();
    private List<PartialDirectory> partial = List.of();
    private @Nullable Instant lastLookedAt;
    private @Nullable StoredObject half;
    private boolean finalThere;
    private boolean news;

    void heard(JobState state) {
      vigil = vigil.heard(state, 1, now);
      judge(false);
    }

    void write() {
      written.add(now);
      news = true;
    }

    void look() {
      vigil = vigil.looked(lastLookedAt, now, MOST, news);
      news = false;
      lastLookedAt = now;
      List<Partial> seen =
          half == null
              ? List.of()
              : List.of(
                  new Partial(
                      new CheckpointSlot("d/", Kind.STEP, 1L, List.of("a", "b")),
                      List.of(half),
                      List.of("d/b")));
      partial = PartialDirectory.after(partial, seen, vigil.looked(), now);
      judge(true);
      if (finalThere) {
        assertThat(open).doesNotContain(AlertCode.NO_FINAL_CHECKPOINT);
      }
    }

    void lookFor(Duration time) {
      Instant end = now.plus(time);
      while (now.isBefore(end)) {
        Instant next = now.plus(INTERVAL);
        now = next.isAfter(end) ? end : next;
        look();
      }
    }

    void check() {
      if (vigil.ended() && vigil.sure()) {
        assertThat(open).isSubsetOf(AlertCode.NO_FINAL_CHECKPOINT);
      }
    }

    private void judge(boolean justLooked) {
      Situation situation =
          new Situation(
              "gs://b/r/",
              vigil,
              CheckpointLayout.FAIRY2,
              justLooked,
              written.reversed().stream().limit(AlertRules.CHECKPOINTS_OF_RHYTHM).toList(),
              finalThere,
              partial);
      for (Verdict verdict : Verdict.news(judge.judge(situation), open)) {
        switch (verdict) {
          case Raise raise -> {
            assertThat(justLooked).isTrue();
            assertThat(vigil.sure()).isTrue();
            assertThat(vigil.ended()).isEqualTo(raise.code() == AlertCode.NO_FINAL_CHECKPOINT);
            open.add(raise.code());
          }
          case Clear clear -> open.remove(clear.code());
          case Keep keep -> throw new AssertionError("no news");
        }
        told.computeIfAbsent(verdict.code(), code -> new ArrayList<>())
            .add(verdict instanceof Raise);
      }
    }
  }
}
