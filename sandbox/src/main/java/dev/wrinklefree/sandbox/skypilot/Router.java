package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint of a call and turns what goes wrong into the server's own answers. */
final class Router {

  private static final Logger LOGGER = LoggerFactory.getLogger(Router.class);

  private final Gate gate;
  private final HealthApi health;
  private final RequestTable requests;
  private final RequestApi requestApi;
  private final Map<String, Map<String, Endpoint>> endpoints;

  @FunctionalInterface
  private interface Endpoint {
    HttpAnswer answer(HttpCall call, Optional<Caller> caller);
  }

  Router(
      Authentication authentication,
      RequestTable requests,
      JobsApi jobs,
      CatalogApi catalog,
      CloudsApi clouds,
      SandboxApi sandbox) {
    this.gate = new Gate(authentication);
    this.health = new HealthApi(authentication);
    this.requests = requests;
    this.requestApi = new RequestApi(requests);
    this.endpoints =
        Map.ofEntries(
            Map.entry("/api/get", Map.of("GET", (call, caller) -> requestApi.get(call))),
            Map.entry("/api/status", Map.of("GET", (call, caller) -> requestApi.status(call))),
            Map.entry("/api/cancel", Map.of("POST", this::cancelRequests)),
            Map.entry("/jobs/launch", Map.of("POST", jobs::launch)),
            Map.entry("/jobs/queue/v2", Map.of("POST", jobs::queueV2)),
            Map.entry("/jobs/queue", Map.of("POST", jobs::queue)),
            Map.entry("/jobs/cancel", Map.of("POST", jobs::cancel)),
            Map.entry("/jobs/logs", Map.of("POST", jobs::logs)),
            Map.entry("/enabled_clouds", Map.of("GET", clouds::enabledClouds)),
            Map.entry("/list_accelerators", Map.of("POST", catalog::listAccelerators)),
            Map.entry("/validate", Map.of("POST", jobs::validate)),
            Map.entry("/sandbox/jobs", Map.of("GET", sandbox::jobs, "POST", sandbox::adopt)),
            Map.entry("/sandbox/preempt", Map.of("POST", sandbox::preempt)));
  }

  HttpAnswer answer(HttpCall call, Gate.ClientVersion version) {
    Optional<HttpAnswer> refused = Gate.refuseVersion(version);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Caller> caller = gate.authenticate(call);
    Optional<HttpAnswer> unauthenticated = gate.refuse(call, caller);
    if (unauthenticated.isPresent()) {
      return unauthenticated.get();
    }
    if (call.path().equals("/api/health") && call.method().equals("GET")) {
      return health.health(caller);
    }
    Map<String, Endpoint> methods = endpoints.getOrDefault(call.path(), Map.of());
    Endpoint endpoint = methods.get(call.method());
    if (endpoint == null) {
      return methods.isEmpty()
          ? HttpAnswer.detail(404, "Not Found")
          : HttpAnswer.detail(405, "Method Not Allowed");
    }
    try {
      return endpoint.answer(call, caller);
    } catch (UnprocessableBodyException e) {
      return new HttpAnswer.Json(
          422, JsonNodeFactory.instance.objectNode().set("detail", e.violations()), Map.of());
    } catch (Caller.MissingVariableException e) {
      return new HttpAnswer.Text(
          500,
          "Traceback (most recent call last):\n  File \"sky/server/requests/payloads.py\"\nKeyError: '%s'\n"
              .formatted(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("path", call.path()).setCause(e).log("An endpoint failed");
      return new HttpAnswer.Text(500, "Internal Server Error");
    }
  }

  private HttpAnswer cancelRequests(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    List<String> ids = fields.texts("request_ids");
    Optional<String> userId = Optional.ofNullable(fields.text("user_id"));
    Optional<Map<String, String>> variables = fields.variables("env_vars");
    fields.check();
    Caller caller = Caller.of(authenticated, variables);
    return new HttpAnswer.Accepted(
        requests.submit(
            new ApiRequest.Description(
                RequestApi.CANCEL,
                caller.id(),
                caller.name(),
                ApiRequest.ScheduleType.SHORT,
                fields.body()),
            () -> requestApi.cancel(ids == null ? List.of() : ids, userId)));
  }
}
