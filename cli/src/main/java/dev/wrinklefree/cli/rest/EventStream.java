package dev.wrinklefree.cli.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events, as the WHATWG's HTML standard has them: a comment keeps a stream alive,
 * an event without data is none.
 */
public final class EventStream implements AutoCloseable {

  private final BufferedReader lines;
  private String lastId = "";

  EventStream(InputStream body) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * The next event; empty when the stream ends.
   *
   * @throws IOException if it breaks off
   */
  public Optional<ServerEvent> next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    boolean hasData = false;
    String line = lines.readLine();
    while (line != null) {
      if (line.isEmpty()) {
        if (hasData) {
          return Optional.of(
              new ServerEvent(lastId, name.isEmpty() ? "message" : name, data.toString()));
        }
        name = "";
      } else {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
          case "event" -> name = value;
          case "id" -> lastId = value;
          case "data" -> {
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
          }
          default -> {
            // A comment, the time to wait before a new try, or a field of a later standard.
          }
        }
      }
      line = lines.readLine();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      // It was broken off already.
    }
  }
}
