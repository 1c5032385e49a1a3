package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wrinklefree.sandbox.skypilot.HttpAnswer.LogSource;
import dev.wrinklefree.sandbox.skypilot.job.JobLog;
import dev.wrinklefree.sandbox.skypilot.job.JobStatus;
import dev.wrinklefree.sandbox.skypilot.job.JobTable;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Streams a job's log with SkyPilot's control lines. The exit code of the stream becomes the value
 * of its request.
 */
final class LogStream {

  static final int SUCCEEDED = 0;

  /** Of a controller's log where there is no such job. */
  static final int NO_CONTROLLER = 1;

  static final int FAILED = 100;
  static final int NOT_FINISHED = 101;
  static final int NOT_FOUND = 102;
  static final int CANCELLED = 103;

  private final JobTable jobs;
  private final RequestTable requests;
  private final Duration heartbeat;

  LogStream(JobTable jobs, RequestTable requests, Duration heartbeat) {
    this.jobs = jobs;
    this.requests = requests;
    this.heartbeat = heartbeat;
  }

  /** Writes the stream to its end, or until the reader goes away or the request is cancelled. */
  void write(HttpAnswer.Stream stream, OutputStream out) throws InterruptedException {
    ApiRequest request = stream.request();
    try {
      int exitCode =
          switch (stream.source()) {
            case LogSource.Sentence sentence -> {
              send(out, sentence.text() + "\n");
              yield sentence.exitCode();
            }
            case LogSource.OfJob job -> follow(job, request, out);
          };
      requests.succeed(request, JsonNodeFactory.instance.numberNode(exitCode));
    } catch (IOException e) {
      // The reader closed the connection, which cancels the request.
      requests.cancel(request);
    }
  }

  private int follow(LogSource.OfJob source, ApiRequest request, OutputStream out)
      throws IOException, InterruptedException {
    JobLog log = source.log();
    request.onEnd(log::wake);
    control(out, "rich_init", "Checking managed job status...");
    control(out, "rich_start", "");
    long position = source.tail() > 0 ? log.tailPosition(source.tail()) : 0;
    boolean spinning = true;
    while (request.outcome().isEmpty()) {
      byte[] bytes = log.read(position);
      if (bytes.length > 0) {
        if (spinning) {
          control(out, "rich_stop", "");
          spinning = false;
        }
        out.write(bytes);
        out.flush();
        position += bytes.length;
      } else if (log.exhausted(position) || !source.follow()) {
        break;
      } else if (!log.await(position, heartbeat, () -> request.outcome().isPresent())) {
        control(out, "heartbeat", "");
      }
    }
    if (request.outcome().isPresent()) {
      // Interrupted by the server: the reader is told to come again.
      control(out, "retry", "");
      return NOT_FINISHED;
    }
    JobStatus status = jobs.find(source.jobId()).map(ManagedJob::status).orElseThrow();
    if (status.terminal() && source.follow()) {
      send(
          out,
          "✓ Managed job finished: %d (status: %s).\n".formatted(source.jobId(), status.name()));
    }
    control(out, "rich_exit", "");
    return source.controller() ? SUCCEEDED : exitCode(status);
  }

  private static int exitCode(JobStatus status) {
    return switch (status) {
      case SUCCEEDED -> SUCCEEDED;
      case CANCELLED -> CANCELLED;
      case FAILED, FAILED_SETUP, FAILED_PRECHECKS, FAILED_NO_RESOURCE, FAILED_CONTROLLER -> FAILED;
      case PENDING, SUBMITTED, STARTING, RUNNING, WINDING_DOWN, RECOVERING, CANCELLING ->
          NOT_FINISHED;
    };
  }

  private static void control(OutputStream out, String tag, String text) throws IOException {
    String payload =
        JsonNodeFactory.instance.textNode("<%s>%s</%s>".formatted(tag, text, tag)).toString();
    send(out, "<sky-payload>" + payload + "</sky-payload>\n");
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
