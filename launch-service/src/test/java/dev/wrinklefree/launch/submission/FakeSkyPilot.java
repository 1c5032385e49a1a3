package dev.wrinklefree.launch.submission;

import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.template.TaskRenderer;
import dev.wrinklefree.launch.world.JobRecords;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A SkyPilot in memory that behaves as badly as the real one may: it loses requests on their way
 * and answers on their way back, delivers requests late, works on them for long, forgets them when
 * it is restarted, loses cancels, refuses, and cannot be read. Time is the test's.
 */
final class FakeSkyPilot implements SkyPilot {

  /** The longest that the model's network holds a request back. */
  static final Duration LATEST_ARRIVAL = Duration.ofMinutes(20);

  private static final class Job {
    final long id;
    final String name;
    ManagedJobStatus status = ManagedJobStatus.RUNNING;

    Job(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private static final class Request {
    final String name;
    LaunchRequest.State state = LaunchRequest.State.UNDER_WAY;
    Instant workedOff;
    @Nullable Job job;

    Request(String name, Instant workedOff) {
      this.name = name;
      this.workedOff = workedOff;
    }
  }

  private record OnItsWay(String name, Instant arrival) {}

  private final TestTime time;
  private final Random chance;
  private final List<Job> jobs = new ArrayList<>();
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final List<OnItsWay> onTheirWay = new ArrayList<>();
  private boolean healed;
  private int requestsSent;

  FakeSkyPilot(TestTime time, Random chance) {
    this.time = time;
    this.chance = chance;
  }

  /** From now on nothing new goes wrong; what was held back still arrives. */
  void heal() {
    healed = true;
  }

  /** Forgets all requests; what was being worked on dies, sometimes after its job was made. */
  void restart() {
    catchUp();
    for (Request request : requests.values()) {
      if (request.state == LaunchRequest.State.UNDER_WAY && chance.nextBoolean()) {
        makeJob(request);
      }
    }
    requests.clear();
  }

  /** Ends a job as its user's code does. */
  void endSomeJob() {
    catchUp();
    List<Job> live = jobs.stream().filter(job -> !job.status.isTerminal()).toList();
    if (!live.isEmpty()) {
      live.get(chance.nextInt(live.size())).status = ManagedJobStatus.SUCCEEDED;
    }
  }

  List<Long> live(String name) {
    catchUp();
    return jobs.stream()
        .filter(job -> job.name.equals(name) && !job.status.isTerminal())
        .map(job -> job.id)
        .toList();
  }

  int jobsEver() {
    return jobs.size();
  }

  int requestsSent() {
    return requestsSent;
  }

  @Override
  public RequestId submitLaunch(String taskYaml, String jobName) {
    catchUp();
    requestsSent++;
    switch (fate(14)) {
      case 0 -> throw new Retryable("busy", null);
      case 1 -> throw new Permanent(new Refusal.NeedsAuthentication("expired"));
      case 2 -> throw new UnknownOutcome("the request is lost", null);
      case 3, 4, 5 -> {
        long seconds = chance.nextLong(1, LATEST_ARRIVAL.toSeconds());
        onTheirWay.add(new OnItsWay(jobName, time.instant().plusSeconds(seconds)));
        throw new UnknownOutcome("the connection broke", null);
      }
      case 6, 7 -> {
        arrive(jobName);
        throw new UnknownOutcome("the answer is lost", null);
      }
      case 8 -> throw new Permanent(new Refusal.InvalidRequest(List.of()));
      default -> {
        return new RequestId(arrive(jobName));
      }
    }
  }

  @Override
  public LaunchedJob awaitLaunch(RequestId id) {
    catchUp();
    Request request = requests.get(id.value());
    if (request == null) {
      throw new UnknownOutcome("forgotten", null);
    }
    if (fate(6) == 0) {
      throw new UnknownOutcome("the deadline is over", null);
    }
    if (request.state == LaunchRequest.State.UNDER_WAY) {
      time.advanceTo(request.workedOff);
      catchUp();
    }
    return switch (request.state) {
      case UNDER_WAY -> throw new IllegalStateException("it was worked off");
      case SUCCEEDED -> new LaunchedJob(request.job == null ? List.of() : List.of(request.job.id));
      case FAILED, CANCELLED -> throw new UnknownOutcome("it was interrupted", null);
    };
  }

  @Override
  public List<LaunchRequest> launchesUnderWay(String jobName) {
    return launchesKnown(jobName).stream()
        .filter(request -> request.state() == LaunchRequest.State.UNDER_WAY)
        .toList();
  }

  @Override
  public List<LaunchRequest> launchesKnown(String jobName) {
    catchUp();
    mayBeUnreadable();
    List<LaunchRequest> found = new ArrayList<>();
    requests.forEach(
        (id, request) -> {
          if (request.name.equals(jobName)) {
            found.addFirst(new LaunchRequest(new RequestId(id), request.state));
          }
        });
    return found;
  }

  @Override
  public QueuePage queue(QueueQuery query) {
    catchUp();
    mayBeUnreadable();
    List<JobRecord> rows =
        jobs.stream()
            .filter(job -> query.jobIds().isEmpty() || query.jobIds().contains(job.id))
            .filter(job -> query.nameMatch() == null || job.name.contains(query.nameMatch()))
            .map(
                job ->
                    JobRecords.of(
                        job.id,
                        job.name,
                        job.status,
                        Map.of(TaskRenderer.RUN_ID_METADATA, job.name)))
            .toList();
    return new QueuePage(rows.reversed(), rows.size(), rows.size(), Map.of(), 0);
  }

  @Override
  public void cancelJobs(List<Long> jobIds) {
    catchUp();
    if (fate(4) == 0) {
      throw new Retryable("no answer", null);
    }
    if (fate(4) == 0) {
      return;
    }
    jobs.stream()
        .filter(job -> jobIds.contains(job.id) && !job.status.isTerminal())
        .forEach(job -> job.status = ManagedJobStatus.CANCELLED);
  }

  private String arrive(String jobName) {
    String id = "r-" + (requests.size() + 1) + "-" + chance.nextInt(1_000_000);
    long worked = chance.nextInt(3) == 0 ? chance.nextLong(1, 900) : 1;
    requests.put(id, new Request(jobName, time.instant().plusSeconds(worked)));
    return id;
  }

  /** What should have happened by now happens, in the order of time. */
  private void catchUp() {
    Instant now = time.instant();
    onTheirWay.stream().filter(way -> !way.arrival().isAfter(now)).forEach(w -> arrive(w.name()));
    onTheirWay.removeIf(way -> !way.arrival().isAfter(now));
    requests.values().stream()
        .filter(request -> request.state == LaunchRequest.State.UNDER_WAY)
        .filter(request -> !request.workedOff.isAfter(now))
        .forEach(
            request -> {
              boolean fails = fate(12) == 0;
              if (!fails || chance.nextBoolean()) {
                makeJob(request);
              }
              request.state = fails ? LaunchRequest.State.FAILED : LaunchRequest.State.SUCCEEDED;
            });
  }

  private void makeJob(Request request) {
    Job job = new Job(jobs.size() + 1L, request.name);
    jobs.add(job);
    request.job = job;
  }

  private void mayBeUnreadable() {
    if (fate(5) == 0) {
      throw new Retryable("cannot be read", null);
    }
  }

  /** A number below {@code sides}; the lowest are mishaps, and none happens once healed. */
  private int fate(int sides) {
    return healed ? sides : chance.nextInt(sides);
  }
}
