package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;

/** What a training logged to W&amp;B, in words. */
public final class TrainingText {

  private TrainingText() {}

  /** For example {@code step 1200, 12.0 %, loss 3.2151, lr 1.00e-04, 9,830,400 tokens}. */
  public static String line(JsonNode progress) {
    StringJoiner line = new StringJoiner(", ");
    if (progress.path("step").isNumber()) {
      line.add("step " + progress.get("step").asText());
    }
    if (progress.path("percentComplete").isNumber()) {
      line.add(format("%.1f %%", progress.get("percentComplete").asDouble()));
    }
    if (progress.path("loss").isNumber()) {
      line.add("loss " + loss(progress));
    }
    if (progress.path("learningRate").isNumber()) {
      line.add("lr " + learningRate(progress));
    }
    if (progress.path("tokens").isNumber()) {
      line.add(tokens(progress) + " tokens");
    }
    if (progress.path("tokensPerSecond").isNumber()) {
      line.add(format("%,.0f tokens/s", progress.get("tokensPerSecond").asDouble()));
    }
    progress.path("nonFinite").forEach(figure -> line.add(figure.asText() + " is NaN or infinite"));
    return line.toString();
  }

  /** For example {@code 3.2151}; "NaN" where it was logged and is no number; "" without one. */
  public static String loss(JsonNode progress) {
    for (JsonNode figure : progress.path("nonFinite")) {
      if ("loss".equals(figure.asText())) {
        return "NaN";
      }
    }
    JsonNode loss = progress.path("loss");
    return loss.isNumber() ? format("%.4f", loss.asDouble()) : "";
  }

  /** For example {@code 1.00e-04}; "" without one. */
  public static String learningRate(JsonNode progress) {
    JsonNode rate = progress.path("learningRate");
    return rate.isNumber() ? format("%.2e", rate.asDouble()) : "";
  }

  /** For example {@code 9,830,400}; "" without any. */
  public static String tokens(JsonNode progress) {
    JsonNode tokens = progress.path("tokens");
    return tokens.isNumber() ? format("%,d", tokens.asLong()) : "";
  }

  private static String format(String pattern, Object figure) {
    return String.format(Locale.ROOT, pattern, figure);
  }
}
