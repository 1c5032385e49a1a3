package dev.wrinklefree.monitor.progress;

import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import dev.wrinklefree.monitor.wandb.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a run's figures by the names that its template says they have. */
public final class FigureReader {
  private static final double FULL_PERCENT = 100;

  /** 2^53: from there on a double has no whole number of its own for each. */
  private static final double MAX_EXACT = 9_007_199_254_740_992.0;

  private final Summary summary;
  private final List<String> nonFinite = new ArrayList<>();

  private FigureReader(Summary summary) {
    this.summary = summary;
  }

  /** The figures of a summary. */
  public static Figures read(Summary summary, MetricKeys keys) {
    FigureReader reader = new FigureReader(summary);
    Long step = reader.count("step", keys.step());
    Double loss = reader.number(Figures.LOSS, keys.loss());
    Double perplexity = reader.number("perplexity", keys.perplexity());
    Double learningRate = reader.number("learningRate", keys.learningRate());
    Double gradientNorm = reader.number("gradientNorm", keys.gradientNorm());
    Long tokens = reader.count("tokens", keys.tokens());
    Double tokensPerSecond = reader.number("tokensPerSecond", keys.tokensPerSecond());
    Double percent = reader.number("percentComplete", keys.percentComplete());
    return new Figures(
        step,
        loss,
        perplexity,
        learningRate,
        gradientNorm,
        tokens,
        tokensPerSecond,
        percent == null ? null : Math.clamp(percent, 0, FULL_PERCENT),
        reader.nonFinite);
  }

  private @Nullable Double number(String name, List<String> keys) {
    LoggedValue value =
        keys.stream().map(summary.values()::get).filter(Objects::nonNull).findFirst().orElse(null);
    return switch (value) {
      case null -> null;
      case LoggedValue.Finite(double number) -> number;
      case LoggedValue.NotFinite() -> {
        nonFinite.add(name);
        yield null;
      }
    };
  }

  /** W&amp;B gives counts as floats too, and -1 where there is none yet. */
  private @Nullable Long count(String name, List<String> keys) {
    Double number = number(name, keys);
    return number == null || number < 0 || number > MAX_EXACT ? null : (long) Math.floor(number);
  }
}
