package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Platform;
import dev.wrinklefree.sandbox.platform.Ports;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.SetupException;
import dev.wrinklefree.sandbox.platform.StartException;
import dev.wrinklefree.sandbox.platform.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A platform for as long as some work lasts or until a signal comes, and nothing of it afterwards.
 */
final class PlatformSession {

  /** All went well. */
  static final int OK = 0;

  /** Something did not come up, died or did not do what it must. */
  static final int FAILED = 1;

  /** Nothing was started, since something outside must be put right first. */
  static final int SETUP = 2;

  private final PrintWriter out;
  private final PrintWriter err;
  private final AtomicBoolean stopping = new AtomicBoolean();

  PlatformSession(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** What is done with a ready platform. */
  @FunctionalInterface
  interface Work {

    /** Gives the exit code. */
    int run(Platform platform, Platform.Ready ready, Progress progress)
        throws IOException, StartException, InterruptedException;
  }

  /** Starts a platform, lets the work run and stops the platform, whatever happens. */
  int run(
      Checkout checkout,
      Path stateDirectory,
      boolean keep,
      Ports ports,
      Platform.Pace pace,
      Work work)
      throws IOException, InterruptedException {
    try (StateDirectory state = StateDirectory.lock(stateDirectory)) {
      ServiceDefinition.NAMES.forEach(checkout::requireBuilt);
      ports.requireFree();
      state.prepare(keep);
      SandboxLogging.to(state.log("sandbox"));
      Progress progress = new Progress(out);
      try (Platform platform = new Platform(checkout, state, ports, progress)) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, state)));
        int exitCode = work.run(platform, platform.start(pace), progress);
        announceStop();
        return exitCode;
      }
    } catch (SetupException e) {
      return fail(SETUP, e);
    } catch (StartException e) {
      return fail(FAILED, e);
    } catch (IllegalStateException e) {
      if (stopping.get()) {
        return FAILED;
      }
      throw e;
    }
  }

  private void stop(Platform platform, StateDirectory state) {
    announceStop();
    try (state) {
      platform.close();
    } catch (IOException e) {
      err.println("sandbox: " + e.getMessage());
    }
    out.flush();
  }

  private void announceStop() {
    if (stopping.compareAndSet(false, true)) {
      out.println("Stopping …");
      out.flush();
    }
  }

  private int fail(int exitCode, Exception reason) {
    if (!stopping.get()) {
      err.println("sandbox: " + reason.getMessage());
      err.flush();
    }
    return exitCode;
  }
}
