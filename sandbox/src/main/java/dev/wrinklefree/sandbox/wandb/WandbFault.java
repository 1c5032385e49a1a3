package dev.wrinklefree.sandbox.wandb;

import java.time.Duration;

/** What goes wrong with one request. Nothing of the request takes effect. */
public sealed interface WandbFault {

  /**
   * A status without an answer, such as 502.
   *
   * @param status of the HTTP answer
   */
  record Refused(int status) implements WandbFault {}

  /**
   * Status 429 with {@code Retry-After} and {@code RateLimit-Reset}.
   *
   * @param reset when more is allowed; told in whole seconds, rounded up
   */
  record RateLimited(Duration reset) implements WandbFault {}

  /** Status 200 with a page of HTML, as a proxy in the middle sends it. */
  record NotJson() implements WandbFault {}

  /**
   * Status 200 with {@code errors} and {@code data} that is null.
   *
   * @param message of the only error
   */
  record Errors(String message) implements WandbFault {}

  /** The connection is cut after half of the announced bytes. */
  record CutOff() implements WandbFault {}

  /**
   * The right answer, late.
   *
   * @param delay before the request is looked at
   */
  record Delayed(Duration delay) implements WandbFault {}
}
