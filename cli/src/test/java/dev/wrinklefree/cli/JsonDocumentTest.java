package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.platform.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Holds wf to docs/cli-json.md: each example there is run, and what is printed is compared. */
class JsonDocumentTest extends ScriptedPlatformTest {

  private static final Path DOCUMENT = Path.of("../docs/cli-json.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```\n\\$ wf ([^\n]*)\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^## wf (.*)$");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What they print has times and offsets of a real broker in it: only its fields are compared. */
  private static final Set<String> LIVE = Set.of("events", "audit", "dead-letters");

  private static final String DONE =
      """
      {"runId":"my-run","state":"SUCCEEDED","attempt":1,"history":[]}
      """;
  private static final String COSTS =
      """
      {"runId":"my-run","pricing":"known","spent":{"amount":"6.125","currency":"USD"}}
      """;
  private static final String CHECKPOINT =
      """
      {"runId":"my-run","kind":"step","step":1000,"uri":"gs://b/fairy2/smollm2_135m/my-run/c-1000/",
       "totalBytes":807301156,"revision":1,"writtenAt":"2026-11-23T09:10:00Z"}
      """;
  private static final String PROGRESS =
      """
      {"runId":"my-run","step":1200,"loss":3.2151,"nonFinite":[],"wandbState":"running",
       "heartbeatAt":"2026-11-23T09:59:30Z"}
      """;
  private static final String ALERT =
      """
      {"runId":"my-run","code":"no-progress","status":"raised","severity":"critical",
       "message":"No step for 12 minutes.","suggestion":"Look at the log.","evidence":{"step":"1200"},
       "raisedAt":"2026-11-23T09:40:00Z"}
      """;
  private static final String OFFERS =
      """
      "offers":[{"cloud":"nebius","accelerators":{"type":"H100","count":1},"spot":false,
        "perHour":{"amount":"3.85","currency":"USD"},"total":{"amount":"7.70","currency":"USD"},
        %s"priceSource":"nebius.com/prices","priceDate":"2026-09-25","stale":true}]
      """;
  private static final String WEBHOOK =
      """
      {"id":"wh-1","url":"https://ci.example/hook","owner":"ada","createdAt":"2026-11-23T09:00:00Z",
       "pending":0,"deadLetters":0%s}
      """;

  private final ContractProducer producer = new ContractProducer();

  record Example(List<String> arguments, String printed) {
    @Override
    public String toString() {
      return "wf " + String.join(" ", arguments);
    }
  }

  static Stream<Example> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(found -> new Example(List.of(found.group(1).split(" ", -1)), found.group(2)));
  }

  @BeforeEach
  void platform() {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    launch
        .answer("POST /launches", 202, "{\"runId\":\"my-run\",\"status\":\"requested\"}")
        .answer("POST /dry-runs", 200, plan())
        .answer("GET /launches/my-run", 200, launched())
        .answer("GET /launches?limit=10", 200, list("launches", launched()))
        .answer("GET /launches?limit=1", 200, list("launches", launched()))
        .answer("DELETE /launches/my-run", 202, cancelled())
        .answer("GET /checks", 200, "{\"checks\":[]}")
        .answer("GET /templates", 200, templates());
    monitor
        .answer("GET /jobs/my-run", 200, DONE.replace("SUCCEEDED", "RUNNING"))
        .answer("GET /jobs?limit=100", 200, list("jobs", DONE.replace("SUCCEEDED", "RUNNING")))
        .answer("GET /jobs/my-run/logs?follow=false", 200, "step 1 loss 5.1\n")
        .answer("GET /progress/my-run", 200, PROGRESS)
        .answer("GET /progress?limit=5", 200, list("progress", PROGRESS))
        .answer("GET /alerts?limit=100&runId=my-run", 200, list("alerts", ALERT))
        .answer("GET /alerts?open=true&limit=20", 200, list("alerts", ALERT))
        .answer("POST /webhooks", 201, WEBHOOK.formatted(",\"secret\":\"whsec_c2VjcmV0\""))
        .answer("GET /webhooks?limit=1000", 200, list("webhooks", WEBHOOK.formatted("")))
        .answer("GET /webhooks/wh-1", 200, WEBHOOK.formatted(""))
        .answer("DELETE /webhooks/wh-1", 204, "")
        .answer("POST /webhooks/wh-1/ping", 200, ping())
        .answer("GET /webhooks/wh-1/dead-letters?limit=1000", 200, webhookLetters())
        .answer("GET /checks", 200, checks());
    checkpoint
        .answer("GET /checkpoints?limit=1000&runId=my-run", 200, list("checkpoints", CHECKPOINT))
        .answer("GET /checkpoints?limit=20&runId=my-run", 200, list("checkpoints", CHECKPOINT))
        .answer("GET /checkpoints/my-run/latest", 200, CHECKPOINT)
        .answer("GET /checks", 200, "{\"checks\":[]}");
    cost.answer("GET /costs/my-run", 200, COSTS)
        .answer("GET /costs?limit=100", 200, list("costs", COSTS))
        .answer("GET /costs?limit=20", 200, list("costs", COSTS))
        .answer("GET /costs/my-run/what-if", 200, whatIf())
        .answer("GET /checks", 200, "{\"checks\":[]}")
        .answer("GET /estimates?model=smollm2_135m&scale=small", 200, estimate());
    for (ScriptedService service : new ScriptedService[] {launch, monitor, checkpoint, cost}) {
      service.answer("GET /q/health/ready", 200, "{\"status\":\"UP\"}");
    }
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatTheDocumentSays(Example example) throws Exception {
    if (example.arguments().contains("--no-detach")) {
      monitor.close();
      environment.put("WF_MONITOR_URL", cost.url());
      cost.answer("GET /jobs/my-run", 200, DONE);
    }
    List<JsonNode> written = read(example.printed());
    if (LIVE.contains(example.arguments().getFirst())) {
      wf(onTheBroker(example.arguments()));
      assertThat(read(out.toString())).isNotEmpty().first().satisfies(p -> hasFields(p, written));
    } else {
      wf(example.arguments().toArray(String[]::new));
      assertThat(pretty(read(addressed(out.toString())))).isEqualTo(pretty(written));
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysItOfEveryCommandThatPrintsJson() throws IOException {
    Set<String> headings = new TreeSet<>();
    Matcher heading = HEADING.matcher(Files.readString(DOCUMENT));
    while (heading.find()) {
      headings.addAll(List.of(heading.group(1).split(", ", -1)));
    }
    Set<String> commands = new TreeSet<>();
    WfContext context = WfContext.ofProcess(Map.of("HOME", "/nowhere"));
    Wf.commandLine(context).getSubcommands().forEach((name, line) -> add(commands, name, line));
    assertThat(headings).isEqualTo(commands);
  }

  private static void add(Set<String> commands, String name, CommandLine line) {
    if (line.getCommandSpec().findOption("--output") != null) {
      commands.add(name);
    }
    line.getSubcommands().forEach((sub, nested) -> add(commands, name + " " + sub, nested));
  }

  private static void hasFields(JsonNode printed, List<JsonNode> written) {
    assertThat(written).isNotEmpty();
    assertThat(fields(printed)).containsAll(fields(written.getFirst()));
    for (String name : fields(written.getFirst())) {
      JsonNode elements = written.getFirst().path(name);
      if (elements.isArray() && !elements.isEmpty()) {
        assertThat(fields(printed.path(name).path(0))).containsAll(fields(elements.get(0)));
      }
    }
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> read(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> found = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      found.forEachRemaining(documents::add);
    }
    return documents;
  }

  private static String pretty(List<JsonNode> documents) {
    return String.join("\n", documents.stream().map(JsonNode::toPrettyString).toList());
  }

  /** The document has the addresses of a platform on this machine. */
  private String addressed(String printed) {
    return printed
        .replace(launch.url(), "http://localhost:8081")
        .replace(monitor.url(), "http://localhost:8082")
        .replace(checkpoint.url(), "http://localhost:8083")
        .replace(cost.url(), "http://localhost:8084")
        .replace(TestBroker.bootstrapServers(), "localhost:9092");
  }

  /** A run and a dead letter that are really there, in place of those of the document. */
  private String[] onTheBroker(List<String> arguments) {
    RunId run = Fixtures.newRunId();
    EventAttributes request = producer.send(run, Fixtures.launchRequested());
    launch.answer("GET /launches/" + run, 200, launched().replace("my-run", run.value()));
    ProducerRecord<String, byte[]> letter =
        new EventCodec()
            .write(request, "{\"model\":\"smollm2_135m\"}".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("dead-letter-reason", "bad-json: torn".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("dead-letter-topic", "launch-requested".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("dead-letter-partition", "3".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("dead-letter-offset", "7".getBytes(StandardCharsets.UTF_8));
    RecordMetadata stored =
        producer.send(
            new ProducerRecord<>(
                Topic.LAUNCH_REQUESTED.deadLetterName(),
                0,
                run.value(),
                letter.value(),
                letter.headers()));
    return arguments.stream()
        .map(word -> word.equals("my-run") ? run.value() : word)
        .map(
            word ->
                word.endsWith("-dead-letter/0/0")
                    ? word.replaceAll("0$", Long.toString(stored.offset()))
                    : word)
        .toArray(String[]::new);
  }

  private static String launched() {
    return """
        {"runId":"my-run","name":"wf-fairy2-train","template":"fairy2_train","model":"smollm2_135m",
         "mode":"w2","scale":"small","status":"submitted","skypilotJobId":7,
         "requestedAt":"2026-11-23T09:00:00Z"}
        """;
  }

  private static String cancelled() {
    return "{\"runId\":\"my-run\",\"status\":\"cancel-requested\"}";
  }

  private static String plan() {
    return """
        {"template":"fairy2_train","name":"wf-fairy2-train","model":"smollm2_135m","mode":"w2",
         "scale":"small","accelerators":{"type":"H100","count":1},"clouds":[{"cloud":"nebius"}],
         "spot":false,"overrides":[],"secrets":["WANDB_API_KEY"],"labels":{},"parameters":{}}
        """;
  }

  private static String templates() {
    return """
        {"templates":[{"name":"train","description":"One stage of the 1.58-bit training.",
          "parameters":[{"name":"stage","type":"choice","required":true,"choices":["1","2"]}],
          "models":["qwen3_4b"],"scales":["small","large"],"resume":true,"checkpoints":true,
          "friendlyName":"wrinklefree-train"}]}
        """;
  }

  private static String estimate() {
    return "{\"model\":\"smollm2_135m\",\"scale\":\"small\",\"hours\":\"2\","
        + "\"hoursSource\":\"measured\","
        + OFFERS.formatted("")
        + "}";
  }

  private static String whatIf() {
    return "{\"runId\":\"my-run\","
        + OFFERS.formatted("\"difference\":{\"amount\":\"1.575\",\"currency\":\"USD\"},")
        + "}";
  }

  private static String checks() {
    return """
        {"checks":[{"name":"wandb-key","status":"failed","detail":"refused",
                    "advice":"Set WANDB_API_KEY."}]}
        """;
  }

  private static String ping() {
    return "{\"delivered\":true,\"answer\":\"HTTP status 204\",\"millis\":12}";
  }

  private static String webhookLetters() {
    return """
        {"deadLetters":[{"deliveryId":"msg_1","source":"/monitor-service/job-state",
          "eventId":"my-run:3","type":"dev.wrinklefree.job.state-changed.v1","runId":"my-run",
          "createdAt":"2026-11-23T09:00:00Z","deadAt":"2026-11-23T09:50:00Z","tries":8,
          "reason":"HTTP status 500"}]}
        """;
  }
}
