package dev.wrinklefree.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  @Test
  void readsEventsAsTheStandardHasThem() throws IOException {
    assertThat(
            read(
                """
                : a comment keeps the line open

                id: 1
                event: job
                data: {"a":
                data: 1}

                data:no blank
                retry: 1000

                event: without data

                id
                data

                """))
        .containsExactly(
            new ServerEvent("1", "job", "{\"a\":\n1}"),
            new ServerEvent("1", "message", "no blank"),
            new ServerEvent("", "message", ""));
  }

  @Test
  void anEventThatIsCutIsNone() throws IOException {
    assertThat(read("id: 1\ndata: whole\n\nid: 2\ndata: cut")).hasSize(1);
  }

  private static List<ServerEvent> read(String text) throws IOException {
    List<ServerEvent> events = new ArrayList<>();
    try (EventStream stream =
        new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      Optional<ServerEvent> event = stream.next();
      while (event.isPresent()) {
        events.add(event.get());
        event = stream.next();
      }
    }
    return events;
  }
}
