package dev.wrinklefree.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStoryTest {

  private static final RunId RUN = new RunId("demo-1");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void aStoryWithEverythingIsCompleteAndOver() {
    RunStory story = storyOf(complete());

    assertThat(story.missing()).isEmpty();
    assertThat(story.isOver()).isTrue();
  }

  @Test
  void aStoryWithoutAnyOneOfItsPartsIsNotComplete() {
    List<EventData> complete = complete();
    for (int left = 0; left < complete.size(); left++) {
      List<EventData> rest = new ArrayList<>(complete);
      EventData leftOut = rest.remove(left);

      assertThat(storyOf(rest).missing()).as("without %s", leftOut).isNotEmpty();
    }
  }

  @Test
  void anEventThatComesTwiceCountsOnce() {
    RunStory story = new RunStory();
    Event<?> event = event(submitted(), 1);

    assertThat(story.add(event)).isTrue();
    assertThat(story.add(event)).isFalse();
    assertThat(story.eventCount()).isEqualTo(1);
  }

  @Test
  void aGapInASequenceIsFound() {
    RunStory story = storyOf(complete());
    story.add(event(cost(true, "0.05"), 9));

    assertThat(story.missing())
        .singleElement()
        .asString()
        .contains("gaps in the sequence of /cost.updated");
  }

  @Test
  void anUnknownCostIsNoFinalCost() {
    List<EventData> events = complete();
    events.removeLast();
    events.add(cost(true, null));

    assertThat(storyOf(events).missing()).containsExactly("no final cost");
  }

  @Test
  void aRunThatFailedIsOverButNotComplete() {
    RunStory failed = storyOf(List.of(state(JobState.RUNNING), state(JobState.FAILED)));
    RunStory refused = storyOf(List.of(new LaunchFailed(RUN, "skypilot-refused", "no", 1)));

    assertThat(failed.isOver()).isTrue();
    assertThat(failed.missing()).contains("the last state is FAILED");
    assertThat(refused.isOver()).isTrue();
    assertThat(refused.missing()).isNotEmpty();
  }

  private static List<EventData> complete() {
    return new ArrayList<>(
        List.of(
            accepted(),
            submitted(),
            state(JobState.RUNNING),
            checkpoint(Kind.STEP),
            state(JobState.RECOVERING),
            state(JobState.RUNNING),
            checkpoint(Kind.FINAL),
            state(JobState.SUCCEEDED),
            cost(true, "0.05")));
  }

  private static RunStory storyOf(List<EventData> events) {
    RunStory story = new RunStory();
    Map<EventType, Long> sequences = new HashMap<>();
    for (EventData data : events) {
      story.add(event(data, sequences.merge(EventType.of(data), 1L, Long::sum)));
    }
    return story;
  }

  private static Event<EventData> event(EventData data, long sequence) {
    EventType type = EventType.of(data);
    String source = "/" + type.typeName().replace("dev.wrinklefree.", "");
    return new Event<>(
        new EventAttributes(
            RUN + ":" + sequence, source, type, RUN, NOW, NOW, sequence, null, null, null),
        data);
  }

  private static LaunchAccepted accepted() {
    return new LaunchAccepted(
        RUN,
        "wf-fairy2-train",
        "fairy2_train",
        "smollm2_135m",
        "w2",
        "small",
        new Accelerators("H100", 1),
        List.of(),
        true,
        List.of(),
        "bucket",
        "fairy2/",
        new WandbRun(null, "project", "demo-1"),
        null,
        Map.of(),
        null,
        NOW,
        Map.of(),
        null,
        null,
        null,
        null);
  }

  private static LaunchSubmitted submitted() {
    return new LaunchSubmitted(RUN, 1, null, false, NOW);
  }

  private static JobStateChanged state(JobState state) {
    return new JobStateChanged(RUN, 1L, state, null, null, null, 1, 0, null, null, null, null);
  }

  private static CheckpointWritten checkpoint(Kind kind) {
    return new CheckpointWritten(
        RUN,
        kind,
        100L,
        CheckpointWritten.Layout.DIRECTORY,
        "gs://b/c/",
        1,
        List.of(),
        1,
        NOW,
        NOW);
  }

  private static CostUpdated cost(boolean ended, @Nullable String spent) {
    return new CostUpdated(
        RUN,
        NOW,
        spent == null ? CostUpdated.Pricing.UNKNOWN : CostUpdated.Pricing.KNOWN,
        "USD",
        spent == null ? null : Money.usd(spent),
        null,
        false,
        ended,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
