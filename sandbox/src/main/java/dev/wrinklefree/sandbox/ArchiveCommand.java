package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Platform;
import dev.wrinklefree.sandbox.platform.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox archive}: what makes the services start faster, once per build. */
@Command(
    name = "archive",
    description =
        "Start and stop each service once, so that its JVM keeps its classes ready for the next"
            + " start. Does nothing where that is done since the last build.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:A part did not come up.",
      "2:Nothing was started: a bad option, a taken port, a service that is not built."
    })
final class ArchiveCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The project's top level, where the built services are (default: here).")
  private Path root = Path.of(".");

  @Override
  public Integer call() throws IOException, InterruptedException {
    var terminal = Objects.requireNonNull(spec).commandLine();
    Checkout checkout = new Checkout(root);
    if (Platform.hasFreshArchives(checkout)) {
      return PlatformSession.OK;
    }
    return new PlatformSession(terminal.getOut(), terminal.getErr())
        .run(
            checkout,
            checkout.root().resolve(".sandbox").resolve("archive"),
            false,
            Ports.anyFree(),
            Platform.Pace.ONE_BY_ONE_TO_ARCHIVE,
            (platform, ready, progress) -> PlatformSession.OK);
  }
}
