package dev.wrinklefree.bench.foreign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.bench.bed.NotToBeHadException;
import dev.wrinklefree.bench.bed.Workbench;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real SkyPilot API server without clouds, and its command line. */
public final class SkyPilotPeer {

  private static final String ENVIRONMENT = "skypilot";
  private static final int PORT = 47_580;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** No cloud but Slurm is probed, and the server runs the controllers of managed jobs itself. */
  private static final String CONFIGURATION =
      """
      jobs: {controller: {consolidation_mode: true}}
      allowed_clouds: [slurm]
      """;

  private final Workbench workbench;
  private final Path sky;
  private final PrivateHome home;

  /**
   * @param name of the home folder, so that two suites do not share a table
   * @throws NotToBeHadException if it is not installed
   */
  public SkyPilotPeer(Workbench workbench, String name) throws IOException, NotToBeHadException {
    this.workbench = workbench;
    this.sky = workbench.peer(ENVIRONMENT, "sky");
    this.home =
        new PrivateHome(
            workbench,
            workbench.state().resolve(name),
            Map.of(
                "PATH",
                sky.getParent() + ":" + System.getenv("PATH"),
                "SKYPILOT_DISABLE_USAGE_COLLECTION",
                "1",
                "SKYPILOT_API_SERVER_LOCAL_PORT",
                Integer.toString(PORT)));
    Path settings = Files.createDirectories(home.folder().resolve(".sky")).resolve("config.yaml");
    Files.writeString(settings, CONFIGURATION);
  }

  /** Starts the server as {@code sky api start} does, and waits until it is healthy. */
  public ForeignServer start() throws IOException, InterruptedException {
    return ForeignServer.start(
        home,
        "skypilot-server",
        List.of(
            "env",
            "IS_SKYPILOT_SERVER=true",
            sky.resolveSibling("python").toString(),
            "-m",
            "sky.server.server",
            "--host=127.0.0.1",
            "--port=" + PORT),
        URI.create("http://127.0.0.1:" + PORT + "/api/health"));
  }

  /**
   * Writes jobs into the table of a server that runs and has been asked for its queue before.
   *
   * @param rows as the queue shows them
   */
  public void seed(List<ObjectNode> rows) throws IOException, InterruptedException {
    Path file = home.folder().resolve("rows.json");
    MAPPER.writeValue(file.toFile(), rows);
    Path script = workbench.checkout().root().resolve("scripts/skypilot-jobs.py");
    Path database = home.folder().resolve(".sky/spot_jobs.db");
    var unused =
        home.time(
            "skypilot-seed",
            List.of(
                sky.resolveSibling("python").toString(),
                script.toString(),
                database.toString(),
                file.toString()));
  }

  /** Runs {@code sky} with these arguments and measures it. */
  public CommandTime command(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(sky.toString()));
    command.addAll(List.of(arguments));
    return home.time("sky-" + arguments[arguments.length > 1 ? 1 : 0], command);
  }

  /** Where the server and the command line live. */
  public PrivateHome home() {
    return home;
  }
}
