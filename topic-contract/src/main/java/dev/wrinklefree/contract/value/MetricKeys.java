package dev.wrinklefree.contract.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which names a program logs its figures to W&amp;B. Each is a list in order of preference:
 * the first that is there counts. An empty list means that the figure is not logged.
 *
 * @param step the trainer's step
 * @param loss the loss
 * @param perplexity the perplexity
 * @param learningRate the learning rate
 * @param gradientNorm the gradient's norm
 * @param tokens tokens processed
 * @param tokensPerSecond tokens per second
 * @param percentComplete how much is done, 0 to 100
 */
public record MetricKeys(
    List<String> step,
    List<String> loss,
    List<String> perplexity,
    List<String> learningRate,
    List<String> gradientNorm,
    List<String> tokens,
    List<String> tokensPerSecond,
    List<String> percentComplete) {

  /** What the Fairy2 trainer logs every 100 steps. */
  public static final MetricKeys FAIRY2 =
      new MetricKeys(
          List.of("progress/step", "_step"),
          List.of("train/loss"),
          List.of("train/perplexity"),
          List.of("train/lr"),
          List.of("train/grad_norm"),
          List.of("progress/tokens"),
          List.of("throughput/tokens_per_sec"),
          List.of("progress/percent_complete"));

  /** Absent lists become empty ones. */
  public MetricKeys {
    step = copy(step);
    loss = copy(loss);
    perplexity = copy(perplexity);
    learningRate = copy(learningRate);
    gradientNorm = copy(gradientNorm);
    tokens = copy(tokens);
    tokensPerSecond = copy(tokensPerSecond);
    percentComplete = copy(percentComplete);
  }

  private static List<String> copy(@Nullable List<String> keys) {
    return keys == null ? List.of() : List.copyOf(keys);
  }
}
