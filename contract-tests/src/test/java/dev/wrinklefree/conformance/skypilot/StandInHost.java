package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.Authentication.Basic;
import dev.wrinklefree.sandbox.skypilot.Authentication.Bearer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import dev.wrinklefree.skypilot.connection.Authentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sandbox's stand-in, in this process. */
final class StandInHost implements Host {

  private static final Duration STEP = Duration.ofMillis(200);

  private final Path state;
  private final List<SkyPilotServer> others = new ArrayList<>();
  private SkyPilotServer server;
  private @Nullable Guarded guarded;

  StandInHost(Path state) {
    this.state = state;
    this.server = start(settings("open"));
  }

  @Override
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public boolean runsJobs() {
    return true;
  }

  @Override
  public List<String> statuses(long jobId, List<String> watched) {
    return watched;
  }

  @Override
  public Duration glance() {
    return STEP.dividedBy(20);
  }

  @Override
  public void restart() {
    int port = endpoint().getPort();
    server.close();
    server = start(settings("open").withAddress("127.0.0.1", port));
  }

  @Override
  public void fill(ArrayNode rows) {
    ObjectNode body = Server.MAPPER.createObjectNode();
    body.set("jobs", rows);
    JsonNode answer = Server.json(new Server(this).post("/sandbox/jobs", body.toString()).body());
    if (answer.path("adopted").asInt() != rows.size()) {
      throw new AssertionError("the stand-in did not take the jobs up: " + answer);
    }
  }

  @Override
  public Guarded guarded() {
    if (guarded == null) {
      SkyPilotServer basic =
          start(settings("basic").withAuthentication(new Basic("ada", "engine")));
      SkyPilotServer token = start(settings("token").withAuthentication(new Bearer("sky_right")));
      others.add(basic);
      others.add(token);
      guarded =
          new Guarded(
              new Door(basic.endpoint(), new Authentication.Basic("ada", "engine")),
              new Door(token.endpoint(), new Authentication.Bearer("sky_right")));
    }
    return guarded;
  }

  @Override
  public void close() {
    server.close();
    others.forEach(SkyPilotServer::close);
  }

  private SkyPilotSettings settings(String folder) {
    return SkyPilotSettings.in(state.resolve(folder)).withTimings(JobTimings.every(STEP));
  }

  private static SkyPilotServer start(SkyPilotSettings settings) {
    try {
      return new SkyPilotServer(settings).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
