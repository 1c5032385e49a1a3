package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /enabled_clouds}: all clouds of which the stand-in has machines. */
final class CloudsApi {

  private final List<String> clouds;
  private final RequestTable requests;

  CloudsApi(List<String> clouds, RequestTable requests) {
    this.clouds = List.copyOf(clouds);
    this.requests = requests;
  }

  HttpAnswer enabledClouds(HttpCall call, Optional<Caller> authenticated) {
    Caller caller = Caller.of(authenticated, Optional.empty());
    return new HttpAnswer.Accepted(
        requests.submit(
            new ApiRequest.Description(
                "sky.enabled_clouds",
                caller.id(),
                caller.name(),
                ApiRequest.ScheduleType.SHORT,
                JsonNodeFactory.instance.objectNode()),
            this::names));
  }

  private ArrayNode names() {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    clouds.forEach(cloud -> names.add(cloud.toLowerCase(Locale.ROOT)));
    return names;
  }
}
