package dev.wrinklefree.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

  private static final long PATIENCE_SECONDS = 30;

  @Test
  void shouldEndAGuardedProcessWhenTheGuardingJvmIsKilledHard() throws Exception {
    Process jvm = guardingJvm();
    try (BufferedReader out = jvm.inputReader()) {
      ProcessHandle guarded = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(guarded.isAlive()).isTrue();

      jvm.destroyForcibly();

      guarded.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(guarded.isAlive()).isFalse();
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void shouldKillAProcessThatDoesNotHeedItsSignal() throws Exception {
    Process stubborn = start("trap '' TERM; echo ready; while :; do sleep 1; done");
    stubborn.inputReader().readLine();
    try (Watchdog watchdog = Watchdog.start()) {
      watchdog.guard(stubborn.pid(), Watchdog.Signal.TERM);
    }

    assertThat(stubborn.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(stubborn.exitValue()).as("128 + SIGKILL").isEqualTo(137);
  }

  @Test
  void shouldLeaveAReleasedProcessAlone() throws Exception {
    Process released = start("exec sleep 60");
    Process guarded = start("exec sleep 60");
    try {
      try (Watchdog watchdog = Watchdog.start()) {
        watchdog.guard(released.pid(), Watchdog.Signal.TERM);
        watchdog.guard(guarded.pid(), Watchdog.Signal.INT);
        watchdog.release(released.pid());
      }

      assertThat(guarded.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(released.isAlive()).isTrue();
    } finally {
      released.destroyForcibly();
      guarded.destroyForcibly();
    }
  }

  @Test
  void shouldEndAProcessThatWritesItsIdOnlyAfterTheGuardingJvmIsGone(@TempDir Path directory)
      throws Exception {
    Path idFile = directory.resolve("late.pid");
    // With a handler of its own, as PostgreSQL has: a shell in the background ignores interrupts
    // for good.
    String program =
        """
        import os, signal, sys, time
        signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
        time.sleep(1)
        open(sys.argv[1], "w").write(f"{os.getpid()}\\n")
        time.sleep(60)
        """;
    Process late = new ProcessBuilder("python3", "-c", program, idFile.toString()).start();
    try (Watchdog watchdog = Watchdog.start()) {
      watchdog.guardFile(idFile, Watchdog.Signal.INT);
    }

    assertThat(late.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(late.exitValue()).as("ended by its handler of SIGINT").isEqualTo(130);
  }

  /** Guards a process of its own, prints that one's id and waits to be killed. */
  static final class GuardingProgram {
    public static void main(String[] arguments) throws Exception {
      Process child = new ProcessBuilder("sleep", "60").start();
      Watchdog.start().guard(child.pid(), Watchdog.Signal.TERM);
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  private static Process guardingJvm() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            GuardingProgram.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Process start(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }
}
