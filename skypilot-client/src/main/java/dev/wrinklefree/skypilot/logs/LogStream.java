package dev.wrinklefree.skypilot.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.requests.AsyncRequests;
import dev.wrinklefree.skypilot.requests.BaseBody;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open log. One thread reads; any thread may close, which wakes the reader and closes the
 * connection (the server then ends its side of the work). A broken or interrupted stream is opened
 * again and continues where the reader was.
 */
public final class LogStream implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogStream.class);

  private final HttpTransport transport;
  private final AsyncRequests requests;
  private final BaseBody bodies;
  private final SkyPilotSettings settings;
  private final LogQuery query;
  private final LogGate gate;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<LogItem> ready = new ArrayDeque<>();
  private final DeliveredLines delivered = new DeliveredLines();
  private LogLineCleaner cleaner = new LogLineCleaner();
  private volatile LogConnection connection;
  private boolean ended;
  private int failures;

  /**
   * Opens the log; fails as any call does if the server refuses it.
   *
   * @param gate asked before the log is opened, and before it is opened again
   */
  public LogStream(
      HttpTransport transport,
      AsyncRequests requests,
      BaseBody bodies,
      SkyPilotSettings settings,
      LogQuery query,
      LogGate gate) {
    this.transport = transport;
    this.requests = requests;
    this.bodies = bodies;
    this.settings = settings;
    this.query = query;
    this.gate = gate;
    this.connection = open();
  }

  /**
   * Waits for the next line. Empty at the end of the log and after {@link #close}.
   *
   * @throws SkyPilotException if the connection was lost and could not be opened again
   */
  public Optional<String> nextLine() {
    while (!isClosed()) {
      LogItem item = ready.poll();
      if (item instanceof LogItem.Line line && delivered.isNew(line.text())) {
        failures = 0;
        return Optional.of(line.text());
      }
      if (item instanceof LogItem.Retry) {
        reopen("the server was interrupted");
      } else if (item == null && ended) {
        return Optional.empty();
      } else if (item == null) {
        receive();
      }
    }
    return Optional.empty();
  }

  /** Reads to the end, or until closed. */
  public void forEachLine(Consumer<String> consumer) {
    for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
      consumer.accept(line.get());
    }
  }

  /**
   * How the job stood when the log ended: 0 succeeded, 100 failed, 101 not finished, 102 not found,
   * 103 cancelled. Empty before the log's end and where the server does not say.
   *
   * @throws SkyPilotException if it cannot be read
   */
  public OptionalInt exitCode() {
    RequestId requestId = connection.requestId();
    if (!ended || isClosed() || requestId == null) {
      return OptionalInt.empty();
    }
    JsonNode result = requests.await(requestId, Repeatability.REPEATABLE);
    return result.isInt() ? OptionalInt.of(result.intValue()) : OptionalInt.empty();
  }

  /** Closes the connection and ends the reader's wait. */
  @Override
  public void close() {
    closed.countDown();
    connection.chunks().cancel();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void receive() {
    try {
      switch (connection.chunks().take(settings.timeouts().silence())) {
        case Chunk.Bytes bytes -> bytes.buffers().forEach(b -> ready.addAll(cleaner.accept(b)));
        case Chunk.End() -> {
          ready.addAll(cleaner.finish());
          ended = true;
        }
        case Chunk.Lost lost -> reopen(lost.reason());
        case Chunk.Closed() -> {}
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Opens the stream anew, with growing pauses, until it stands or the failures are too many. */
  private void reopen(String reason) {
    connection.chunks().cancel();
    ready.clear();
    cleaner = new LogLineCleaner();
    delivered.restart();
    ended = false;
    LOGGER.atDebug().addKeyValue("jobId", query.jobId()).log("Log stream is opened again");
    Retryable last = new Retryable("log of job " + query.jobId() + " was lost: " + reason, null);
    while (!isClosed()) {
      failures++;
      if (settings.backoff().exhausted(failures) || transport.isClosed()) {
        throw last;
      }
      pause(settings.backoff().pause(failures));
      try {
        connection = open();
        if (isClosed()) {
          connection.chunks().cancel();
        }
        return;
      } catch (Retryable e) {
        last = e;
      }
    }
  }

  private LogConnection open() {
    gate.check();
    return LogConnection.open(transport, bodies, query, settings.timeouts().silence());
  }

  private void pause(Duration pause) {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Retryable interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Retryable("reading the log of job " + query.jobId() + " was interrupted", cause);
  }
}
