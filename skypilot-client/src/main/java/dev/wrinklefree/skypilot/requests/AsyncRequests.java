package dev.wrinklefree.skypilot.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.JsonSlice;
import dev.wrinklefree.skypilot.http.Reply;
import dev.wrinklefree.skypilot.http.ReplyClassifier;
import dev.wrinklefree.skypilot.http.TransportFailure;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits requests and waits for their results. Thread-safe. */
public final class AsyncRequests {
  /** On a submit's 200 it names the request; on every other response it is unrelated. */
  private static final String ID_HEADER = "X-Skypilot-Request-ID";

  private static final Logger LOGGER = LoggerFactory.getLogger(AsyncRequests.class);

  private final HttpTransport transport;
  private final SkyPilotSettings settings;
  private final BaseBody bodies;

  /** Requests over one transport. */
  public AsyncRequests(HttpTransport transport, SkyPilotSettings settings, BaseBody bodies) {
    this.transport = transport;
    this.settings = settings;
    this.bodies = bodies;
  }

  /** The id in the headers of a 200 to a submit. */
  public static Optional<RequestId> requestId(HttpHeaders headers) {
    return headers.firstValue(ID_HEADER).filter(RequestId::isValid).map(RequestId::new);
  }

  /** Submits and waits for the result. */
  public JsonNode call(String path, ObjectNode body, Repeatability repeatability) {
    return await(submit(path, body, repeatability), repeatability);
  }

  /**
   * The same, with the result as it came: unread, as the text of a JSON document or from some
   * servers as the document itself. {@link #decoded} reads both.
   *
   * @param expected the result that is likely, if any is; where it is that, it costs little
   */
  public JsonSlice callForSlice(
      String path, ObjectNode body, Repeatability repeatability, @Nullable JsonSlice expected) {
    return awaitSlice(submit(path, body, repeatability), repeatability, expected);
  }

  /** What a result says. */
  public static JsonNode decoded(JsonSlice result, Repeatability repeatability) {
    return RequestPayload.decoded(result, repeatability);
  }

  /** Asks a path that is read with GET, and waits for the result. */
  public JsonNode get(String path) {
    return await(
        submitted(
            path,
            () -> transport.get(path, settings.timeouts().submit()),
            Repeatability.REPEATABLE),
        Repeatability.REPEATABLE);
  }

  /** Submits; the server works on it whether or not anybody waits. */
  public RequestId submit(String path, ObjectNode body, Repeatability repeatability) {
    return submitted(
        path, () -> transport.post(path, body, settings.timeouts().submit()), repeatability);
  }

  @FunctionalInterface
  private interface Exchange {
    Reply run() throws TransportFailure;
  }

  private RequestId submitted(String path, Exchange exchange, Repeatability repeatability) {
    Reply reply;
    try {
      reply = exchange.run();
    } catch (TransportFailure e) {
      throw switch (e.stage()) {
        case NOT_SENT, CLOSED -> new Retryable(path + " was not sent: " + e.reason(), e);
        case TIMED_OUT, BROKEN, INTERRUPTED ->
            repeatability.lost("no answer to " + path + ": " + e.reason(), e);
      };
    }
    if (!reply.ok()) {
      throw ReplyClassifier.failure(reply, repeatability);
    }
    return requestId(reply.headers())
        .orElseThrow(() -> ReplyClassifier.failure(reply, repeatability));
  }

  /**
   * Waits for the result of a submitted request, across lost connections, until the deadline; then
   * asks the server to cancel it. An interrupted wait leaves the request alone.
   */
  public JsonNode await(RequestId id, Repeatability repeatability) {
    return decoded(awaitSlice(id, repeatability, null), repeatability);
  }

  private JsonSlice awaitSlice(
      RequestId id, Repeatability repeatability, @Nullable JsonSlice expected) {
    Deadline deadline = Deadline.in(settings.timeouts().deadline());
    ResultPoll poll = new ResultPoll(transport, id, repeatability, settings.backoff(), expected);
    try {
      while (!deadline.passed()) {
        Optional<JsonSlice> result = poll.once(deadline.limit(settings.timeouts().poll()));
        if (result.isPresent()) {
          return result.get();
        }
        transport.pause(deadline.limit(poll.pause()));
      }
    } catch (TransportFailure e) {
      throw repeatability.lost("waiting for request " + id + " ended: " + e.reason(), e);
    }
    throw expired(id, repeatability);
  }

  /** Asks the server to cancel a request and waits until it has. */
  public void cancel(RequestId id) {
    await(submitCancel(id), Repeatability.REPEATABLE);
  }

  private SkyPilotException expired(RequestId id, Repeatability repeatability) {
    SkyPilotException failure =
        repeatability.lost(
            "request " + id + " had no result within " + settings.timeouts().deadline(), null);
    try {
      submitCancel(id);
    } catch (SkyPilotException e) {
      LOGGER.atWarn().addKeyValue("requestId", id).log("Expired request could not be cancelled");
      failure.addSuppressed(e);
    }
    return failure;
  }

  private RequestId submitCancel(RequestId id) {
    ObjectNode body = bodies.create();
    body.putArray("request_ids").add(id.value());
    return submit("/api/cancel", body, Repeatability.REPEATABLE);
  }
}
