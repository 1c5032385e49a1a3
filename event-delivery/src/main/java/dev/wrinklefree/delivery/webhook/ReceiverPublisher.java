package dev.wrinklefree.delivery.webhook;

import dev.wrinklefree.delivery.structured.StructuredEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends one signed request. The host is resolved once, its addresses are judged, and the connection
 * goes to exactly one of those: a name that has another address a moment later reaches nothing. TLS
 * verifies the certificate against the name all the same. Redirects are not followed.
 */
@ApplicationScoped
class ReceiverPublisher {

  /** An answer is of no interest beyond its status; a longer one ends the connection. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final String AGENT = "WrinkleFree-Deployer";

  private final Vertx vertx;
  private final WebhookConfig config;
  private final Clock clock;
  private @Nullable HttpClient client;

  ReceiverPublisher(Vertx vertx, WebhookConfig config, Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.clock = clock;
  }

  /** Sends once, and waits for the answer. */
  Attempt send(TargetUrl url, String id, List<WebhookSecret> secrets, String body)
      throws InterruptedException {
    long deadline = System.nanoTime() + config.timeout().toNanos();
    InetAddress address;
    try {
      InetAddress[] addresses = InetAddress.getAllByName(url.host());
      if (!config.allowPrivateAddresses()
          && !Arrays.stream(addresses).allMatch(AddressRule::isPublic)) {
        return new Attempt.Unanswered("the host has an address that is not public");
      }
      address = addresses[0];
    } catch (UnknownHostException e) {
      return new Attempt.Unanswered("the host has no address");
    }
    return post(options(url, address), headers(id, secrets, body), body, deadline);
  }

  @PreDestroy
  synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  private List<String> headers(String id, List<WebhookSecret> secrets, String body) {
    long timestamp = clock.instant().getEpochSecond();
    return List.of(
        "content-type",
        StructuredEvent.MEDIA_TYPE,
        "user-agent",
        AGENT,
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        Signature.of(secrets, id, timestamp, body));
  }

  private RequestOptions options(TargetUrl url, InetAddress address) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        // As digits, so that nobody looks the name up again.
        .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
        .setHost(url.host())
        .setPort(url.port())
        .setSsl(url.isTls())
        .setURI(url.pathAndQuery())
        .setFollowRedirects(false)
        .setTimeout(config.timeout().toMillis());
  }

  private Attempt post(RequestOptions options, List<String> headers, String body, long deadline)
      throws InterruptedException {
    AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
    AtomicReference<@Nullable Attempt> answer = new AtomicReference<>();
    Future<Void> exchange =
        client()
            .request(options)
            .compose(
                request -> {
                  sent.set(request);
                  for (int i = 0; i < headers.size(); i += 2) {
                    request.putHeader(headers.get(i), headers.get(i + 1));
                  }
                  return request.send(Buffer.buffer(body));
                })
            .compose(
                response -> {
                  answer.set(answered(response));
                  return drain(response);
                });
    try {
      exchange
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abandon(sent.get());
      return orElse(answer.get(), "no answer within " + config.timeout().toSeconds() + " s");
    } catch (ExecutionException e) {
      abandon(sent.get());
      return orElse(answer.get(), reason(e.getCause()));
    }
    return orElse(answer.get(), "no answer");
  }

  private static Attempt orElse(@Nullable Attempt answer, String reason) {
    return answer == null ? new Attempt.Unanswered(reason) : answer;
  }

  /** A word on the failure, not the library's text, which may hold addresses. */
  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case javax.net.ssl.SSLException ignored -> "TLS failed: is the certificate valid?";
      case java.net.ConnectException ignored -> "connection refused or timed out";
      case TimeoutException ignored -> "no answer in time";
      case null, default -> "the connection broke";
    };
  }

  private static Attempt.Answered answered(HttpClientResponse response) {
    return new Attempt.Answered(
        response.statusCode(), retryAfter(response.getHeader("retry-after")));
  }

  /** Only as seconds: hosts whose clocks differ mean different things by a date. */
  private static @Nullable Duration retryAfter(@Nullable String header) {
    return header != null && header.strip().matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Long.parseLong(header.strip()))
        : null;
  }

  private static Future<Void> drain(HttpClientResponse response) {
    int[] size = {0};
    response.handler(
        part -> {
          size[0] += part.length();
          if (size[0] > MAX_ANSWER_BYTES) {
            response.request().connection().close();
          }
        });
    return response.end();
  }

  private static void abandon(@Nullable HttpClientRequest request) {
    if (request != null) {
      request.reset();
    }
  }

  /** Made at the first use: most services send nothing. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setConnectTimeout(CONNECT_MILLIS)
                  .setMaxPoolSize(config.maxInFlightPerHost())
                  .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                  .setIdleTimeout(KEEP_ALIVE_SECONDS)
                  .setVerifyHost(true));
    }
    return client;
  }
}
