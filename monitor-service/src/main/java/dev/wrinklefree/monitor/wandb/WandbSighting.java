package dev.wrinklefree.monitor.wandb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as W&amp;B shows it.
 *
 * @param id the W&amp;B run id
 * @param state W&amp;B's word, for example {@code running}; {@code crashed} only means that W&amp;B
 *     lost contact
 * @param heartbeatAt the last sign of life
 * @param summary the last figures; absent where W&amp;B's text of them cannot be read
 * @param url the run's page
 */
public record WandbSighting(
    String id,
    @Nullable String state,
    @Nullable Instant heartbeatAt,
    @Nullable Summary summary,
    String url) {}
