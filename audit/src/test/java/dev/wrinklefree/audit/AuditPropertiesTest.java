package dev.wrinklefree.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random lives of many runs, told with the repeats that are allowed; then one defect in them. */
class AuditPropertiesTest {

  private static final Set<EventType> REQUESTS =
      Set.of(EventType.LAUNCH_REQUESTED, EventType.CANCEL_REQUESTED);

  /** Spoils one record, chosen at random among those where it is a defect. */
  private enum Defect {
    LOST_FACT("sequence-gap", Defect::removeInTheMiddle),
    LOST_REQUEST("answer-unasked", (story, random) -> remove(story, random, isAnswered(story))),
    OTHER_BODY("same-id-other-content", Defect::repeatWithAnotherBody),
    OTHER_ID("id-form", (story, random) -> any(story, random, isFact(), t -> t.id = t.id + "x")),
    OTHER_RUN_IN_DATA(
        "run-name-differs",
        (story, random) -> any(story, random, isFact(), t -> t.data.put("runId", "nobody"))),
    OTHER_KEY(
        "unreadable-event",
        (story, random) ->
            any(story, random, isFact(), t -> t.key = java.util.Optional.of("nobody"))),
    NO_SEQUENCE(
        "sequence-absent", (story, random) -> any(story, random, isFact(), t -> t.sequence = null)),
    OTHER_SOURCE(
        "foreign-source",
        (story, random) -> any(story, random, isFact(), t -> t.source = "/nobody")),
    BROKEN_JSON(
        "unreadable-event",
        (story, random) ->
            any(
                story,
                random,
                isFact(),
                t -> t.value = "{\"runId\":".getBytes(StandardCharsets.UTF_8))),
    OTHER_CAUSE(
        "cause-missing",
        (story, random) -> any(story, random, isFact(), t -> t.cause = t.run + ":999999")),
    OTHER_CORRELATION(
        "correlation-missing",
        (story, random) -> any(story, random, isFact(), t -> t.correlation = "nobody")),
    SWAPPED("out-of-order", Defect::swap),
    SECOND_JOB(
        "second-job",
        (story, random) ->
            any(story, random, isJobState(story), t -> t.data.put("skypilotJobId", 4711))),
    PREVIOUS_STATE(
        "previous-state",
        (story, random) ->
            any(
                story,
                random,
                t -> t.data.has("previousState"),
                t -> t.data.put("previousState", "CANCELLING"))),
    MONEY(
        "cost-sum",
        (story, random) ->
            any(
                story,
                random,
                t -> t.type == EventType.COST_UPDATED,
                t -> ((ObjectNode) t.data.get("spent")).put("amount", "123.45"))),
    CHECKPOINT_AGAIN(
        "checkpoint-told-twice",
        (story, random) ->
            any(
                story,
                random,
                t -> t.type == EventType.CHECKPOINT_WRITTEN,
                t -> {
                  Told again = story.checkpoint(t.run, 1, 1);
                  again.data = t.data.deepCopy();
                })),
    ALERT_AGAIN(
        "alert-raised-twice",
        (story, random) ->
            any(
                story,
                random,
                t ->
                    t.type == EventType.RUN_ALERTED
                        && t.data.get("code").asText().equals("no-final-checkpoint"),
                t -> story.alert(t.run, AlertCode.NO_FINAL_CHECKPOINT, true))),
    QUOTE(
        "quote-changed",
        (story, random) ->
            any(
                story,
                random,
                t -> t.type == EventType.COST_UPDATED && t.run.value().equals("whole"),
                t -> ((ObjectNode) t.data.get("quote")).put("stale", true))),
    LETTER_LOST(
        "dead-letter-missing",
        (story, random) -> remove(story, random, t -> t.topic.endsWith("-dead-letter"))),
    ANSWERED_AGAIN(
        "answered-twice",
        (story, random) ->
            any(
                story,
                random,
                t -> t.type == EventType.LAUNCH_ACCEPTED,
                t -> story.rejected(t.run, String.valueOf(t.cause))));

    private final String code;
    private final BiFunction<Story, Random, Boolean> plant;

    Defect(String code, BiFunction<Story, Random, Boolean> plant) {
      this.code = code;
      this.plant = plant;
    }

    private static java.util.function.Predicate<Told> isFact() {
      return t -> !REQUESTS.contains(t.type) && !t.topic.endsWith("-dead-letter");
    }

    private static java.util.function.Predicate<Told> isJobState(Story story) {
      return t -> t.type == EventType.JOB_STATE_CHANGED;
    }

    private static java.util.function.Predicate<Told> isAnswered(Story story) {
      return t ->
          t.type == EventType.LAUNCH_REQUESTED
              && !t.topic.endsWith("-dead-letter")
              && story.told.stream().filter(other -> isTwin(t, other)).count() == 1
              && story.told.stream().anyMatch(other -> isAnswerTo(t, other));
    }

    private static boolean isAnswerTo(Told request, Told answer) {
      return answer.topic.equals("launch-state")
          && answer.run.equals(request.run)
          && request.id.equals(answer.cause);
    }

    private static boolean isTwin(Told one, Told other) {
      return one.topic.equals(other.topic) && one.run.equals(other.run) && one.id.equals(other.id);
    }

    private static boolean any(
        Story story,
        Random random,
        java.util.function.Predicate<Told> wanted,
        java.util.function.Consumer<Told> spoil) {
      List<Told> candidates =
          story.told.stream()
              .filter(wanted)
              // A repeat of it would make another defect of it.
              .filter(t -> story.told.stream().filter(other -> isTwin(t, other)).count() == 1)
              .toList();
      if (candidates.isEmpty()) {
        return false;
      }
      spoil.accept(candidates.get(random.nextInt(candidates.size())));
      return true;
    }

    private static boolean remove(
        Story story, Random random, java.util.function.Predicate<Told> wanted) {
      return any(story, random, wanted, story.told::remove);
    }

    private static boolean removeInTheMiddle(Story story, Random random) {
      return remove(story, random, isFact().and(t -> following(story, t) != null));
    }

    private static boolean repeatWithAnotherBody(Story story, Random random) {
      return any(
          story,
          random,
          isFact(),
          t -> {
            Told repeat = story.repeat(t);
            repeat.data.put("added", "later");
          });
    }

    private static boolean swap(Story story, Random random) {
      return any(
          story,
          random,
          isFact().and(t -> following(story, t) != null),
          t -> {
            Told next = java.util.Objects.requireNonNull(following(story, t));
            story.told.remove(next);
            story.told.add(story.told.indexOf(t), next);
          });
    }

    /** The next fact of the same source and run. */
    private static @org.jspecify.annotations.Nullable Told following(Story story, Told told) {
      return story.told.stream()
          .skip(story.told.indexOf(told) + 1L)
          .filter(t -> t.source.equals(told.source) && t.run.equals(told.run))
          // A late repeat of an earlier one does not follow.
          .filter(t -> t.sequence != null && told.sequence != null && t.sequence > told.sequence)
          .findFirst()
          .orElse(null);
    }
  }

  @Property(tries = 40, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void legalHistoriesAreClean(@ForAll long seed) {
    Random random = new Random(seed);
    Story story = story(random, true);

    AuditReport report = audit(story);

    assertThat(report.findings().stream().filter(f -> f.severity() != Severity.REPEATED)).isEmpty();
  }

  @Property(tries = 160, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void anySingleDefectIsFound(@ForAll long seed, @ForAll Defect defect) {
    Random random = new Random(seed);
    Story story = story(random, random.nextBoolean());
    Assume.that(defect.plant.apply(story, random));

    AuditReport report = audit(story);

    assertThat(report.isClean()).isFalse();
    assertThat(report.findings().stream().map(Finding::code).collect(Collectors.toSet()))
        .contains(defect.code);
  }

  private static AuditReport audit(Story story) {
    return new Audit(AuditSettings.at(story.now().plus(Duration.ofDays(1)))).judge(story.history());
  }

  private static Story story(Random random, boolean withRepeats) {
    Story story = new Story();
    story.wholeRun(new RunId("whole"));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      live(story, random, new RunId("run-" + i));
      if (random.nextInt(3) == 0) {
        story.unreadable("{");
      }
    }
    if (withRepeats) {
      for (Told told : new ArrayList<>(story.told)) {
        if (!told.topic.endsWith("-dead-letter") && told.value == null && random.nextInt(10) == 0) {
          repeat(story, random, told);
        }
      }
    }
    return story;
  }

  /** At once, or so late that others came between. */
  private static void repeat(Story story, Random random, Told told) {
    boolean shifts =
        told.topic.equals("launch-requested")
            && story.told.stream().anyMatch(t -> t.topic.equals("launch-requested-dead-letter"));
    if (shifts || random.nextInt(4) == 0) {
      story.told.add(told.copy());
    } else {
      story.repeat(told);
    }
  }

  private static void live(Story story, Random random, RunId run) {
    story.requested(run);
    if (random.nextInt(5) == 0) {
      story.rejected(run, "request-" + run);
      return;
    }
    story.accepted(run);
    if (random.nextInt(4) == 0) {
      story.requested(run, "again", "/other").data.put("mode", "w1");
      story.rejected(run, "again");
    }
    boolean cancelled = random.nextInt(4) == 0;
    if (cancelled) {
      story.cancel(run);
      if (random.nextBoolean()) {
        story.failed(run);
        story.cost(run);
        return;
      }
    }
    story.submitted(run);
    story.state(run, JobState.PENDING, 0);
    int recoveries = 0;
    int checkpoints = 0;
    for (int i = random.nextInt(12); i > 0; i--) {
      story.pass(Duration.ofSeconds(random.nextInt(400)));
      switch (random.nextInt(5)) {
        case 0 -> story.state(run, JobState.STARTING, recoveries);
        case 1 -> story.state(run, JobState.UNKNOWN, recoveries);
        case 2 -> {
          story.state(run, JobState.RECOVERING, recoveries);
          story.state(run, JobState.RUNNING, ++recoveries);
        }
        case 3 -> story.checkpoint(run, ++checkpoints, 1);
        default -> story.pass(Duration.ofMinutes(1));
      }
      story.cost(run);
    }
    if (cancelled || random.nextBoolean()) {
      story.state(run, cancelled ? JobState.CANCELLED : JobState.SUCCEEDED, recoveries);
      story.cost(run);
      if (random.nextInt(4) == 0) {
        story.state(run, JobState.FAILED_CONTROLLER, recoveries);
      }
    }
  }
}
