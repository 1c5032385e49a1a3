package dev.wrinklefree.skypilot.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.Refusal.Forbidden;
import dev.wrinklefree.skypilot.failure.Refusal.InvalidRequest;
import dev.wrinklefree.skypilot.failure.Refusal.NeedsAuthentication;
import dev.wrinklefree.skypilot.failure.Refusal.NotUnderstood;
import dev.wrinklefree.skypilot.failure.Refusal.Rejected;
import dev.wrinklefree.skypilot.failure.Refusal.ServerError;
import dev.wrinklefree.skypilot.failure.Refusal.VersionMismatch;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;

/** The one place that decides what a reply other than the hoped-for one means. */
public final class ReplyClassifier {

  private ReplyClassifier() {}

  /** The failure that a reply to a direct call (not to a poll for a result) stands for. */
  public static SkyPilotException failure(Reply reply, Repeatability repeatability) {
    if (reply.redirect() || (reply.status() < 300 && reply.html())) {
      return new Permanent(new NeedsAuthentication(ErrorText.of(reply)));
    }
    String text = ErrorText.of(reply);
    return switch (reply.status()) {
      case 400 -> new Permanent(badRequest(reply, text));
      case 401 -> new Permanent(new NeedsAuthentication(text));
      case 403 -> new Permanent(new Forbidden(text));
      case 422 -> new Permanent(new InvalidRequest(ErrorText.problems(reply)));
      // The server says 503 before it accepts a request, when it drains or is full.
      case 408, 429, 503 -> new Retryable("HTTP " + reply.status() + ": " + text, null);
      default -> other(reply, text, repeatability);
    };
  }

  private static SkyPilotException other(Reply reply, String text, Repeatability repeatability) {
    if (reply.status() >= 500) {
      // A proxy's 502 or 504, or a crash while answering: the request may have been accepted.
      return repeatability.lost("HTTP " + reply.status() + ": " + text, null);
    }
    if (reply.status() < 300) {
      return switch (repeatability) {
        case REPEATABLE -> new Permanent(new NotUnderstood("a success without its content"));
        case ONCE -> repeatability.lost("a success without its content", null);
      };
    }
    return new Permanent(new Rejected(reply.status(), text));
  }

  private static Refusal badRequest(Reply reply, String text) {
    JsonNode body = Json.parse(reply.body()).orElseGet(Json::object);
    if (body.path("error").asText().equals("version_mismatch")) {
      return new VersionMismatch(text);
    }
    JsonNode type = body.path("detail").path("type");
    return type.isTextual() ? new ServerError(type.textValue(), text) : new Rejected(400, text);
  }
}
