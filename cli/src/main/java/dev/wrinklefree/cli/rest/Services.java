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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks the services over HTTP; every failure is a {@link WfException} with one line to read. */
public final class Services {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final ServiceAddresses addresses;
  private final Token token;
  private final ObjectMapper mapper = ContractJson.mapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param addresses where the services are
   * @param token what they are shown
   */
  public Services(ServiceAddresses addresses, Token token) {
    this.addresses = addresses;
    this.token = token;
  }

  /** Where the services are. */
  public ServiceAddresses addresses() {
    return addresses;
  }

  /** The mapper that reads and writes what the services say. */
  public ObjectMapper mapper() {
    return mapper;
  }

  /** The JSON at {@code path}, or empty on 404. */
  public Optional<JsonNode> find(Service service, String path) throws InterruptedException {
    HttpResponse<String> response = text(service, request(service, path).GET().build());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(json(service, response));
  }

  /** The JSON at {@code path}, which is always there. */
  public JsonNode get(Service service, String path) throws InterruptedException {
    return json(service, text(service, request(service, path).GET().build()));
  }

  /** Sends JSON and reads the answer. */
  public JsonNode post(Service service, String path, JsonNode body) throws InterruptedException {
    HttpRequest request =
        request(service, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return json(service, text(service, request));
  }

  /** Deletes what is at {@code path}; empty on 404. */
  public Optional<JsonNode> delete(Service service, String path) throws InterruptedException {
    HttpResponse<String> response = text(service, request(service, path).DELETE().build());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(json(service, response));
  }

  /**
   * Opens a stream of text, which may go on for as long as the run does.
   *
   * @return the stream, or empty where there is nothing to stream yet (409)
   */
  public Optional<InputStream> stream(Service service, String path) throws InterruptedException {
    HttpRequest request = anyTime(service, path).GET().build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return Optional.of(response.body());
      }
      try (InputStream body = response.body()) {
        if (response.statusCode() == 409) {
          return Optional.empty();
        }
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        throw problem(service, response.statusCode(), text);
      }
    } catch (IOException e) {
      throw unreachable(service, addresses.url(service), e);
    }
  }

  /** The service's readiness: HTTP status and body of its health endpoint. */
  public HttpResponse<String> readiness(Service service) throws InterruptedException {
    URI base = addresses.healthUrl(service);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/q/health/ready"))
            .timeout(CONNECT_TIMEOUT)
            .GET()
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(service, base, e);
    }
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
    return Problem.asException(service, status, body, mapper, token.header().isPresent());
  }

  private HttpResponse<String> text(Service service, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(service, addresses.url(service), e);
    }
  }

  private JsonNode json(Service service, HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw problem(service, response.statusCode(), response.body());
    }
    try {
      return mapper.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new WfException(
          ExitCode.UNREACHABLE,
          service.serviceName()
              + " answered with something that is not JSON; is "
              + addresses.url(service)
              + " really it?");
    }
  }

  private static WfException unreachable(Service service, URI address, IOException e) {
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
