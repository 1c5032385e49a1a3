package dev.wrinklefree.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * A cloud that a run may use; candidates are tried in the order given.
 *
 * @param cloud lower-case cloud name, for example {@code nebius}, {@code gcp} or {@code aws}
 * @param region limits the candidate to one region; absent means any
 */
public record CloudCandidate(String cloud, @Nullable String region) {}
