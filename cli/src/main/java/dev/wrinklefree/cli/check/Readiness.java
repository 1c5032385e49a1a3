package dev.wrinklefree.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.net.http.HttpResponse;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** A service's own word on whether it is ready, asked for when this is made. */
public final class Readiness {

  private final Services services;
  private final Service service;
  private final CompletableFuture<HttpResponse<String>> asked;

  /** Asks that service. */
  public Readiness(Services services, Service service) {
    this.services = services;
    this.service = service;
    this.asked = services.readiness(service);
  }

  /**
   * What it says.
   *
   * @param service who
   * @param ready whether it is
   * @param why what keeps it from that; "" if nothing does
   */
  public record Health(Service service, boolean ready, String why) {}

  /**
   * Its answer.
   *
   * @throws dev.wrinklefree.cli.WfException if its health address cannot be reached
   */
  public Health health() throws InterruptedException {
    HttpResponse<String> response = services.readiness(service, asked);
    boolean ready = response.statusCode() == 200;
    return new Health(service, ready, ready ? "" : why(response));
  }

  /** Names the checks that are down, with the data they give. */
  private String why(HttpResponse<String> response) {
    StringJoiner why = new StringJoiner("; ");
    try {
      for (JsonNode check : services.mapper().readTree(response.body()).path("checks")) {
        if ("DOWN".equals(check.path("status").asText())) {
          JsonNode data = check.path("data");
          why.add(check.path("name").asText() + (data.isEmpty() ? "" : " " + data));
        }
      }
    } catch (JsonProcessingException e) {
      why.add("HTTP status " + response.statusCode());
    }
    return why.toString();
  }
}
