package dev.wrinklefree.chaos.plan;

import dev.wrinklefree.chaos.load.Request;
import java.time.Duration;
import java.util.List;

/**
 * Everything that a run of the harness does, known before it begins.
 *
 * @param seed what it was made from
 * @param rounds one after the other
 * @param tail what is requested after them, as long as an armed step still waits for its message
 */
public record Plan(long seed, List<Round> rounds, List<Request> tail) {

  /** How long a round lasts. */
  public static final Duration ROUND = Duration.ofSeconds(26);

  /** Copies the lists. */
  public Plan {
    rounds = List.copyOf(rounds);
    tail = List.copyOf(tail);
  }

  /** The plan as lines for a person. */
  public String text() {
    StringBuilder text = new StringBuilder("plan of seed " + seed + "\n");
    for (Round round : rounds) {
      text.append("round ").append(round.number()).append('\n');
      for (Act act : round.acts()) {
        text.append("  %5.1f s  %s%n".formatted(act.at().toMillis() / 1_000.0, act.text()));
      }
      text.append("           %d requests%n".formatted(round.requests().size()));
    }
    return text.toString();
  }
}
