package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.demo.Demo;
import dev.wrinklefree.sandbox.platform.Platform;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sandbox demo}: one run from its launch event to its end, then everything is stopped. */
@Command(
    name = "demo",
    description =
        "Run the platform, launch one Fairy2 run by an event, take its machine away once and follow it to its end.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:The run did not go as it must, or a part of the platform failed.",
      "2:Nothing was started: a bad option, a taken port, a service that is not built."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine terminal = Objects.requireNonNull(spec).commandLine();
    return new PlatformSession(terminal.getOut(), terminal.getErr())
        .run(
            options.checkout(),
            options.checkout().root().resolve(".sandbox/demo"),
            options.keep,
            options.ports(terminal.getParseResult()),
            Platform.Pace.ALL_AT_ONCE,
            (platform, ready, progress) -> {
              progress.say("The platform is ready");
              Demo demo = new Demo(ready.addresses(), platform.whenAServiceDies(), progress);
              boolean complete = demo.run();
              progress.print(platform.report(ready));
              return complete ? PlatformSession.OK : PlatformSession.FAILED;
            });
  }
}
