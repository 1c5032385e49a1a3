package dev.wrinklefree.cli.output;

import dev.wrinklefree.contract.event.JobState;
import picocli.CommandLine.Help.Ansi;

/** Colour of states, where the output is a terminal. */
public final class Style {

  private final Ansi ansi;

  /** Colours as {@code ansi} allows. */
  public Style(Ansi ansi) {
    this.ansi = ansi;
  }

  /** Green for a good end, red for a bad one, yellow for waiting and not knowing. */
  public String state(JobState state, String text) {
    String colour =
        switch (state) {
          case SUCCEEDED, RUNNING, WINDING_DOWN -> "green";
          case FAILED, FAILED_SETUP, FAILED_PRECHECKS, FAILED_NO_RESOURCE, FAILED_CONTROLLER ->
              "red";
          case PENDING, STARTING, RECOVERING, CANCELLING, CANCELLED, UNKNOWN -> "yellow";
        };
    return colour(colour, text);
  }

  /** Text in a colour that picocli names. */
  public String colour(String colour, String text) {
    return ansi.enabled() ? ansi.string("@|" + colour + " " + text + "|@") : text;
  }
}
