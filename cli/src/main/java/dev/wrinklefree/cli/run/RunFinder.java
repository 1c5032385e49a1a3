package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
    String encoded = URLEncoder.encode(idOrName, StandardCharsets.UTF_8);
    var launch = services.find(Service.LAUNCH, "/launches/" + encoded);
    if (launch.isPresent()) {
      return withJob(launch.get());
    }
    List<Run> namesakes = new ArrayList<>();
    for (JsonNode candidate :
        services
            .get(Service.LAUNCH, "/launches?limit=" + NAMESAKES + "&name=" + encoded)
            .path("launches")) {
      namesakes.add(withJob(candidate));
    }
    return onlyLive(idOrName, namesakes);
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
        services
            .find(Service.MONITOR, "/jobs/" + runId)
            .filter(known -> known.has("state"))
            .orElse(null);
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
