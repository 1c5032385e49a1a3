package dev.wrinklefree.launch.connection;

import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.util.List;

/**
 * What the service does with SkyPilot. All methods block, and fail with a {@link SkyPilotException}
 * of one of its three kinds.
 */
public interface SkyPilot {

  /** Sends a launch request; only this has an unknown outcome when its answer is lost. */
  RequestId submitLaunch(String taskYaml, String jobName);

  /** Waits until a launch request has ended. */
  LaunchedJob awaitLaunch(RequestId id);

  /** Our launch requests of that job name which have not ended, newest first. */
  List<LaunchRequest> launchesUnderWay(String jobName);

  /** The same with those that have ended, as far as SkyPilot remembers. */
  List<LaunchRequest> launchesKnown(String jobName);

  /** Reads jobs. */
  QueuePage queue(QueueQuery query);

  /** Asks to cancel jobs by id; the answer says nothing about what came of it. */
  void cancelJobs(List<Long> jobIds);
}
