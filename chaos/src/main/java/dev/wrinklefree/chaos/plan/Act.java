package dev.wrinklefree.chaos.plan;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.wire.Link;
import java.time.Duration;

/** Something that is done to the platform in a round. */
public sealed interface Act {

  /** When it is due, from the beginning of its round. */
  Duration at();

  /** One line for a person. */
  String text();

  /** Kills a part, whatever it does at that moment. */
  record Kill(Duration at, Part part) implements Act {
    @Override
    public String text() {
      return "kill " + part.title();
    }
  }

  /** Strikes when the step's message next comes by; it stays armed until it has. */
  record Arm(Duration at, Step step, Part service) implements Act {
    @Override
    public String text() {
      return "arm " + step.word() + " in " + service.title();
    }
  }

  /** Spoils a link for some time. */
  record Disturb(Duration at, Link link, Trouble trouble, Duration length) implements Act {
    @Override
    public String text() {
      return "%s %s for %d ms".formatted(trouble.word(), link, length.toMillis());
    }
  }

  /**
   * Starts a second replica, kills whichever of the two holds the watch next, in the middle of a
   * look, and measures until the other looks.
   */
  record TakeOver(Duration at, Part service) implements Act {
    @Override
    public String text() {
      return "two replicas of " + service.title() + ", kill the one that holds the watch";
    }
  }
}
