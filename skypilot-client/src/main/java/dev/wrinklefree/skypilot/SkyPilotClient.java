package dev.wrinklefree.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.catalog.Catalog;
import dev.wrinklefree.skypilot.catalog.CatalogMessages;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.failure.Refusal.NotUnderstood;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.JsonSlice;
import dev.wrinklefree.skypilot.http.ServerVersion;
import dev.wrinklefree.skypilot.jobs.KnownPages;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueueMessages;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.logs.LogGate;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import dev.wrinklefree.skypilot.requests.AsyncRequests;
import dev.wrinklefree.skypilot.requests.BaseBody;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.LaunchRequestList;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A client of one SkyPilot API server. All calls block, and fail with a {@link SkyPilotException}
 * of one of its three kinds. Thread-safe; make one and share it.
 */
public final class SkyPilotClient implements AutoCloseable {
  private final SkyPilotSettings settings;
  private final HttpTransport transport;
  private final BaseBody bodies;
  private final AsyncRequests requests;
  private final LaunchRequestList launchRequests;
  private final KnownPages pages = new KnownPages();

  /** Makes the client; nothing is sent before the first call. */
  public SkyPilotClient(SkyPilotSettings settings) {
    this.settings = settings;
    this.transport = new HttpTransport(settings);
    this.bodies = new BaseBody(settings.user());
    this.requests = new AsyncRequests(transport, settings, bodies);
    this.launchRequests = new LaunchRequestList(transport, settings.timeouts().submit());
  }

  /**
   * Asks whether a SkyPilot server that we can talk to answers: 2.5 s at most, three tries.
   *
   * @throws SkyPilotException permanent if it needs authentication, is too old or is something else
   */
  public ServerHealth health() {
    return new HealthProbe(transport).check();
  }

  /**
   * The clouds that the server may launch in, by their lower-case names, as its last {@code sky
   * check} found. Not allowed to a viewer.
   */
  public List<String> enabledClouds() {
    if (!(requests.get("/enabled_clouds") instanceof ArrayNode clouds)) {
      throw new Permanent(new NotUnderstood("a list of clouds of unknown shape"));
    }
    List<String> names = new ArrayList<>();
    clouds.forEach(cloud -> names.add(cloud.asText()));
    return List.copyOf(names);
  }

  /** What the server's last answer said it is; it changes when the server is upgraded under us. */
  public Optional<ServerVersion> serverVersion() {
    return transport.serverVersion();
  }

  /**
   * Submits a managed job and returns at once. Store the id before {@link #awaitLaunch}: it leads
   * back to the launch after a crash. There is no idempotency key, so after an unknown outcome look
   * for the request in {@link #launchesUnderWay} and then for the job in the {@link #queue}, in
   * this order, before submitting again.
   *
   * @param taskYaml the task, whose {@code name} is {@code jobName}: the server takes the name from
   *     the YAML only
   */
  public RequestId submitLaunch(String taskYaml, String jobName) {
    ObjectNode body = bodies.create().put("task", taskYaml).put("name", jobName);
    return requests.submit("/jobs/launch", body, Repeatability.ONCE);
  }

  /**
   * Waits until a submitted launch has become a job. Past the deadline the request is cancelled,
   * which does not surely undo it: the outcome is unknown then. An interrupted wait leaves the
   * request alone, and can be taken up again with the same id.
   */
  public LaunchedJob awaitLaunch(RequestId id) {
    return LaunchedJob.read(requests.await(id, Repeatability.ONCE));
  }

  /**
   * Our launch requests of that job name which wait or are being worked on, newest first. Any
   * failure means "not known". None does not mean that none was sent: it may have ended, be on its
   * way to the server, or be forgotten by a server that was restarted.
   */
  public List<LaunchRequest> launchesUnderWay(String jobName) {
    return launchRequests.named(jobName, false);
  }

  /**
   * The same with those that have ended, as far as the server keeps them (24 h by default). The
   * server sends all its requests for this: ask rarely.
   */
  public List<LaunchRequest> launchesKnown(String jobName) {
    return launchRequests.named(jobName, true);
  }

  /**
   * Reads managed jobs. Any failure means "not known", never "no jobs": a stopped controller, too,
   * answers with an error.
   */
  public QueuePage queue(QueueQuery query) {
    ObjectNode body = bodies.create();
    QueueMessages.write(query, body);
    JsonSlice result =
        requests.callForSlice(
            "/jobs/queue/v2", body, Repeatability.REPEATABLE, pages.lastAnswer(query).orElse(null));
    return pages
        .read(query, result, slice -> AsyncRequests.decoded(slice, Repeatability.REPEATABLE))
        .orElseThrow(() -> new Permanent(new NotUnderstood("a queue of unknown shape")));
  }

  /**
   * Reads what machines with one of these accelerators cost, in every region that the server's
   * catalogue knows. A viewer may not ask for it.
   */
  public Catalog accelerators(Collection<String> names) {
    ObjectNode body = bodies.create();
    CatalogMessages.write(names, body);
    JsonNode result = requests.call("/list_accelerators", body, Repeatability.REPEATABLE);
    return CatalogMessages.read(result)
        .orElseThrow(() -> new Permanent(new NotUnderstood("a catalogue of unknown shape")));
  }

  /**
   * Asks to cancel jobs by id and waits until the server has noted it. The server answers the same
   * for jobs that have ended, are unknown or belong to another workspace: watch the queue to see
   * them end. May be repeated without harm.
   */
  public void cancelJobs(List<Long> jobIds) {
    if (jobIds.isEmpty()) {
      throw new IllegalArgumentException("no job ids");
    }
    ObjectNode body = bodies.create();
    jobIds.forEach(body.putArray("job_ids")::add);
    requests.call("/jobs/cancel", body, Repeatability.REPEATABLE);
  }

  /** Cancels a submitted request. A launch that is already a job stays one. */
  public void cancelRequest(RequestId id) {
    requests.cancel(id);
  }

  /** Opens a job's log. Close the stream when done; it closes the connection. */
  public LogStream streamLogs(LogQuery query) {
    return streamLogs(query, LogGate.OPEN);
  }

  /**
   * The same where the log may be opened, and opened again, only while the gate lets it.
   *
   * @throws RuntimeException what the gate throws
   */
  public LogStream streamLogs(LogQuery query, LogGate gate) {
    return new LogStream(transport, requests, bodies, settings, query, gate);
  }

  /** Breaks off all calls under way, which fail, and releases the connections. */
  @Override
  public void close() {
    transport.close();
  }
}
