package dev.wrinklefree.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An answer that is on its way. */
public final class Pending {

  private static final int NOT_FOUND = 404;

  private final Services services;
  private final Service service;
  private final CompletableFuture<HttpResponse<String>> asked;

  Pending(Services services, Service service, CompletableFuture<HttpResponse<String>> asked) {
    this.services = services;
    this.service = service;
    this.asked = asked;
  }

  /** Who was asked. */
  public Service service() {
    return service;
  }

  /** The JSON of the answer, or empty on 404. */
  public Optional<JsonNode> find() throws InterruptedException {
    HttpResponse<String> response = services.await(service, asked);
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(services.json(service, response));
  }

  /** The JSON of the answer. */
  public JsonNode get() throws InterruptedException {
    return services.json(service, services.await(service, asked));
  }
}
