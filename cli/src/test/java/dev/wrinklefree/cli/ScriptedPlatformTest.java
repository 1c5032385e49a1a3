package dev.wrinklefree.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Progress;
import dev.wrinklefree.cli.rest.ServiceAddresses;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.rest.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Runs wf against four services that answer as told, at a fixed time. */
abstract class ScriptedPlatformTest {

  static final String LAUNCH =
      """
      {"runId":"my-run","name":"wf-fairy2-train","model":"smollm2_135m","mode":"w2",
       "status":"%s","accelerators":{"type":"H100","count":4},"bucket":"b",
       "checkpointPrefix":"fairy2/smollm2_135m/my-run/","requestedAt":"2026-11-23T09:00:00Z",
       "answeredAt":"2026-11-23T09:00:00.100Z","submittedAt":"2026-11-23T09:00:02Z","skypilotJobId":7}
      """;
  static final String JOB =
      """
      {"runId":"my-run","state":"%s","attempt":1,
       "placement":{"cloud":"nebius","region":"eu-north1","spot":false,"nodes":1},
       "reason":{"code":"c","text":"because"},
       "history":[{"state":"RUNNING","at":"2026-11-23T09:03:00Z","attempt":1},
                  {"state":"RECOVERING","at":"2026-11-23T09:20:00Z","attempt":1,
                   "reason":{"code":"preempted","text":"the machines were lost"}}]}
      """;
  static final String COST =
      """
      {"runId":"my-run","pricing":"known","spent":{"amount":"6.125","currency":"USD"},
       "perHour":{"amount":"3.85","currency":"USD"},"stalePrice":true,"intervals":[
       {"from":"2026-11-23T09:03:00Z","seconds":5727,"cloud":"nebius","nodes":1,
        "accelerators":{"type":"H100","count":1},"perHour":{"amount":"3.85","currency":"USD"},
        "amount":{"amount":"6.125","currency":"USD"},"priceSource":"nebius.com/prices",
        "priceDate":"2026-09-25","stale":true}]}
      """;

  final ScriptedService launch = started();
  final ScriptedService monitor = started();
  final ScriptedService checkpoint = started();
  final ScriptedService cost = started();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final Map<String, String> environment = new HashMap<>();

  ScriptedPlatformTest() {
    environment.put("XDG_CONFIG_HOME", "/nowhere");
    environment.put("WF_LAUNCH_URL", launch.url());
    environment.put("WF_MONITOR_URL", monitor.url());
    environment.put("WF_CHECKPOINT_URL", checkpoint.url());
    environment.put("WF_COST_URL", cost.url());
    environment.put("WF_LAUNCH_HEALTH_URL", launch.url());
    environment.put("WF_MONITOR_HEALTH_URL", monitor.url());
    environment.put("WF_CHECKPOINT_HEALTH_URL", checkpoint.url());
    environment.put("WF_COST_HEALTH_URL", cost.url());
  }

  @AfterEach
  void closeServices() {
    launch.close();
    monitor.close();
    checkpoint.close();
    cost.close();
  }

  int wf(String... args) {
    WfContext context =
        new WfContext(
            new Services(
                new ServiceAddresses(environment, new Properties()),
                Token.of(environment),
                Progress.SILENT),
            Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC),
            false,
            Ansi.OFF,
            Duration.ofMillis(5));
    CommandLine line = Wf.commandLine(context, args);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  /** The body of the only request that begins with that method and path. */
  JsonNode sent(ScriptedService service, String methodAndPath) throws IOException {
    String request =
        service.requests().stream()
            .filter(line -> line.startsWith(methodAndPath + " "))
            .reduce(
                (a, b) -> {
                  throw new AssertionError("twice: " + methodAndPath);
                })
            .orElseThrow(() -> new AssertionError("not asked: " + methodAndPath));
    return json(request.substring(methodAndPath.length() + 1));
  }

  static String list(String name, String... elements) {
    return "{\"" + name + "\":[" + String.join(",", elements) + "]}";
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static ScriptedService started() {
    try {
      return new ScriptedService();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
