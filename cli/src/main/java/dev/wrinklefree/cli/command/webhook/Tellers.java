package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which service tells which event, and whose a webhook is. */
final class Tellers {

  private Tellers() {}

  /** The full names of types that may be given without the platform's prefix. */
  static List<EventType> types(List<String> names) {
    List<EventType> types = new ArrayList<>();
    for (String name : names) {
      types.add(
          EventType.named(name)
              .or(() -> EventType.named(EventType.NAMESPACE + name))
              .filter(type -> !tellersOf(type.topic()).isEmpty())
              .orElseThrow(
                  () ->
                      new WfException(
                          ExitCode.USAGE,
                          "no service tells \""
                              + name
                              + "\"; one that is told is job.state-changed.v1")));
    }
    return types;
  }

  /** The services that tell those types, each with its share; all with none where none is given. */
  static Map<Service, List<String>> shares(List<EventType> types) {
    Map<Service, List<String>> shares = new EnumMap<>(Service.class);
    if (types.isEmpty()) {
      Arrays.stream(Service.values()).forEach(service -> shares.put(service, List.of()));
      return shares;
    }
    for (EventType type : types) {
      for (Service service : tellersOf(type.topic())) {
        shares.computeIfAbsent(service, s -> new ArrayList<>()).add(type.typeName());
      }
    }
    return shares;
  }

  /** Requests are everybody's, and no service's to tell. */
  private static List<Service> tellersOf(Topic topic) {
    return switch (topic) {
      case LAUNCH_REQUESTED, CANCEL_REQUESTED -> List.of();
      case LAUNCH_STATE -> List.of(Service.LAUNCH);
      case JOB_STATE, TRAINING_PROGRESS -> List.of(Service.MONITOR);
      case CHECKPOINT_WRITTEN -> List.of(Service.CHECKPOINT);
      case RUNNING_COST -> List.of(Service.COST);
      case RUN_ALERT -> List.of(Service.MONITOR, Service.CHECKPOINT, Service.COST);
    };
  }

  /** The service that has this webhook; its id does not tell. */
  static Service holder(Services services, String id) throws InterruptedException {
    for (Service service : Service.values()) {
      Optional<JsonNode> found = services.find(service, "/webhooks/" + Query.encoded(id));
      if (found.isPresent()) {
        return service;
      }
    }
    throw new WfException(
        ExitCode.NOT_FOUND, "you have no webhook \"" + id + "\". See: wf webhooks list");
  }

  /** The same with the service that it belongs to. */
  static ObjectNode named(Services services, Service service, JsonNode webhook) {
    ObjectNode named = services.mapper().createObjectNode().put("service", service.serviceName());
    if (webhook instanceof ObjectNode fields) {
      named.setAll(fields);
    }
    return named;
  }
}
