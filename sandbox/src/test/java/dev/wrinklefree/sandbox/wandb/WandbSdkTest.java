package dev.wrinklefree.sandbox.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Runs only where {@code WANDB_PYTHON} names an interpreter that has the package wandb. */
@EnabledIfEnvironmentVariable(named = "WANDB_PYTHON", matches = ".+")
class WandbSdkTest {

  @Test
  void shouldServeTheOfficialSdk(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("log");
    try (WandbServer server = WandbServer.start(0)) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  System.getenv("WANDB_PYTHON"),
                  "src/test/python/wandb_sdk.py",
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("WANDB_BASE_URL", server.endpoint().toString());
      builder.environment().put("WANDB_API_KEY", server.apiKey());
      Process process = builder.start();
      try {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }
}
