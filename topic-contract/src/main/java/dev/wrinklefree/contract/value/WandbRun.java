package dev.wrinklefree.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * Where a run logs its metrics in Weights &amp; Biases.
 *
 * @param entity team or user; absent means the API key's default
 * @param project for example {@code wrinklefree-fairy2}
 * @param id the W&amp;B run id, equal to our run id, so that the link is exact
 */
public record WandbRun(@Nullable String entity, String project, String id) {}
