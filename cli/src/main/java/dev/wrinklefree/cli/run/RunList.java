package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest runs, joined from three services that are asked at the same time. */
public final class RunList {

  /** The most that a service lists. */
  public static final int MOST = 1000;

  /** Jobs and costs are listed by services that order them by their own clocks. */
  private static final int LEAST = 100;

  private final Services services;

  /** Asks these services. */
  public RunList(Services services) {
    this.services = services;
  }

  /**
   * A run with its money.
   *
   * @param run its launch and job
   * @param cost absent until there is any, or where cost-service is away
   */
  public record Line(Run run, @Nullable JsonNode cost) {}

  /**
   * The newest that the filter wants.
   *
   * @param most how many at most
   * @param view told which service is away
   */
  public List<Line> newest(int most, RunFilter filter, PartialView view)
      throws InterruptedException {
    int asked = filter.wantsAll() ? most : MOST;
    int listed = Math.min(MOST, Math.max(LEAST, 2 * asked));
    Pending launches =
        services.ask(
            Service.LAUNCH,
            new Query("/launches").and("limit", asked).and("name", filter.name()).toString());
    Pending jobs = services.ask(Service.MONITOR, "/jobs?limit=" + listed);
    Pending costs = services.ask(Service.COST, "/costs?limit=" + listed);
    JsonNode found = launches.get().path("launches");
    Map<String, JsonNode> jobOf = byRun(view, jobs, "jobs", found, "/jobs/");
    Map<String, JsonNode> costOf = byRun(view, costs, "costs", found, "/costs/");
    List<Line> lines = new ArrayList<>();
    for (JsonNode launch : found) {
      String runId = launch.path("runId").asText();
      JsonNode job = jobOf.get(runId);
      Run run = new Run(runId, launch, job != null && Run.hasState(job) ? job : null);
      if (filter.wants(run) && lines.size() < most) {
        lines.add(new Line(run, costOf.get(runId)));
      }
    }
    return lines;
  }

  /** The list's answers; one that the list is too short for is asked for by itself. */
  private Map<String, JsonNode> byRun(
      PartialView view, Pending list, String name, JsonNode launches, String path)
      throws InterruptedException {
    Map<String, JsonNode> byRun = new HashMap<>();
    JsonNode answer = view.find(list).orElse(null);
    if (answer == null) {
      return byRun;
    }
    answer.path(name).forEach(element -> byRun.put(element.path("runId").asText(), element));
    if (answer.path(name).size() < LEAST) {
      return byRun;
    }
    Map<String, Pending> missing = new LinkedHashMap<>();
    for (JsonNode launch : launches) {
      String runId = launch.path("runId").asText();
      if (!byRun.containsKey(runId) && launch.has("skypilotJobId")) {
        missing.put(runId, services.ask(list.service(), path + runId));
      }
    }
    for (Map.Entry<String, Pending> one : missing.entrySet()) {
      view.find(one.getValue()).ifPresent(element -> byRun.put(one.getKey(), element));
    }
    return byRun;
  }
}
