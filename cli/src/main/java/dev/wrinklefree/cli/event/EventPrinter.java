package dev.wrinklefree.cli.event;

import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Prints events one line each. */
public final class EventPrinter {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int TOPIC_WIDTH = 18;

  private final PrintWriter out;
  private final boolean json;

  /** Prints them as JSON or for people. */
  public EventPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Prints one at once, so that who reads a pipe has it. */
  public void print(ToldEvent event) {
    if (json) {
      out.println(event.json());
    } else {
      out.println(
          CLOCK.format(event.at())
              + "  "
              + padded(event.topic())
              + "  "
              + shown(event.runId())
              + "  "
              + shown(Sentence.of(event)));
    }
    out.flush();
  }

  private static String padded(String topic) {
    return topic + " ".repeat(Math.max(0, TOPIC_WIDTH - topic.length()));
  }

  /** Requests are written by strangers: what they say must not steer the terminal. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
