package dev.wrinklefree.sandbox.skypilot.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.Description;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of this server's lifetime: a server that starts again knows none of them. Of the
 * finished ones only the newest are kept. Thread-safe.
 */
public final class RequestTable implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RequestTable.class);

  /** A real server keeps them for a day; a watcher that polls makes thousands. */
  private static final int KEPT = 1_000;

  private final InstantSource clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ApiRequest> requests = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param clock tells the time of creation and end
   */
  public RequestTable(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes a request whose work the caller does, such as a log stream. */
  public ApiRequest open(Description description) {
    ApiRequest request = new ApiRequest(UUID.randomUUID().toString(), description, clock.instant());
    synchronized (requests) {
      requests.put(request.id(), request);
      int surplus = requests.size() - KEPT;
      if (surplus > 0) {
        requests.values().stream()
            .filter(kept -> kept.outcome().isPresent())
            .limit(surplus)
            .map(ApiRequest::id)
            .toList()
            .forEach(requests::remove);
      }
    }
    return request;
  }

  /** Takes a request and does its work on another thread. */
  public ApiRequest submit(Description description, Supplier<JsonNode> work) {
    ApiRequest request = open(description);
    workers.execute(() -> run(request, work));
    return request;
  }

  private void run(ApiRequest request, Supplier<JsonNode> work) {
    try {
      succeed(request, work.get());
    } catch (RequestFailedException e) {
      fail(request, e);
    } catch (RuntimeException e) {
      LOGGER.error("A request died of a bug", e);
      fail(request, new RequestFailedException("RuntimeError", String.valueOf(e)));
    }
  }

  /**
   * Lets the work of a request take time.
   *
   * @throws RequestFailedException if the server ends meanwhile: its workers end with it
   */
  public void work(Duration time) {
    try {
      if (!time.isPositive() || !closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RequestFailedException("RequestInterruptedError", "The server is shutting down");
  }

  /** Ends a request with a value. */
  public void succeed(ApiRequest request, JsonNode value) {
    request.end(new Outcome.Succeeded(value, clock.instant()));
  }

  /** Ends a request with an error. */
  public void fail(ApiRequest request, RequestFailedException error) {
    request.end(new Outcome.Failed(error, clock.instant()));
  }

  /**
   * Cancels a request.
   *
   * @return whether it had not ended yet
   */
  public boolean cancel(ApiRequest request) {
    return request.end(new Outcome.Cancelled(clock.instant()));
  }

  /** The request with that id, or all whose ids begin with it. */
  public List<ApiRequest> find(String idOrPrefix) {
    synchronized (requests) {
      return Optional.ofNullable(requests.get(idOrPrefix))
          .map(List::of)
          .orElseGet(
              () ->
                  requests.values().stream()
                      .filter(request -> request.id().startsWith(idOrPrefix))
                      .toList());
    }
  }

  /** All requests, newest first. */
  public List<ApiRequest> newestFirst() {
    synchronized (requests) {
      return new ArrayList<>(requests.values()).reversed();
    }
  }

  /** Cancels what has not ended, so that nobody waits for it any more. */
  @Override
  public void close() {
    closed.countDown();
    newestFirst().forEach(this::cancel);
    workers.close();
  }
}
