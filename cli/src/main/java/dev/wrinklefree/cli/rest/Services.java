package dev.wrinklefree.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the services over HTTP; every failure is a {@link WfException} with one line to read. */
public final class Services {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** A person who waits longer than this wants to know for what. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServiceAddresses addresses;
  private final Token token;
  private final Progress progress;
  private final Http http;

  /** Set on first use: a command that asks nobody, such as a completion, should start at once. */
  private @Nullable ObjectMapper mapper;

  /**
   * @param addresses where the services are
   * @param token what they are shown
   * @param progress told when an answer takes long
   */
  public Services(ServiceAddresses addresses, Token token, Progress progress) {
    this.addresses = addresses;
    this.token = token;
    this.progress = progress;
    this.http = new Http(CONNECT_TIMEOUT);
  }

  /** Where the services are. */
  public ServiceAddresses addresses() {
    return addresses;
  }

  /** Told when something takes long. */
  public Progress progress() {
    return progress;
  }

  /** The mapper that reads and writes what the services say. */
  public synchronized ObjectMapper mapper() {
    if (mapper == null) {
      mapper = ContractJson.mapper();
    }
    return mapper;
  }

  /** Asks for the JSON at {@code path} and goes on at once: several services can be asked. */
  public Pending ask(Service service, String path) {
    return new Pending(this, service, send(request(service, path).GET().build()));
  }

  /** The JSON at {@code path}, or empty on 404. */
  public Optional<JsonNode> find(Service service, String path) throws InterruptedException {
    return ask(service, path).find();
  }

  /** The JSON at {@code path}, which is always there. */
  public JsonNode get(Service service, String path) throws InterruptedException {
    return ask(service, path).get();
  }

  /** Sends JSON and reads the answer. */
  public JsonNode post(Service service, String path, JsonNode body) throws InterruptedException {
    HttpRequest request =
        request(service, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return new Pending(this, service, send(request)).get();
  }

  /** Deletes what is at {@code path}; empty on 404. */
  public Optional<JsonNode> delete(Service service, String path) throws InterruptedException {
    return new Pending(this, service, send(request(service, path).DELETE().build())).find();
  }

  /**
   * Opens a stream of text, which may go on for as long as the run does.
   *
   * @return the stream, or empty where there is nothing to stream yet (409)
   */
  public Optional<InputStream> stream(Service service, String path) throws InterruptedException {
    HttpRequest request = anyTime(service, path).GET().build();
    return Optional.ofNullable(opened(service, request));
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param after the id of the last event that was read; null to begin with the next
   */
  public EventStream events(Service service, String path, @Nullable String after)
      throws InterruptedException {
    HttpRequest.Builder request = anyTime(service, path).header("Accept", "text/event-stream");
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    InputStream body = opened(service, request.GET().build());
    if (body == null) {
      throw new WfException(ExitCode.UNREACHABLE, service.serviceName() + " has no events now");
    }
    return new EventStream(body);
  }

  /** Asks for the service's readiness: HTTP status and body of its health endpoint. */
  public CompletableFuture<HttpResponse<String>> readiness(Service service) {
    URI base = addresses.healthUrl(service);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/q/health/ready"))
            .timeout(CONNECT_TIMEOUT)
            .GET()
            .build();
    return send(request);
  }

  /**
   * The answer to a readiness request.
   *
   * @throws WfException if the service cannot be reached
   */
  public HttpResponse<String> readiness(
      Service service, CompletableFuture<HttpResponse<String>> asked) throws InterruptedException {
    return await(service, addresses.healthUrl(service), asked);
  }

  /** The HTTP status of a request that reads nothing and changes nothing; for checks. */
  public int status(Service service, String method, String path) throws InterruptedException {
    HttpRequest request = request(service, path).method(method, BodyPublishers.noBody()).build();
    return await(service, addresses.url(service), send(request)).statusCode();
  }

  /** The answer once it is there. */
  HttpResponse<String> await(Service service, CompletableFuture<HttpResponse<String>> asked)
      throws InterruptedException {
    return await(service, addresses.url(service), asked);
  }

  JsonNode json(Service service, HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw problem(service, response.statusCode(), response.body());
    }
    if (response.body().isEmpty()) {
      return mapper().createObjectNode();
    }
    try {
      return mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new WfException(
          ExitCode.UNREACHABLE,
          service.serviceName()
              + " answered with something that is not JSON; is "
              + addresses.url(service)
              + " really it?");
    }
  }

  private <T> HttpResponse<T> await(
      Service service, URI address, CompletableFuture<HttpResponse<T>> asked)
      throws InterruptedException {
    try {
      try {
        return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        progress.say("Waiting for " + service.serviceName());
        try {
          return asked.get();
        } finally {
          progress.done();
        }
      }
    } catch (ExecutionException e) {
      throw unreachable(service, address, e.getCause() == null ? e : e.getCause());
    }
  }

  private @Nullable InputStream opened(Service service, HttpRequest request)
      throws InterruptedException {
    HttpResponse<InputStream> response =
        await(
            service,
            addresses.url(service),
            http.client(request.uri()).sendAsync(request, BodyHandlers.ofInputStream()));
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() == 409) {
        return null;
      }
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      throw problem(service, response.statusCode(), text);
    } catch (IOException e) {
      throw unreachable(service, addresses.url(service), e);
    }
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.client(request.uri()).sendAsync(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(Service service, String path) {
    return anyTime(service, path)
        .timeout(ANSWER_TIMEOUT)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpRequest.Builder anyTime(Service service, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(addresses.url(service) + path));
    token.header().ifPresent(header -> request.header("Authorization", header));
    return request;
  }

  private WfException problem(Service service, int status, String body) {
    return Problem.asException(service, status, body, mapper(), token.header().isPresent());
  }

  private static WfException unreachable(Service service, URI address, Throwable e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new WfException(
        ExitCode.UNREACHABLE,
        "cannot reach "
            + service.serviceName()
            + " at "
            + address
            + " ("
            + why
            + "). Is the platform up? Start it with: make up");
  }
}
