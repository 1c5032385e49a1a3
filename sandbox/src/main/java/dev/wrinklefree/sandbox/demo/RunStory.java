package dev.wrinklefree.sandbox.demo;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * All that the topics said of one run, and whether that is what a run with one preemption must have
 * said. An event that comes twice counts once, as for any subscriber.
 */
final class RunStory {

  private final List<EventData> told = new ArrayList<>();
  private final Set<String> identities = new HashSet<>();
  private final Map<String, TreeSet<Long>> sequences = new TreeMap<>();

  /** Takes an event in and says whether it was new. */
  boolean add(Event<?> event) {
    EventAttributes attributes = event.attributes();
    if (!identities.add(attributes.identity())) {
      return false;
    }
    told.add(event.data());
    if (attributes.sequence() != null) {
      sequences
          .computeIfAbsent(attributes.source(), source -> new TreeSet<>())
          .add(attributes.sequence());
    }
    return true;
  }

  /** SkyPilot's id of the job, once it is known. */
  Optional<Long> skypilotJob() {
    return all(LaunchSubmitted.class).map(LaunchSubmitted::skypilotJobId).findFirst();
  }

  boolean hasCheckpoint() {
    return all(CheckpointWritten.class).findAny().isPresent();
  }

  /**
   * Whether nothing more has to come: all is told, or the run ended in another way than it must.
   */
  boolean isOver() {
    boolean failed =
        lastState().filter(state -> state.isTerminal() && state != JobState.SUCCEEDED).isPresent();
    boolean refused =
        Stream.concat(all(LaunchRejected.class), all(LaunchFailed.class)).findAny().isPresent();
    return failed || refused || missing().isEmpty();
  }

  /** The states in the order in which they were told. */
  List<JobState> states() {
    return all(JobStateChanged.class).map(JobStateChanged::state).toList();
  }

  List<CheckpointWritten> checkpoints() {
    return all(CheckpointWritten.class).toList();
  }

  Optional<CostUpdated> lastCost() {
    return all(CostUpdated.class).reduce((earlier, later) -> later);
  }

  int eventCount() {
    return told.size();
  }

  /**
   * What a complete story would have and this one has not, each as a sentence; empty if it is
   * complete.
   */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    require(missing, all(LaunchAccepted.class).count() == 1, "not exactly one launch.accepted");
    require(missing, all(LaunchSubmitted.class).count() == 1, "not exactly one launch.submitted");
    List<JobState> states = states();
    int recovering = states.indexOf(JobState.RECOVERING);
    require(missing, recovering >= 0, "no state RECOVERING after the preemption");
    require(
        missing,
        states.indexOf(JobState.RUNNING) >= 0 && states.indexOf(JobState.RUNNING) < recovering,
        "no state RUNNING before RECOVERING");
    require(
        missing,
        recovering >= 0 && states.lastIndexOf(JobState.RUNNING) > recovering,
        "no state RUNNING after RECOVERING");
    require(
        missing,
        lastState().filter(state -> state == JobState.SUCCEEDED).isPresent(),
        "the last state is " + lastState().map(JobState::name).orElse("unknown"));
    require(missing, checkpoints(Kind.STEP) > 0, "no checkpoint of a step");
    require(missing, checkpoints(Kind.FINAL) == 1, "not exactly one final checkpoint");
    require(
        missing,
        lastCost().filter(cost -> cost.ended() && cost.spent() != null).isPresent(),
        "no final cost");
    sequences.forEach(
        (source, numbers) ->
            require(
                missing,
                LongStream.rangeClosed(1, numbers.size()).allMatch(numbers::contains),
                "gaps in the sequence of " + source + ": " + numbers));
    return missing;
  }

  private Optional<JobState> lastState() {
    return all(JobStateChanged.class).map(JobStateChanged::state).reduce((first, last) -> last);
  }

  private long checkpoints(Kind kind) {
    return all(CheckpointWritten.class).filter(written -> written.kind() == kind).count();
  }

  private <D extends EventData> Stream<D> all(Class<D> type) {
    return told.stream().filter(type::isInstance).map(type::cast);
  }

  private static void require(List<String> missing, boolean holds, String sentence) {
    if (!holds) {
      missing.add(sentence);
    }
  }
}
