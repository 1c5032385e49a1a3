package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that trains takes: where to go on from, and the training's configuration. */
final class TrainingOptions {

  /** What {@code --resume} means wherever it is taken. */
  static final String RESUME =
      "Go on from a checkpoint: latest, a run id, or gs://…. Refused where the trainer cannot.";

  @Option(
      names = {"-r", "--resume"},
      paramLabel = "FROM",
      description = RESUME)
  private @Nullable String resume;

  @Parameters(
      paramLabel = "OVERRIDE",
      arity = "0..*",
      description = "Training configuration, for example training.max_steps=10000.")
  private List<String> overrides = new ArrayList<>();

  /** Puts what was given into a request. */
  void addTo(ObjectNode request) {
    LaunchOptions.putIfGiven(request, "resume", resume);
    if (!overrides.isEmpty()) {
      overrides.forEach(request.putArray("overrides")::add);
    }
  }
}
