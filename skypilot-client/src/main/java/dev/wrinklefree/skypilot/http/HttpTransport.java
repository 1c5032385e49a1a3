package dev.wrinklefree.skypilot.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.http.TransportFailure.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Single HTTP exchanges with one API server: our headers on every request, redirects never followed
 * (they lead to login pages), nothing retried. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SkyPilotSettings settings;
  private final HttpClient client;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable ServerVersion serverVersion;

  /** Opens no connection yet. */
  public HttpTransport(SkyPilotSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeouts().connect())
            .build();
  }

  /** Gets a path of the API; {@code timeout} bounds the whole exchange, body included. */
  public Reply get(String path, Duration timeout) throws TransportFailure {
    return complete(request(path).GET().build(), timeout);
  }

  /** Posts JSON to a path of the API; {@code timeout} bounds the whole exchange. */
  public Reply post(String path, JsonNode body, Duration timeout) throws TransportFailure {
    return complete(request(path).POST(json(body)).build(), timeout);
  }

  /** Posts JSON to a streaming path; {@code timeout} bounds the wait for the response's headers. */
  public OpenReply open(String path, JsonNode body, Duration timeout) throws TransportFailure {
    HttpRequest request = request(path).POST(json(body)).build();
    return exchange(request, HttpTransport::openBody, timeout).body();
  }

  /** What the server last said it is, if it ever answered with version headers. */
  public Optional<ServerVersion> serverVersion() {
    return Optional.ofNullable(serverVersion);
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits out a pause; ends early when the transport is closed. */
  public void pause(Duration pause) throws TransportFailure {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Breaks off what is under way and releases the connections. */
  @Override
  public void close() {
    closed.countDown();
    client.shutdownNow();
    try {
      client.awaitTermination(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(settings.endpoint() + path))
            .header("Accept", "*/*")
            .header(
                ServerVersion.API_VERSION_HEADER,
                Integer.toString(SkyPilotSettings.CLIENT_API_VERSION))
            .header(ServerVersion.VERSION_HEADER, SkyPilotSettings.CLIENT_VERSION)
            .header("Content-Type", "application/json");
    settings
        .authentication()
        .authorizationHeader()
        .ifPresent(value -> builder.header("Authorization", value));
    return builder;
  }

  private static HttpRequest.BodyPublisher json(JsonNode body) {
    return BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
  }

  private static HttpResponse.BodySubscriber<OpenReply> openBody(ResponseInfo info) {
    if (info.statusCode() == 200 && !Reply.isHtml(info.headers())) {
      return BodySubscribers.mapping(
          BodySubscribers.ofPublisher(), body -> new OpenReply.Streaming(info.headers(), body));
    }
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArray(),
        body -> new OpenReply.Refused(new Reply(info.statusCode(), info.headers(), body)));
  }

  private Reply complete(HttpRequest request, Duration timeout) throws TransportFailure {
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray(), timeout);
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  /**
   * HttpRequest's own timeout ends with the response's headers; a connection that dies half-open
   * after them would hold the caller for ever, so the future is waited for instead.
   */
  private <T> HttpResponse<T> exchange(
      HttpRequest request, BodyHandler<T> handler, Duration timeout) throws TransportFailure {
    if (isClosed()) {
      throw new TransportFailure(Stage.CLOSED, "the client is closed", null);
    }
    CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(request, handler);
    try {
      HttpResponse<T> response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      ServerVersion.from(response.headers()).ifPresent(version -> serverVersion = version);
      return response;
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new TransportFailure(Stage.TIMED_OUT, "no answer within " + timeout, e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw TransportFailure.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static TransportFailure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TransportFailure(Stage.INTERRUPTED, "interrupted", cause);
  }
}
