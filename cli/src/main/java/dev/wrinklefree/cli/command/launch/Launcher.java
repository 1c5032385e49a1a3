package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Service;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Sends a launch request and does what the person asked to be done next. */
final class Launcher {

  private final WfContext context;
  private final CommandLine commandLine;
  private final PrintWriter out;
  private final boolean json;

  /** Prints where that command prints, as JSON or for people. */
  Launcher(WfContext context, CommandLine commandLine, boolean json) {
    this.context = context;
    this.commandLine = commandLine;
    this.out = commandLine.getOut();
    this.json = json;
  }

  /** An empty request. */
  ObjectNode request() {
    return context.services().mapper().createObjectNode();
  }

  /**
   * Launches, or only checks where {@code --dry-run} is given.
   *
   * @param request what to launch; the options are added to it
   * @param detached whether to return at once where the person says nothing
   * @return the exit code
   */
  int launch(ObjectNode request, LaunchOptions options, boolean detached)
      throws InterruptedException {
    options.addTo(request);
    if (options.isDryRun()) {
      return new DryRun(context, out).run(request, json);
    }
    JsonNode answer = context.services().post(Service.LAUNCH, "/launches", request);
    String launched = answer.path("runId").asText();
    boolean returns = options.isDetached(detached);
    if (!json) {
      tell(launched);
    } else if (returns) {
      out.println(answer);
    }
    return returns ? ExitCode.OK : new RunFollower(context, commandLine).follow(launched, json);
  }

  private void tell(String launched) {
    out.println("Launched " + launched);
    out.println("  Story:  wf show " + launched);
    out.println("  Logs:   wf logs " + launched + " -f");
    out.println("  Cancel: wf cancel " + launched);
    out.flush();
  }
}
