package dev.wrinklefree.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.testkit.access.TestToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a stream as the HTML standard says: blocks of lines, an id that lasts until the next. */
final class SseClient implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Stream<String> lines;
  private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
  private volatile @Nullable String lastId;
  private volatile boolean ended;

  /** One block: an event if it has data, else a heartbeat. */
  record Block(@Nullable String id, @Nullable String event, String data, boolean last) {
    boolean isEvent() {
      return !data.isEmpty();
    }
  }

  SseClient(URI address, @Nullable String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + TestToken.VIEWER.token());
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<Stream<String>> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type").orElse(""))
          .startsWith("text/event-stream");
      lines = response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  /** The next block. */
  Block next() {
    try {
      Block block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(block).as("a block within %s s", PATIENCE_SECONDS).isNotNull();
      return block;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next block with data. */
  Block nextEvent() {
    while (true) {
      Block block = next();
      if (block.isEvent()) {
        return block;
      }
      assertThat(block.last()).as("the end of the stream").isFalse();
    }
  }

  List<Block> nextEvents(int count) {
    List<Block> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(nextEvent());
    }
    return events;
  }

  @Nullable String lastId() {
    return lastId;
  }

  boolean isEnded() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void read() {
    StringBuilder data = new StringBuilder();
    String event = null;
    try {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.isEmpty()) {
          blocks.add(new Block(lastId, event, data.toString(), false));
          data.setLength(0);
          event = null;
        } else if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else {
          assertThat(line)
              .satisfiesAnyOf(
                  text -> assertThat(text).startsWith(":"),
                  text -> assertThat(text).startsWith("retry: "));
        }
      }
      ended = true;
      blocks.add(new Block(lastId, null, "", true));
    } catch (UncheckedIOException e) {
      // The test closed it, or the server broke off; the test sees no block.
    }
  }
}
