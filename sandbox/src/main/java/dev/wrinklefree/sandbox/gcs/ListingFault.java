package dev.wrinklefree.sandbox.gcs;

import java.time.Duration;

/** What goes wrong with one answer to {@code objects.list}. */
public sealed interface ListingFault {

  /**
   * An error document instead of a page.
   *
   * @param status such as 429 or 503
   */
  record Refused(int status) implements ListingFault {}

  /** The connection is cut after half of the announced bytes. */
  record CutOff() implements ListingFault {}

  /** Half of the JSON text, in an answer that is complete by its length. */
  record Truncated() implements ListingFault {}

  /** Status 200 with a text that is no JSON, as a proxy's error page. */
  record NotJson() implements ListingFault {}

  /** JSON of the right shape with a generation that is no number. */
  record Nonsense() implements ListingFault {}

  /** Status 400 if the request has a page token; a first page is answered as usual. */
  record TokenRefused() implements ListingFault {}

  /** The first page again, with its token, whatever token the request has. */
  record PageRepeated() implements ListingFault {}

  /** No items, and a token that leads to the next such page. */
  record EmptyPage() implements ListingFault {}

  /**
   * The right answer, late.
   *
   * @param delay before it begins
   */
  record Delayed(Duration delay) implements ListingFault {}
}
