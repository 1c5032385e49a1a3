package dev.wrinklefree.skypilot.requests;

import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.JsonSlice;
import dev.wrinklefree.skypilot.http.Reply;
import dev.wrinklefree.skypilot.http.ReplyClassifier;
import dev.wrinklefree.skypilot.http.TransportFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One waiter's long-polls for one request's result. Used by one thread. */
final class ResultPoll {
  private final HttpTransport transport;
  private final RequestId id;
  private final Repeatability repeatability;
  private final Backoff backoff;
  private final @Nullable JsonSlice expected;

  /** Connections lost in a row: endless, since polling again is safe; only the pause grows. */
  private int lostConnections;

  /**
   * Server errors in a row: bounded, since some servers answer 503 to an interrupted id for ever.
   */
  private int serverErrors;

  /**
   * @param expected the result that is likely, if any is
   */
  ResultPoll(
      HttpTransport transport,
      RequestId id,
      Repeatability repeatability,
      Backoff backoff,
      @Nullable JsonSlice expected) {
    this.transport = transport;
    this.expected = expected;
    this.id = id;
    this.repeatability = repeatability;
    this.backoff = backoff;
  }

  /** Polls once: the result, or nothing if it should be asked again after {@link #pause}. */
  Optional<JsonSlice> once(Duration timeout) throws TransportFailure {
    Reply reply;
    try {
      reply = transport.get("/api/get?request_id=" + id, timeout);
    } catch (TransportFailure e) {
      switch (e.stage()) {
        case TIMED_OUT -> lostConnections = 0;
        case NOT_SENT, BROKEN -> lostConnections++;
        case INTERRUPTED, CLOSED -> throw e;
      }
      return Optional.empty();
    }
    lostConnections = 0;
    return read(reply);
  }

  Duration pause() {
    int failures = Math.max(lostConnections, serverErrors);
    return failures == 0 ? Duration.ZERO : backoff.pause(failures);
  }

  private Optional<JsonSlice> read(Reply reply) {
    Optional<RequestPayload> payload = payload(reply);
    if (payload.isPresent() && payload.get().ended()) {
      return Optional.of(payload.get().result(repeatability));
    }
    if (reply.status() == 404) {
      throw repeatability.lost("the server no longer knows request " + id, null);
    }
    if (payload.isPresent() || reply.status() >= 500 || reply.status() == 429) {
      serverErrors++;
      if (backoff.exhausted(serverErrors)) {
        throw repeatability.lost(
            "the server kept answering HTTP " + reply.status() + " for request " + id, null);
      }
      return Optional.empty();
    }
    throw refused(ReplyClassifier.failure(reply, repeatability));
  }

  /** A refused poll says nothing about the request itself: a launch may well have happened. */
  private SkyPilotException refused(SkyPilotException failure) {
    return switch (repeatability) {
      case REPEATABLE -> failure;
      case ONCE ->
          repeatability.lost("the result of request " + id + " was refused to us", failure);
    };
  }

  private Optional<RequestPayload> payload(Reply reply) {
    return switch (reply.status()) {
      case 200 -> reply.members(expected).flatMap(RequestPayload::parse);
      case 500 ->
          reply
              .members()
              .map(members -> members.get("detail"))
              .flatMap(JsonSlice::members)
              .flatMap(RequestPayload::parse);
      default -> Optional.empty();
    };
  }
}
