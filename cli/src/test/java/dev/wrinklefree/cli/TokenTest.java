package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Progress;
import dev.wrinklefree.cli.rest.ServiceAddresses;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.rest.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Where wf finds its token, whom it shows it, and what it says where that is not enough. */
@SuppressWarnings("NullAway.Init") // JUnit sets the directory
class TokenTest {

  @SuppressWarnings("NullAway.Init") // JUnit fills it
  @TempDir
  Path home;

  private final ScriptedService service = new ScriptedService();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  TokenTest() throws IOException {
    for (String name : new String[] {"LAUNCH", "MONITOR", "CHECKPOINT", "COST"}) {
      environment.put("WF_" + name + "_URL", service.url());
      environment.put("WF_" + name + "_HEALTH_URL", service.url());
    }
  }

  @BeforeEach
  void setHome() {
    environment.put("HOME", home.toString());
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theEnvironmentComesFirst() throws IOException {
    environment.put("WF_TOKEN", "from-environment");
    environment.put("WF_TOKEN_FILE", file("named", "from-named-file").toString());
    file(".config/wf/token", "from-home");

    wf("show", "my-run");

    assertThat(service.authorizations()).isNotEmpty().containsOnly("Bearer from-environment");
  }

  @Test
  void aNamedFileComesBeforeTheOneAtHome() throws IOException {
    environment.put("WF_TOKEN_FILE", file("named", "from-named-file\n").toString());
    file(".config/wf/token", "from-home");

    wf("show", "my-run");

    assertThat(service.authorizations()).isNotEmpty().containsOnly("Bearer from-named-file");
  }

  @Test
  void theFileAtHomeIsTheLast() throws IOException {
    file(".config/wf/token", "from-home\n");

    wf("show", "my-run");

    assertThat(service.authorizations()).isNotEmpty().containsOnly("Bearer from-home");
  }

  @Test
  void withoutATokenNoneIsSent() {
    wf("show", "my-run");

    assertThat(service.authorizations()).isNotEmpty().containsOnly("");
  }

  @Test
  void healthEndpointsNeverSeeIt() {
    environment.put("WF_TOKEN", "secret-token");

    wf("status");

    assertThat(service.authorizations()).hasSize(4).containsOnly("");
  }

  @Test
  void logStreamsNeedItToo() {
    environment.put("WF_TOKEN", "secret-token");
    service.answer("GET /launches/my-run", 200, "{\"runId\":\"my-run\",\"status\":\"submitted\"}");

    wf("logs", "my-run");

    assertThat(service.requests()).anyMatch(line -> line.startsWith("GET /jobs/my-run/logs"));
    assertThat(service.authorizations()).containsOnly("Bearer secret-token");
  }

  @Test
  void aMissingTokenIsOneLineThatSaysWhatToSet() {
    service.answer("GET /launches/my-run", 401, "{}");

    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.DENIED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "wf: launch-service wants a token: set WF_TOKEN or WF_TOKEN_FILE, or put it into"
                + " ~/.config/wf/token");
  }

  @Test
  void aRefusedTokenIsOneLineThatDoesNotTellIt() {
    environment.put("WF_TOKEN", "secret-token");
    service.answer("GET /launches/my-run", 401, "{}");

    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.DENIED);
    assertThat(err.toString())
        .startsWith("wf: launch-service does not take this token: set WF_TOKEN")
        .hasLineCount(1)
        .doesNotContain("secret-token");
  }

  @Test
  void whatIsForbiddenIsToldInTheServicesWords() {
    environment.put("WF_TOKEN", "secret-token");
    service
        .answer("GET /launches/my-run", 200, "{\"runId\":\"my-run\",\"status\":\"submitted\"}")
        .answer("DELETE /launches/my-run", 403, "{\"detail\":\"It is alice's run.\"}");

    assertThat(wf("cancel", "my-run")).isEqualTo(ExitCode.DENIED);
    assertThat(err.toString()).isEqualToIgnoringNewLines("wf: It is alice's run.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "line\nbreak", "header\r\nX-Evil: 1", "ümlaut"})
  void whatIsNoTokenIsRefusedAndNotRepeated(String text) throws IOException {
    environment.put("WF_TOKEN_FILE", file("named", text).toString());

    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("holds no token").hasLineCount(1);
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    environment.put("WF_TOKEN_FILE", home.resolve("none").toString());

    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("cannot read the token in " + home.resolve("none"));
  }

  private Path file(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private int wf(String... args) {
    Token token;
    try {
      token = Token.of(environment);
    } catch (WfException e) {
      err.write("wf: " + e.getMessage() + "\n");
      return e.exitCode();
    }
    Services services =
        new Services(new ServiceAddresses(environment, new Properties()), token, Progress.SILENT);
    CommandLine line =
        Wf.commandLine(
            new WfContext(services, Clock.systemUTC(), false, Ansi.OFF, Duration.ofMillis(5)));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }
}
