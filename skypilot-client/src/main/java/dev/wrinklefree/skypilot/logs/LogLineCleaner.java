package dev.wrinklefree.skypilot.logs;

import dev.wrinklefree.skypilot.http.Ansi;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a log's bytes into clean lines, the same for any division into chunks.
 *
 * <p>A carriage return ends a line too, so each update of a progress bar is a line: a bar may go on
 * for hours before its first line feed. Control payloads are taken out; a line that held nothing
 * else disappears. Very long lines are divided, so that memory stays bounded.
 */
final class LogLineCleaner {
  static final int MAX_LINE_CHARS = 64 * 1024;

  private static final String CONTROL_START = "<sky-payload";
  private static final Pattern CONTROL = Pattern.compile("<sky-payload(.*?)>(.*?)</sky-payload>");
  private static final String RETRY = "<retry>";

  private final Utf8Chunks utf8 = new Utf8Chunks();
  private final StringBuilder line = new StringBuilder();

  /** Whether text was given out since the last line feed; if so the line feed ends no new line. */
  private boolean givenOut;

  /** What the chunk completes. */
  List<LogItem> accept(ByteBuffer chunk) {
    List<LogItem> items = new ArrayList<>();
    split(utf8.decode(chunk), items);
    return items;
  }

  /** What is left when nothing more comes: an unended last line. */
  List<LogItem> finish() {
    List<LogItem> items = new ArrayList<>();
    split(utf8.finish(), items);
    if (!line.isEmpty()) {
      endLine(items);
    }
    return items;
  }

  private void split(String text, List<LogItem> items) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        if (!line.isEmpty() || !givenOut) {
          endLine(items);
        }
        givenOut = false;
      } else if (c == '\r') {
        if (!line.isEmpty()) {
          endLine(items);
        }
      } else {
        line.append(c);
        if (line.length() >= MAX_LINE_CHARS && !Character.isHighSurrogate(c)) {
          endLine(items);
        }
      }
    }
  }

  private void endLine(List<LogItem> items) {
    String text = line.toString();
    line.setLength(0);
    givenOut = true;
    Optional<String> clean = withoutControl(text, items);
    clean.ifPresent(rest -> items.add(new LogItem.Line(Ansi.strip(rest))));
  }

  private static Optional<String> withoutControl(String text, List<LogItem> items) {
    if (!text.contains(CONTROL_START)) {
      return Optional.of(text);
    }
    Matcher control = CONTROL.matcher(text);
    boolean found = false;
    boolean retry = false;
    while (control.find()) {
      found = true;
      retry |= control.group(2).contains(RETRY);
    }
    String rest = found ? control.replaceAll("") : text;
    if (retry) {
      items.add(new LogItem.Retry());
    }
    return found && rest.isBlank() ? Optional.empty() : Optional.of(rest);
  }
}
