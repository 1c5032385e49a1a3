package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.event.LaunchAccepted;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from an accepted launch which steps it is to take. */
final class StepPlan {

  /** Hydra's notation; the last setting of a key wins. */
  private static final Pattern MAX_STEPS = Pattern.compile("\\+{0,2}training\\.max_steps=(.*)");

  /** With more digits it is no plan, and its money would be no number to write down. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,11}");

  /** The step in {@code …/checkpoint-1000/} or {@code …/checkpoint_step_1000.pt}. */
  private static final Pattern STEP_OF_URI = Pattern.compile(".*?[_-]([0-9]{1,12})(?:\\.pt|/)?");

  private StepPlan() {}

  /** The overrides' word, else the template's usual number. */
  static Optional<Long> last(LaunchAccepted accepted, Profiles profiles) {
    Optional<String> said =
        accepted.overrides().stream()
            .map(MAX_STEPS::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1).strip())
            .reduce((earlier, later) -> later);
    return said.isPresent()
        ? said.filter(text -> NUMBER.matcher(text).matches()).map(Long::valueOf)
        : profiles.usualSteps(accepted.template());
  }

  /** Where it begins: at 0, or after the step of the checkpoint that it goes on from. */
  static OptionalLong first(LaunchAccepted accepted) {
    String uri = accepted.resumedFrom();
    if (uri == null) {
      return OptionalLong.of(0);
    }
    String path = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    Matcher step = STEP_OF_URI.matcher(path.substring(path.lastIndexOf('/') + 1));
    return step.matches() ? OptionalLong.of(Long.parseLong(step.group(1))) : OptionalLong.empty();
  }
}
