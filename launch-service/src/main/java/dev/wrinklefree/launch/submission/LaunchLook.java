package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.RunJobs;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what became of a launch request whose answer was lost: first among SkyPilot's requests,
 * then in its queue, so that a request which becomes a job in between is seen in one of them.
 */
final class LaunchLook {

  private static final Logger LOGGER = LoggerFactory.getLogger(LaunchLook.class);

  private final SkyPilot skyPilot;

  /** What a look found. */
  sealed interface Finding {}

  /** A request waits or is being worked on: a job may come of it. */
  record UnderWay(RequestId id) implements Finding {}

  /** The queue has the job. */
  record InQueue(long jobId) implements Finding {}

  /** A request ended well and named the job, which the queue does not show. */
  record Launched(long jobId) implements Finding {}

  /** There is no trace of it. */
  record Nowhere() implements Finding {}

  LaunchLook(SkyPilot skyPilot) {
    this.skyPilot = skyPilot;
  }

  /**
   * Looks. Any failure to read is thrown: it means that nothing is known.
   *
   * @param last whether the request will be sent again if there is no trace; then SkyPilot is also
   *     asked for the requests that have ended, which is much to read
   */
  Finding at(RunId runId, boolean last) {
    List<LaunchRequest> underWay = skyPilot.launchesUnderWay(runId.value());
    if (!underWay.isEmpty()) {
      return new UnderWay(underWay.getLast().id());
    }
    List<Long> jobIds =
        RunJobs.named(runId, skyPilot.queue(QueueQuery.ofName(runId.value())).jobs());
    if (!jobIds.isEmpty()) {
      if (jobIds.size() > 1) {
        LOGGER.error("Several jobs bear the run's name, the oldest is adopted: {}", jobIds);
      }
      return new InQueue(jobIds.getFirst());
    }
    return last ? ended(skyPilot.launchesKnown(runId.value())) : new Nowhere();
  }

  private Finding ended(List<LaunchRequest> known) {
    for (LaunchRequest request : known.reversed()) {
      switch (request.state()) {
        case UNDER_WAY -> {
          return new UnderWay(request.id());
        }
        case SUCCEEDED -> {
          OptionalLong jobId = skyPilot.awaitLaunch(request.id()).jobId();
          if (jobId.isPresent()) {
            return new Launched(jobId.getAsLong());
          }
        }
        case FAILED, CANCELLED -> {}
      }
    }
    return new Nowhere();
  }
}
