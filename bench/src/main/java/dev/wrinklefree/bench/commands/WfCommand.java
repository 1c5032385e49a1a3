package dev.wrinklefree.bench.commands;

import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.bench.foreign.CommandTime;
import dev.wrinklefree.bench.foreign.PrivateHome;
import dev.wrinklefree.bench.platform.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code wf} of the checkout, for services that run on free ports. */
final class WfCommand {

  private final PrivateHome home;
  private final String program;

  WfCommand(Workbench workbench, Map<String, RunningService> services, String kafka)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("WF_TOKEN", Platform.TOKEN);
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", kafka);
    services.forEach(
        (name, service) -> {
          String prefix = "WF_" + name.replace("-service", "").toUpperCase(Locale.ROOT);
          environment.put(prefix + "_URL", service.rest().toString());
          environment.put(prefix + "_HEALTH_URL", service.management().toString());
        });
    this.home = new PrivateHome(workbench, workbench.state().resolve("wf"), environment);
    this.program = workbench.checkout().root().resolve("wf").toAbsolutePath().toString();
  }

  CommandTime run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return home.time("wf-" + arguments[0], command);
  }
}
