package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A home directory in which a task's scripts run as SkyPilot runs them, with witnesses for tools.
 */
final class ScriptedMachine {

  /** Writes down its arguments, each ended by NUL, and drains a program given on standard input. */
  private static final String WITNESS =
      """
      #!/bin/sh
      printf '%s\\0' "$@" "WANDB_RUN_ID=${WANDB_RUN_ID:-}" "WANDB_MODE=${WANDB_MODE:-}" \
        "GCS_BUCKET=${GCS_BUCKET:-}" >> "$HOME/calls"
      printf '%s\\0' END >> "$HOME/calls"
      case "$*" in *" -") cat > /dev/null ;; esac
      """;

  private final Path home;

  ScriptedMachine(Path home) throws IOException {
    this.home = home;
    for (String folder : List.of("fairy2", "training", "converter", "eval")) {
      Files.createDirectories(home.resolve("sky_workdir/packages").resolve(folder));
    }
    Path bin = Files.createDirectories(home.resolve(".local/bin"));
    for (String tool : List.of("uv", "nvidia-smi", "gsutil")) {
      Files.writeString(bin.resolve(tool), WITNESS);
      Files.setPosixFilePermissions(
          bin.resolve(tool), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  Path home() {
    return home;
  }

  static Map<String, String> variables(JsonNode task) {
    Map<String, String> variables = new HashMap<>();
    task.path("envs")
        .properties()
        .forEach(env -> variables.put(env.getKey(), env.getValue().textValue()));
    return variables;
  }

  /** Runs a script that must end well, and returns the calls of the witnesses so far. */
  List<List<String>> run(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    assertThat(exitCode(script, variables)).as(log()).isZero();
    List<List<String>> calls = new ArrayList<>();
    List<String> call = new ArrayList<>();
    for (String word : Files.readString(home.resolve("calls")).split("\0", -1)) {
      if (word.equals("END")) {
        calls.add(List.copyOf(call));
        call.clear();
      } else {
        call.add(word);
      }
    }
    return calls;
  }

  int exitCode(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path file = Files.writeString(home.resolve("script.sh"), script);
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(home.toFile());
    bash.environment().clear();
    bash.environment().putAll(variables);
    bash.environment().put("HOME", home.toString());
    bash.environment().put("PATH", "/usr/bin:/bin");
    bash.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
    Process process = bash.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(home.resolve("log"));
  }
}
