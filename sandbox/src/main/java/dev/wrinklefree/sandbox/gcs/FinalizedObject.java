package dev.wrinklefree.sandbox.gcs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that has just become visible.
 *
 * @param generation of its content
 * @param at when, by the server's clock
 * @param overwroteGeneration what it replaced; null if there was nothing
 * @param resource its JSON document, as the API gives it
 */
public record FinalizedObject(
    String bucket,
    String name,
    long generation,
    Instant at,
    @Nullable Long overwroteGeneration,
    String resource) {}
