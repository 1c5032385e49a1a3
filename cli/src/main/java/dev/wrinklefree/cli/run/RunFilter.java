package dev.wrinklefree.cli.run;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a person wants to see; null wants all.
 *
 * @param states state words, or {@code live} or {@code ended}; empty for all
 * @param model its model
 * @param name its job name
 * @param owner who launched it
 * @param since requested at or after
 */
public record RunFilter(
    List<String> states,
    @Nullable String model,
    @Nullable String name,
    @Nullable String owner,
    @Nullable Instant since) {

  /** Wants every run. */
  public static final RunFilter ALL = new RunFilter(List.of(), null, null, null, null);

  /** Copies the list. */
  public RunFilter {
    states = List.copyOf(states);
  }

  /** Whether the newest runs are what is wanted; the service filters by name itself. */
  boolean wantsAll() {
    return states.isEmpty() && model == null && owner == null && since == null;
  }

  /** Whether the run is wanted. */
  boolean wants(Run run) {
    return (states.isEmpty() || states.stream().anyMatch(state -> isIn(run, state)))
        && isEqual(model, run.launch().path("model").asText(""))
        && isEqual(owner, run.launch().path("owner").asText(""))
        && (since == null || !requestedAt(run).isBefore(since));
  }

  private static boolean isIn(Run run, String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "live" -> run.isLive();
      case "ended" -> !run.isLive();
      default -> state.equalsIgnoreCase(run.stateWord());
    };
  }

  private static boolean isEqual(@Nullable String wanted, String is) {
    return wanted == null || wanted.equals(is);
  }

  private static Instant requestedAt(Run run) {
    String at = run.launch().path("requestedAt").asText("");
    return at.isEmpty() ? Instant.MAX : Instant.parse(at);
  }
}
