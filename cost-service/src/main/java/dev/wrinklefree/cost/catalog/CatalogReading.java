package dev.wrinklefree.cost.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last readings of the catalogue went.
 *
 * @param readAt when one last succeeded; absent before the first
 * @param unreadable rows of that reading that could not be read
 * @param failedAt when one last failed after that; absent if none did
 * @param failure why it failed; absent with {@code failedAt}
 */
public record CatalogReading(
    @Nullable Instant readAt,
    int unreadable,
    @Nullable Instant failedAt,
    @Nullable String failure) {}
