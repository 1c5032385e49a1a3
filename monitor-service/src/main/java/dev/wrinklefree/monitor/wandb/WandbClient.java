package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.monitor.wandb.WandbException.Kind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks W&amp;B. Every call blocks, asks once per page and fails with a {@link WandbException};
 * whoever calls decides when to ask again. Thread-safe.
 */
public final class WandbClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final WandbSettings settings;
  private final HttpClient client;

  /** Makes the client; nothing is sent before the first call. */
  public WandbClient(WandbSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            // The key is for one host only.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Whom the API key belongs to. */
  public Viewer viewer() {
    return Answers.viewer(Answers.data(ask(Queries.viewer()).body()));
  }

  /**
   * Those of the runs that the project has, in one request per page.
   *
   * @param ids W&amp;B run ids, at least one
   */
  public ProjectRuns runs(String entity, String project, Collection<String> ids) {
    String pages =
        "%s/%s/%s/runs/"
            .formatted(settings.pages(), Answers.encoded(entity), Answers.encoded(project));
    List<WandbSighting> runs = new ArrayList<>();
    Set<String> cursors = new HashSet<>();
    Duration rest = null;
    String cursor = null;
    do {
      HttpResponse<String> response =
          ask(Queries.runs(entity, project, ids, settings.pageSize(), cursor));
      Answers.Page page = Answers.runs(Answers.data(response.body()), pages);
      runs.addAll(page.runs());
      rest = longer(rest, RateLimits.rest(response.headers()));
      cursor = page.next();
      if (cursor != null && !cursors.add(cursor)) {
        throw new WandbException(Kind.UNAVAILABLE, "W&B's pages go in a circle", null);
      }
    } while (cursor != null);
    return new ProjectRuns(runs, rest);
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpResponse<String> ask(ObjectNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(settings.graphql())
            .timeout(settings.timeout())
            .header("Authorization", settings.authorization())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build();
    HttpResponse<String> response = exchange(request);
    int status = response.statusCode();
    if (status == 200) {
      return response;
    }
    throw new WandbException(
        kind(status),
        "W&B answered " + status,
        null,
        RateLimits.retryAfter(response.headers()).orElse(null));
  }

  /**
   * HttpRequest's own timeout ends with the response's headers, so the whole exchange is waited for
   * instead.
   */
  private HttpResponse<String> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return exchange.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw unavailable("W&B did not answer within " + settings.timeout(), e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while W&B was asked", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw unavailable("W&B cannot be reached: " + cause.getClass().getSimpleName(), cause);
    }
  }

  /** As W&amp;B's own client has it: these are not tried again, all else is. */
  private static Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 429 -> Kind.RATE_LIMITED;
      case 400, 404, 405, 409, 410, 413, 422, 501 -> Kind.REFUSED;
      default -> status < 400 ? Kind.REFUSED : Kind.UNAVAILABLE;
    };
  }

  private static WandbException unavailable(String message, Throwable cause) {
    return new WandbException(Kind.UNAVAILABLE, message, cause);
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
  }
}
