package dev.wrinklefree.sandbox.wandb;

import dev.wrinklefree.sandbox.http.LoopbackHttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

/**
 * A stand-in for Weights &amp; Biases, to which its official SDK can be pointed with {@code
 * WANDB_BASE_URL}.
 *
 * <p>It has: one account and its key; projects that come into being with their first run; runs with
 * labels, configuration, summary, history and system metrics; resuming; requests to stop; listing
 * with filters in MongoDB's style, order and pages; the file stream with its heartbeat, and runs
 * that crash when nothing is heard of them for too long and come back when something is; the part
 * of introspection by which the SDK learns what a server can do.
 *
 * <p>It has not: files of runs (they are accepted and dropped), artifacts, sweeps, reports, teams,
 * automations. A query for those is answered with GraphQL's error of an unknown field. All is kept
 * in memory.
 */
public final class WandbServer implements Closeable {

  private final LoopbackHttpServer http;
  private final WandbSettings settings;
  private final Faults queryFaults;
  private final Faults streamFaults;

  private WandbServer(
      LoopbackHttpServer http, WandbSettings settings, Faults queryFaults, Faults streamFaults) {
    this.http = http;
    this.settings = settings;
    this.queryFaults = queryFaults;
    this.streamFaults = streamFaults;
  }

  /**
   * Starts a server for the sandbox's account on the system's clock.
   *
   * @param port the TCP port on the loopback address, or 0 for any free one
   * @throws java.net.BindException if the port is taken
   */
  public static WandbServer start(int port) throws IOException {
    return start(WandbSettings.at(port), InstantSource.system());
  }

  /** The same with other settings, and a clock that gives times and decides about silence. */
  public static WandbServer start(WandbSettings settings, InstantSource clock) throws IOException {
    Faults queryFaults = new Faults();
    Faults streamFaults = new Faults();
    WandbApi api = new WandbApi(settings, new RunTable(clock), queryFaults, streamFaults);
    LoopbackHttpServer http = LoopbackHttpServer.start(settings.port(), api);
    return new WandbServer(http, settings, queryFaults, streamFaults);
  }

  /** What a client takes as {@code WANDB_BASE_URL}, without a trailing slash. */
  public URI endpoint() {
    return http.address();
  }

  /** What a client takes as {@code WANDB_API_KEY}. */
  public String apiKey() {
    return settings.apiKey();
  }

  /** The account's name, which is the entity of projects whose caller names none. */
  public String entity() {
    return settings.entity();
  }

  /**
   * Disturbs the next GraphQL requests; several faults follow each other as they were asked for.
   */
  public void disturbQueries(int requests, WandbFault fault) {
    queryFaults.add(requests, fault);
  }

  /** Disturbs the next requests of file streams, of whichever run. */
  public void disturbStreams(int requests, WandbFault fault) {
    streamFaults.add(requests, fault);
  }

  /** Takes back all faults that did not happen yet. */
  public void calm() {
    queryFaults.clear();
    streamFaults.clear();
  }

  /** How many GraphQL requests came, those that met a fault included. */
  public int queries() {
    return queryFaults.requests();
  }

  @Override
  public void close() {
    http.close();
  }
}
