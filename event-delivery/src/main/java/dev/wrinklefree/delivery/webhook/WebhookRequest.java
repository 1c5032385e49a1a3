package dev.wrinklefree.delivery.webhook;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges what a subscriber sent, all of it at once. */
final class WebhookRequest {

  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_TYPES = 32;

  private final List<Violation> violations = new ArrayList<>();
  private final @Nullable TargetUrl url;
  private final @Nullable WebhookSecret secret;

  /**
   * @param generated makes a secret if the subscriber brought none
   */
  WebhookRequest(WebhookBody body, Supplier<WebhookSecret> generated) {
    url = body.url() == null ? refused("url", "required", "is required") : url(body.url());
    secret = body.secret() == null ? generated.get() : secret(body.secret());
    if (body.runId() != null && !RunId.isLegal(body.runId())) {
      refused("runId", "malformed-run-id", "run id must match " + RunId.PATTERN);
    }
    String description = body.description();
    if (description != null
        && (description.length() > MAX_DESCRIPTION || description.indexOf('\0') >= 0)) {
      refused(
          "description",
          "too-long",
          "must have at most " + MAX_DESCRIPTION + " characters, no NUL");
    }
    List<String> types = body.types() == null ? List.of() : body.types();
    if (types.size() > MAX_TYPES) {
      refused("types", "too-many", "at most " + MAX_TYPES);
    }
    for (@Nullable String type : types) {
      if (type == null || EventType.named(type).isEmpty()) {
        refused("types", "unknown-type", "is no event type of the platform");
        break;
      }
    }
  }

  List<Violation> violations() {
    return violations;
  }

  /** Where events go; only if nothing was wrong. */
  TargetUrl url() {
    if (url == null) {
      throw new IllegalStateException("refused");
    }
    return url;
  }

  /** What signs; only if nothing was wrong. */
  WebhookSecret secret() {
    if (secret == null) {
      throw new IllegalStateException("refused");
    }
    return secret;
  }

  private @Nullable TargetUrl url(String text) {
    try {
      return TargetUrl.parse(text);
    } catch (IllegalArgumentException e) {
      return refused("url", "malformed-url", String.valueOf(e.getMessage()));
    }
  }

  private @Nullable WebhookSecret secret(String text) {
    try {
      return WebhookSecret.parse(text);
    } catch (IllegalArgumentException e) {
      return refused("secret", "malformed-secret", String.valueOf(e.getMessage()));
    }
  }

  private <T> @Nullable T refused(String field, String code, String message) {
    violations.add(new Violation(field, code, message));
    return null;
  }
}
