package dev.wrinklefree.checkpoint.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a bucket, of all its runs that are still listed.
 *
 * @param bucket bucket name
 * @param lastListedAt when the last listing that succeeded began; null if none ever did
 * @param lastFailedAt when the last that failed began; null if none ever did
 * @param failingSince the first failure that no success followed, of any run; null if there is none
 * @param lastFailure why the last failure was
 * @param dueAt when the run that waits longest was or is to be listed
 */
public record BucketState(
    String bucket,
    @Nullable Instant lastListedAt,
    @Nullable Instant lastFailedAt,
    @Nullable Instant failingSince,
    @Nullable String lastFailure,
    Instant dueAt) {

  /** Whether the last word of the bucket was a failure. */
  public boolean isFailing() {
    return lastFailedAt != null && (lastListedAt == null || lastFailedAt.isAfter(lastListedAt));
  }
}
