package dev.wrinklefree.monitor.history;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job of the modelled server with all that was ever true of it. */
final class ModelJob {
  /** A word that the service does not know. */
  static final String ODD_WORD = "HIBERNATING";

  /** SkyPilot's transitions; an end may be corrected to {@code FAILED_CONTROLLER}. */
  private static final Map<String, List<String>> NEXT =
      Map.ofEntries(
          Map.entry(
              "PENDING",
              List.of(
                  "STARTING",
                  "STARTING",
                  "STARTING",
                  "RUNNING",
                  "CANCELLED",
                  "CANCELLING",
                  "FAILED_CONTROLLER",
                  ODD_WORD)),
          Map.entry(
              "STARTING",
              List.of(
                  "RUNNING",
                  "RUNNING",
                  "RUNNING",
                  "PENDING",
                  "FAILED_NO_RESOURCE",
                  "FAILED_PRECHECKS",
                  "FAILED_SETUP",
                  "CANCELLING",
                  "FAILED_CONTROLLER")),
          Map.entry(
              "RUNNING",
              List.of(
                  "RECOVERING",
                  "RECOVERING",
                  "PENDING",
                  "WINDING_DOWN",
                  "SUCCEEDED",
                  "FAILED",
                  "FAILED_SETUP",
                  "CANCELLING",
                  "FAILED_CONTROLLER",
                  ODD_WORD)),
          Map.entry("WINDING_DOWN", List.of("SUCCEEDED", "RECOVERING", "CANCELLING")),
          Map.entry(
              "RECOVERING",
              List.of("RUNNING", "RUNNING", "PENDING", "FAILED_NO_RESOURCE", "CANCELLING")),
          Map.entry("CANCELLING", List.of("CANCELLED", "CANCELLED", "SUCCEEDED", "FAILED")),
          Map.entry(ODD_WORD, List.of("RUNNING", "PENDING", "CANCELLING")));

  private final long id;
  private final String name;
  private final Map<String, String> metadata;
  private final TreeMap<Instant, JobRecord> history = new TreeMap<>();

  ModelJob(long id, String name, Map<String, String> metadata, Instant at) {
    this.id = id;
    this.name = name;
    this.metadata = metadata;
    history.put(at, row("PENDING", 0, JobTimes.NONE, null));
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  JobRecord now() {
    return history.lastEntry().getValue();
  }

  Instant changedAt() {
    return history.lastKey();
  }

  boolean hasEnded() {
    return now().status().isTerminal();
  }

  /** As it was then; before it existed, as it began. */
  JobRecord at(Instant time) {
    Map.Entry<Instant, JobRecord> entry = history.floorEntry(time);
    return entry == null ? history.firstEntry().getValue() : entry.getValue();
  }

  boolean existedAt(Instant time) {
    return !history.firstKey().isAfter(time);
  }

  /** All that it was in that time, oldest first. */
  List<JobState> statesBetween(Instant from, Instant to) {
    List<JobState> states = new ArrayList<>();
    states.add(state(at(from)));
    history.subMap(from, false, to, true).values().forEach(row -> states.add(state(row)));
    return states;
  }

  static JobState state(JobRecord row) {
    return switch (row.statusText()) {
      case ODD_WORD -> JobState.UNKNOWN;
      default -> JobState.valueOf(row.statusText());
    };
  }

  void step(Random random, Instant at) {
    List<String> choices = NEXT.getOrDefault(now().statusText(), List.of());
    if (!choices.isEmpty()) {
      become(choices.get(random.nextInt(choices.size())), at);
    } else if (!now().statusText().equals("FAILED_CONTROLLER")) {
      become("FAILED_CONTROLLER", at);
    }
  }

  void become(String status, Instant at) {
    JobTimes was = now().times();
    boolean runs = status.equals("RUNNING");
    boolean recovers = runs && now().statusText().equals("RECOVERING");
    boolean begins = status.equals("STARTING") || runs;
    boolean ends = ManagedJobStatus.parse(status).isTerminal();
    JobTimes times =
        new JobTimes(
            was.submittedAt() == null && begins ? at : was.submittedAt(),
            was.startAt() == null && runs ? at : was.startAt(),
            was.endAt() == null && ends && was.submittedAt() != null ? at : was.endAt(),
            (was.lastRecoveredAt() == null && runs) || recovers ? at : was.lastRecoveredAt());
    history.put(
        at,
        row(
            status,
            now().recoveryCount() + (recovers ? 1 : 0),
            times,
            ends ? "because of " + status : null));
  }

  private JobRecord row(String status, int recoveries, JobTimes times, @Nullable String why) {
    return new JobRecord(
        id,
        0,
        name,
        name,
        ManagedJobStatus.parse(status),
        status,
        "ALIVE",
        recoveries,
        times,
        why,
        metadata,
        new JobPlacement(
            null,
            "1x[spot](gpus=L4:1, g2-standard-8)",
            "GCP",
            "region-" + recoveries,
            null,
            Map.of()),
        "default",
        "wrinklefree");
  }
}
