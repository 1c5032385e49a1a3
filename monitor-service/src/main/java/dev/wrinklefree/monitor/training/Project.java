package dev.wrinklefree.monitor.training;

import org.jspecify.annotations.Nullable;

/**
 * A project in W&amp;B.
 *
 * @param entity team or user; absent means the API key's own
 */
record Project(@Nullable String entity, String name) {}
