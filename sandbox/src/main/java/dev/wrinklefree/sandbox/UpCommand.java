package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.platform.Platform;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox up}: the platform in the foreground until Ctrl-C. */
@Command(
    name = "up",
    description = "Run the platform until Ctrl-C, SIGTERM or the death of a service.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:A part did not come up, or a service died.",
      "2:Nothing was started: a bad option, a taken port, a service that is not built."
    })
final class UpCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where data and logs go (default: .sandbox of the checkout).")
  private @Nullable Path state;

  @Option(
      names = "--report",
      description = "Also print how long each service took and how much memory each process has.")
  private boolean report;

  @Option(
      names = "--one-by-one",
      description =
          "Start each service after the one before is ready, to see what each needs alone.")
  private boolean oneByOne;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    var terminal = command.commandLine();
    Path directory = state == null ? options.checkout().root().resolve(".sandbox") : state;
    return new PlatformSession(terminal.getOut(), terminal.getErr())
        .run(
            options.checkout(),
            directory,
            options.keep,
            options.ports(terminal.getParseResult()),
            oneByOne ? Platform.Pace.ONE_BY_ONE : Platform.Pace.ALL_AT_ONCE,
            this::stayUp);
  }

  private int stayUp(Platform platform, Platform.Ready ready, Progress progress)
      throws IOException, StartException, InterruptedException {
    CompletableFuture<String> death = platform.whenAServiceDies();
    progress.say("The platform is ready");
    progress.print("");
    progress.print(platform.directions(ready));
    if (report) {
      progress.print(platform.report(ready));
    }
    progress.print("Stop it with Ctrl-C here, or 'make down' elsewhere.");
    throw new StartException(death.join());
  }
}
