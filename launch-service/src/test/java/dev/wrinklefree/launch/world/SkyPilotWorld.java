package dev.wrinklefree.launch.world;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.util.List;

/** What a test sees of SkyPilot: the truth of its queue, and the way to it. */
public final class SkyPilotWorld implements AutoCloseable {

  private final FlakyGateway gateway;
  private final SkyPilotClient client;

  SkyPilotWorld(SkyPilotServer server, FlakyGateway gateway) {
    this.gateway = gateway;
    this.client =
        new SkyPilotClient(
            SkyPilotSettings.of(server.endpoint(), new UserIdentity("tester", "tester")));
  }

  /** The way to it, which can fail. */
  public FlakyGateway gateway() {
    return gateway;
  }

  /** The jobs of a run, by SkyPilot's own word. */
  public List<JobRecord> jobs(RunId runId) {
    return client.queue(QueueQuery.ofName(runId.value())).named(runId.value());
  }

  /** Launches a job past the gateway and the service, as a request that was under way does. */
  public long launch(RunId runId, String taskYaml) {
    return client.awaitLaunch(client.submitLaunch(taskYaml, runId.value())).jobId().orElseThrow();
  }

  @Override
  public void close() {
    client.close();
  }
}
