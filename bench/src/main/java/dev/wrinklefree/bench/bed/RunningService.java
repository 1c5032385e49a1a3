package dev.wrinklefree.bench.bed;

import dev.wrinklefree.sandbox.platform.ServiceProcess;
import java.net.URI;
import java.time.Duration;

/** A service that runs as it is shipped, in a process of its own. */
public final class RunningService implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

  private final ServiceProcess process;
  private final URI rest;
  private final URI management;
  private final Duration readyAfter;

  RunningService(ServiceProcess process, URI rest, URI management, Duration readyAfter) {
    this.process = process;
    this.rest = rest;
    this.management = management;
    this.readyAfter = readyAfter;
  }

  /** Root of its REST interface. */
  public URI rest() {
    return rest;
  }

  /** Root of its health and metrics. */
  public URI management() {
    return management;
  }

  /** From its start until it said that it is ready. */
  public Duration readyAfter() {
    return readyAfter;
  }

  /** Its process, for CPU time and memory. */
  public ProcessUsage usage() {
    return new ProcessUsage(process.processId());
  }

  /** Stops it as an orchestrator does, and kills it when it does not end. */
  @Override
  public void close() throws InterruptedException {
    process.requestStop();
    process.awaitStop(System.nanoTime() + STOP_LIMIT.toNanos());
  }
}
