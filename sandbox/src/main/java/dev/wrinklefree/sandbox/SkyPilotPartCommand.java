package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The stand-in for SkyPilot alone. */
@Command(name = "skypilot", description = "The stand-in for SkyPilot's API server.")
final class SkyPilotPartCommand extends PartCommand.Part {

  @Option(
      names = "--job-variable",
      paramLabel = "NAME=VALUE",
      description = "An environment variable of every job.")
  private Map<String, String> jobVariables = new LinkedHashMap<>();

  @Option(
      names = "--step-time",
      paramLabel = "DURATION",
      defaultValue = "PT1S",
      description = "How long each simulated step of a job takes (default: ${DEFAULT-VALUE}).")
  private Duration stepTime = Duration.ofSeconds(1);

  @Override
  AutoCloseable start() throws IOException {
    SkyPilotSettings settings =
        SkyPilotSettings.in(state)
            .withAddress("127.0.0.1", port)
            .withTimings(JobTimings.every(stepTime));
    for (Map.Entry<String, String> variable : jobVariables.entrySet()) {
      settings = settings.withJobVariable(variable.getKey(), variable.getValue());
    }
    return new SkyPilotServer(settings).start();
  }
}
