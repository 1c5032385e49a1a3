package dev.wrinklefree.monitor.wandb;

import org.jspecify.annotations.Nullable;

/**
 * Whom the API key belongs to.
 *
 * @param username the person or service account
 * @param entity where runs go that name no entity
 */
public record Viewer(@Nullable String username, @Nullable String entity) {}
