package dev.wrinklefree.monitor.progress;

import dev.wrinklefree.contract.event.TrainingProgressed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's figures, as {@link TrainingProgressed} has them: finite or absent.
 *
 * @param nonFinite names of those that were NaN or infinite
 */
public record Figures(
    @Nullable Long step,
    @Nullable Double loss,
    @Nullable Double perplexity,
    @Nullable Double learningRate,
    @Nullable Double gradientNorm,
    @Nullable Long tokens,
    @Nullable Double tokensPerSecond,
    @Nullable Double percentComplete,
    List<String> nonFinite) {

  /** The name under which a loss that is no number is listed in {@link #nonFinite}. */
  public static final String LOSS = "loss";

  /** Of a run of which nothing was read. */
  public static final Figures NONE =
      new Figures(null, null, null, null, null, null, null, null, List.of());

  /** Copies the list. */
  public Figures {
    nonFinite = List.copyOf(nonFinite);
  }

  /** Those that were told. */
  public static Figures told(TrainingProgressed data) {
    return new Figures(
        data.step(),
        data.loss(),
        data.perplexity(),
        data.learningRate(),
        data.gradientNorm(),
        data.tokens(),
        data.tokensPerSecond(),
        data.percentComplete(),
        data.nonFinite());
  }

  /** Whether the loss was NaN or infinite. */
  public boolean lossIsNotFinite() {
    return nonFinite.contains(LOSS);
  }
}
