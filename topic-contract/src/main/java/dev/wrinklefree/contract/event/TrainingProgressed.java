package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The training's own figures, as logged to W&amp;B. A figure that was not logged, or is not a
 * finite number, is absent.
 *
 * @param runId the run
 * @param step trainer step (micro-batches for Fairy2); may go backwards after a recovery
 * @param loss {@code train/loss}, nats per token
 * @param perplexity {@code train/perplexity}
 * @param learningRate {@code train/lr}
 * @param gradientNorm {@code train/grad_norm}
 * @param tokens tokens processed so far
 * @param tokensPerSecond {@code throughput/tokens_per_sec}
 * @param percentComplete 0 to 100
 * @param nonFinite names of figures that were NaN or infinite, for example {@code loss}
 * @param wandbState W&amp;B's word, for example {@code running} or {@code crashed}
 * @param heartbeatAt W&amp;B's last sign of life
 * @param url the run's page
 */
public record TrainingProgressed(
    RunId runId,
    @Nullable Long step,
    @Nullable Double loss,
    @Nullable Double perplexity,
    @Nullable Double learningRate,
    @Nullable Double gradientNorm,
    @Nullable Long tokens,
    @Nullable Double tokensPerSecond,
    @Nullable Double percentComplete,
    java.util.List<String> nonFinite,
    @Nullable String wandbState,
    @Nullable Instant heartbeatAt,
    @Nullable String url)
    implements EventData {

  /** Absent collections become empty ones. */
  public TrainingProgressed {
    nonFinite = Absent.list(nonFinite);
  }
}
