package dev.wrinklefree.bench.foreign;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of other people in a home of its own. */
public final class ForeignServer implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final PrivateHome home;
  private final URI endpoint;
  private final Duration readyAfter;

  private ForeignServer(PrivateHome home, URI endpoint, Duration readyAfter) {
    this.home = home;
    this.endpoint = endpoint;
    this.readyAfter = readyAfter;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param health answers 200 as soon as it is
   */
  static ForeignServer start(PrivateHome home, String log, List<String> command, URI health)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = home.start(log, command);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
      while (!answers(http, request)) {
        if (process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS)
            || System.nanoTime() - start > LIMIT.toNanos()) {
          home.close();
          throw new IOException("%s did not come up; its log says why".formatted(log));
        }
      }
    }
    Duration readyAfter = Duration.ofNanos(System.nanoTime() - start);
    return new ForeignServer(home, health.resolve("/"), readyAfter);
  }

  /** Root of its interface. */
  public URI endpoint() {
    return endpoint;
  }

  /** From its start until it said that it is ready. */
  public Duration readyAfter() {
    return readyAfter;
  }

  /** Where it lives. */
  public PrivateHome home() {
    return home;
  }

  private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it and all that it started. */
  @Override
  public void close() throws InterruptedException {
    home.close();
  }
}
