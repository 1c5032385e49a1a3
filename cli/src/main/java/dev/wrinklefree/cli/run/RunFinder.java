package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the run that a person means: by its run id, or by a name such as {@code wf-fairy2-train}
 * that many runs share. A name means its only live run; nothing is ever guessed from several.
 */
public final class RunFinder {

  private static final int NAMESAKES = 1000;

  private final Services services;

  /** Asks these services. */
  public RunFinder(Services services) {
    this.services = services;
  }

  /**
   * The run of that id or name.
   *
   * @throws WfException if there is none, or if several live runs share the name
   */
  public Run find(String idOrName) throws InterruptedException {
    String encoded = Query.encoded(idOrName);
    // Both at once: most people give a run id.
    Pending launch = services.ask(Service.LAUNCH, "/launches/" + encoded);
    Pending job = services.ask(Service.MONITOR, "/jobs/" + encoded);
    Optional<JsonNode> known = launch.find();
    if (known.isPresent()) {
      String runId = known.get().path("runId").asText();
      return new Run(runId, known.get(), job.find().filter(Run::hasState).orElse(null));
    }
    return onlyLive(idOrName, namesakes(encoded));
  }

  private List<Run> namesakes(String encoded) throws InterruptedException {
    Pending launches =
        services.ask(Service.LAUNCH, "/launches?limit=" + NAMESAKES + "&name=" + encoded);
    Pending jobs = services.ask(Service.MONITOR, "/jobs?limit=" + NAMESAKES);
    List<Run> namesakes = new ArrayList<>();
    Map<String, JsonNode> byRun = new HashMap<>();
    jobs.get().path("jobs").forEach(job -> byRun.put(job.path("runId").asText(), job));
    for (JsonNode launch : launches.get().path("launches")) {
      JsonNode job = byRun.get(launch.path("runId").asText());
      // The list of jobs ends somewhere; what still seems to live is asked for by itself.
      namesakes.add(
          job == null && RunState.isLive(launch, null)
              ? withJob(launch)
              : new Run(launch.path("runId").asText(), launch, job));
    }
    return namesakes;
  }

  /** The run anew, as the services know it now. */
  public Run refreshed(Run run) throws InterruptedException {
    JsonNode launch =
        services.find(Service.LAUNCH, "/launches/" + run.runId()).orElse(run.launch());
    return withJob(launch);
  }

  /** The monitor knows a run from its acceptance on; there is a job once it has a state. */
  private Run withJob(JsonNode launch) throws InterruptedException {
    String runId = launch.path("runId").asText();
    JsonNode job =
        services.find(Service.MONITOR, "/jobs/" + runId).filter(Run::hasState).orElse(null);
    return new Run(runId, launch, job);
  }

  private static Run onlyLive(String name, List<Run> namesakes) {
    List<Run> live = namesakes.stream().filter(Run::isLive).toList();
    if (live.size() == 1) {
      return live.getFirst();
    }
    if (live.size() > 1) {
      throw new WfException(
          ExitCode.AMBIGUOUS,
          name
              + " stands for "
              + live.size()
              + " live runs: "
              + String.join(", ", live.stream().map(Run::runId).toList())
              + ". Give the run id.");
    }
    if (namesakes.isEmpty()) {
      throw new WfException(ExitCode.NOT_FOUND, "no run is called \"" + name + "\". See: wf runs");
    }
    throw new WfException(
        ExitCode.NOT_FOUND,
        "no live run is called \""
            + name
            + "\"; the newest that ended is "
            + namesakes.getFirst().runId()
            + ". Give the run id.");
  }
}
