package dev.wrinklefree.monitor.wandb;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What W&amp;B says of its patience. {@code RateLimit-Remaining} counts down to 0 on a scale of
 * W&amp;B's own; {@code RateLimit-Reset} and {@code Retry-After} are in seconds.
 */
final class RateLimits {

  /** A server that asks for more than this is believed only so far. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  private RateLimits() {}

  /** How long not to ask again after an answer that used up what we may. */
  static @Nullable Duration rest(HttpHeaders headers) {
    return seconds(headers, "RateLimit-Remaining").filter(Duration::isZero).isPresent()
        ? seconds(headers, "RateLimit-Reset").orElse(null)
        : null;
  }

  /** How long not to ask again after a refusal. A date instead of seconds is passed over. */
  static Optional<Duration> retryAfter(HttpHeaders headers) {
    return seconds(headers, "Retry-After").or(() -> seconds(headers, "RateLimit-Reset"));
  }

  private static Optional<Duration> seconds(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .map(String::strip)
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000)))
        .map(asked -> asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
  }
}
