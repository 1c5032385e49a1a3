package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.contract.value.RunId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the services know of one run.
 *
 * @param run its launch and job
 * @param checkpoints newest first
 * @param cost absent before there is any
 * @param progress what was logged to W&amp;B last; absent before anything was
 * @param alerts raised, open or not
 */
public record RunFacts(
    Run run,
    JsonNode checkpoints,
    @Nullable JsonNode cost,
    @Nullable JsonNode progress,
    JsonNode alerts) {

  private static final List<Service> ALERTING =
      List.of(Service.MONITOR, Service.CHECKPOINT, Service.COST);

  /**
   * Asks for all of it at once.
   *
   * @param view told which service is away
   * @throws dev.wrinklefree.cli.WfException if there is no such run, or several have that name
   */
  public static RunFacts of(String idOrName, Services services, PartialView view)
      throws InterruptedException {
    // A name is known for one only by the answers; a run id is what most people give.
    Optional<Asked> early =
        RunId.isLegal(idOrName) ? Optional.of(new Asked(services, idOrName)) : Optional.empty();
    Run run = new RunFinder(services).find(idOrName);
    Asked asked =
        early
            .filter(a -> run.runId().equals(idOrName))
            .orElseGet(() -> new Asked(services, run.runId()));
    return asked.facts(run, services, view);
  }

  /** The alerts of one run, or of all, from the services that raise them; newest first. */
  public static ArrayNode alerts(
      Services services,
      @Nullable String runId,
      @Nullable Boolean open,
      int limit,
      PartialView view)
      throws InterruptedException {
    List<Pending> asked =
        ALERTING.stream()
            .map(
                service ->
                    services.ask(
                        service,
                        new Query("/alerts")
                            .and("runId", runId)
                            .and("open", open)
                            .and("limit", limit)
                            .toString()))
            .toList();
    return merged(asked, services, view);
  }

  private static ArrayNode merged(List<Pending> asked, Services services, PartialView view)
      throws InterruptedException {
    Stream.Builder<JsonNode> all = Stream.builder();
    for (Pending pending : asked) {
      view.find(pending).ifPresent(answer -> answer.path("alerts").forEach(all));
    }
    ArrayNode merged = services.mapper().createArrayNode();
    all.build()
        .sorted((a, b) -> text(b, "raisedAt").compareTo(text(a, "raisedAt")))
        .forEach(merged::add);
    return merged;
  }

  private static String text(JsonNode alert, String field) {
    return alert.path(field).asText("");
  }

  private static final class Asked {
    private final Pending checkpoints;
    private final Pending cost;
    private final Pending progress;
    private final List<Pending> alerts;

    Asked(Services services, String runId) {
      checkpoints = services.ask(Service.CHECKPOINT, "/checkpoints?limit=1000&runId=" + runId);
      cost = services.ask(Service.COST, "/costs/" + runId);
      progress = services.ask(Service.MONITOR, "/progress/" + runId);
      alerts =
          ALERTING.stream().map(s -> services.ask(s, "/alerts?limit=100&runId=" + runId)).toList();
    }

    RunFacts facts(Run run, Services services, PartialView view) throws InterruptedException {
      JsonNode written =
          view.find(checkpoints)
              .map(answer -> answer.path("checkpoints"))
              .orElseGet(() -> services.mapper().createArrayNode());
      return new RunFacts(
          run,
          written,
          view.find(cost).orElse(null),
          view.find(progress).orElse(null),
          merged(alerts, services, view));
    }
  }
}
