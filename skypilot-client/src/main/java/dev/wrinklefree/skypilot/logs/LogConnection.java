package dev.wrinklefree.skypilot.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.OpenReply;
import dev.wrinklefree.skypilot.http.ReplyClassifier;
import dev.wrinklefree.skypilot.http.TransportFailure;
import dev.wrinklefree.skypilot.requests.AsyncRequests;
import dev.wrinklefree.skypilot.requests.BaseBody;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One opened response of {@code /jobs/logs}.
 *
 * @param requestId the request that the server answers with it; null if the server does not say
 * @param chunks the response's body as it arrives
 */
record LogConnection(@Nullable RequestId requestId, ChunkQueue chunks) {

  static LogConnection open(
      HttpTransport transport, BaseBody bodies, LogQuery query, Duration timeout) {
    OpenReply reply;
    try {
      reply = transport.open("/jobs/logs", body(bodies, query), timeout);
    } catch (TransportFailure e) {
      throw new Retryable("the log of job " + query.jobId() + " did not open: " + e.reason(), e);
    }
    return switch (reply) {
      case OpenReply.Streaming streaming -> {
        ChunkQueue chunks = new ChunkQueue();
        streaming.body().subscribe(chunks);
        yield new LogConnection(AsyncRequests.requestId(streaming.headers()).orElse(null), chunks);
      }
      case OpenReply.Refused refused ->
          throw ReplyClassifier.failure(refused.reply(), Repeatability.REPEATABLE);
    };
  }

  private static ObjectNode body(BaseBody bodies, LogQuery query) {
    ObjectNode body = bodies.create();
    return body.put("job_id", query.jobId())
        .put("follow", query.follow())
        .put("controller", false)
        .put("refresh", false)
        .put("tail", query.tail());
  }
}
