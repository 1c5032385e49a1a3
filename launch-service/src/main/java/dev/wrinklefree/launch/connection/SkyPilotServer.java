package dev.wrinklefree.launch.connection;

import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.util.List;

/**
 * The SkyPilot API server behind a client.
 *
 * @param client closed by whoever made it
 */
public record SkyPilotServer(SkyPilotClient client) implements SkyPilot {

  @Override
  public RequestId submitLaunch(String taskYaml, String jobName) {
    return client.submitLaunch(taskYaml, jobName);
  }

  @Override
  public LaunchedJob awaitLaunch(RequestId id) {
    return client.awaitLaunch(id);
  }

  @Override
  public List<LaunchRequest> launchesUnderWay(String jobName) {
    return client.launchesUnderWay(jobName);
  }

  @Override
  public List<LaunchRequest> launchesKnown(String jobName) {
    return client.launchesKnown(jobName);
  }

  @Override
  public QueuePage queue(QueueQuery query) {
    return client.queue(query);
  }

  @Override
  public void cancelJobs(List<Long> jobIds) {
    client.cancelJobs(jobIds);
  }
}
