package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Progress;
import dev.wrinklefree.cli.rest.ServiceAddresses;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.rest.Token;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.platform.TestBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands that work on the topics, with a real broker. */
class KafkaCommandsTest {

  private final Map<String, String> environment =
      new HashMap<>(Map.of("WF_KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers()));
  private final ContractProducer producer = new ContractProducer();
  private final RunId run = Fixtures.newRunId();
  private String out = "";
  private String err = "";

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void findsALostAnswer() throws Exception {
    producer.send(run, Fixtures.launchRequested());

    assertThat(wf("audit", run.value(), "--grace", "PT0S")).isEqualTo(ExitCode.PROMISE_BROKEN);
    assertThat(out)
        .containsPattern("one-answer +1 +1 lost +every launch request")
        .containsPattern("lost +answer-missing +" + run + " +launch-requested/\\d/\\d+ +The launch")
        .contains("1 records, 0 of them events of the platform: 1 lost, 0 wrong, 0 repeated");

    assertThat(wf("audit", run.value())).as("while it is young").isEqualTo(ExitCode.OK);
    assertThat(out).contains("ok, 1 pending");
  }

  @Test
  void findsNothingOfARunThatWasAnswered() throws Exception {
    EventAttributes request = producer.send(run, Fixtures.launchRequested());
    EventAttributes answer =
        new EventAttributes(
            run + ":1",
            "/launch-service/launch-state",
            EventType.LAUNCH_REJECTED,
            run,
            request.time(),
            request.time(),
            1L,
            request.id(),
            request.id(),
            null);
    producer.send(new Event<>(answer, Fixtures.launchRejected(run)));

    assertThat(wf("audit", run.value(), "--grace", "PT0S", "-o", "json")).isEqualTo(ExitCode.OK);
    JsonNode report = json(out);
    assertThat(report.path("clean").asBoolean()).isTrue();
    assertThat(report.path("events").asInt()).isEqualTo(1);
    assertThat(report.path("rules").path(0).path("code").asText()).isEqualTo("one-answer");
    assertThat(report.path("rules").path(0).path("checked").asInt()).isEqualTo(1);
    assertThat(report.path("findings")).isEmpty();
  }

  @Test
  void saysThatARunIsNotThere() throws Exception {
    assertThat(wf("audit", run.value())).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err).isEqualTo("wf: the topics hold nothing of a run " + run + "\n");
    assertThat(wf("audit", "No Run")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void saysInOneLineThatABrokerCannotBeReached() throws Exception {
    for (List<String> command : List.of(List.of("audit"), List.of("dead-letters", "list"))) {
      String[] words = command.toArray(String[]::new);
      environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
      assertThat(wf(words)).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(err)
          .isEqualTo(
              "wf: Kafka at 127.0.0.1:1 cannot be reached. Its address is"
                  + " WF_KAFKA_BOOTSTRAP_SERVERS.\n");
      assertThat(out).isEmpty();
    }
  }

  @Test
  void takesAddressAndCredentialsFromAFileOfClientProperties(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("client.properties");
    Files.writeString(file, "bootstrap.servers=" + TestBroker.bootstrapServers() + "\n");
    environment.remove("WF_KAFKA_BOOTSTRAP_SERVERS");
    environment.put("WF_KAFKA_PROPERTIES", file.toString());
    assertThat(wf("audit", run.value())).isEqualTo(ExitCode.NOT_FOUND);

    environment.put("WF_KAFKA_PROPERTIES", directory.resolve("absent").toString());
    assertThat(wf("audit")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("cannot read the Kafka properties of");
  }

  @Test
  void listsAndShowsDeadLetters() throws Exception {
    String id = setAside("{\"model\":\u0007");

    assertThat(wf("dead-letters", "list", "--topic", "launch-requested")).isZero();
    assertThat(out).containsPattern(id + " +2\\d\\d\\d-.* " + run + " +\\d+ B +no +bad-json: torn");
    assertThat(wf("dead-letters", "show", id)).isZero();
    assertThat(out)
        .contains("was at    launch-requested/3/7")
        .contains("reason    bad-json: torn")
        .containsPattern("ce_type +dev.wrinklefree.launch.requested.v1")
        .endsWith("{\"model\":?\n");
    assertThat(wf("dead-letters", "show", id, "-o", "json")).isZero();
    assertThat(json(out).path("bodyText").asText()).isEqualTo("{\"model\":\u0007");
    assertThat(json(out).path("headers").path("ce_id").asText()).startsWith("request-");
  }

  @Test
  void printsJsonPrettilyAndOtherBytesInHexadecimal() throws Exception {
    wf("dead-letters", "show", setAside("{\"a\":[1]}"));
    assertThat(out).endsWith("{\n  \"a\" : [ 1 ]\n}\n");
    wf("dead-letters", "show", setAside(new byte[] {(byte) 0xff, 0x00, 0x1b}));
    assertThat(out).endsWith("\nff 00 1b\n");
  }

  @Test
  void replaysADeadLetterOnce() throws Exception {
    String id = setAside("{\"model\":\"smollm2_135m\"}");

    assertThat(wf("dead-letters", "replay", id, "--dry-run")).isZero();
    assertThat(out).contains(id + "  would be sent to launch-requested");
    assertThat(wf("dead-letters", "replay", id)).isZero();
    assertThat(out).containsPattern(id + "  sent to launch-requested/\\d/\\d+");
    assertThat(wf("dead-letters", "replay", id)).isEqualTo(ExitCode.REJECTED);
    assertThat(out).contains(id + "  left: sent before to launch-requested/");
    assertThat(wf("dead-letters", "list")).isZero();
    assertThat(out).containsPattern(id + " .*launch-requested/\\d/\\d+ +bad-json");

    assertThat(wf("dead-letters", "replay", id, "--again")).isZero();
    List<ConsumerRecord<String, byte[]>> replays = requests();
    assertThat(replays).hasSize(2);
    ConsumerRecord<String, byte[]> replay = replays.getFirst();
    assertThat(replay.value()).asString().isEqualTo("{\"model\":\"smollm2_135m\"}");
    assertThat(ContractConsumer.header(replay, "wf-replay-of")).hasValue(id);
    assertThat(ContractConsumer.header(replay, "dead-letter-reason")).isEmpty();
    assertThat(new EventCodec().read(replay).attributes().id()).isEqualTo("request-" + run);
  }

  @Test
  void leavesWhatWouldBeADeadLetterAgainUnlessItsBodyIsCorrected(@TempDir Path directory)
      throws Exception {
    String id = setAside("{\"model\":");
    Path corrected = directory.resolve("corrected.json");
    Files.writeString(corrected, "{\"model\":\"qwen3_4b\"}");

    assertThat(wf("dead-letters", "replay", id)).isEqualTo(ExitCode.REJECTED);
    assertThat(out).contains(id + "  left: would be a dead letter again, bad-json");
    assertThat(requests()).isEmpty();
    assertThat(wf("dead-letters", "replay", id, "--body", corrected.toString())).isZero();
    assertThat(requests().getFirst().value()).asString().isEqualTo("{\"model\":\"qwen3_4b\"}");
  }

  @Test
  void refusesAWrongCommandLine() throws Exception {
    assertThat(wf("dead-letters")).isEqualTo(ExitCode.USAGE);
    assertThat(wf("dead-letters", "list", "--topic", "none")).isEqualTo(ExitCode.USAGE);
    assertThat(wf("dead-letters", "show", "launch-requested/0/0")).isEqualTo(ExitCode.USAGE);
    assertThat(wf("dead-letters", "show", "nonsense")).isEqualTo(ExitCode.USAGE);
    assertThat(wf("dead-letters", "show", "launch-requested-dead-letter/0/999999"))
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(wf("dead-letters", "replay")).isEqualTo(ExitCode.USAGE);
    assertThat(wf("dead-letters", "replay", "--all")).isEqualTo(ExitCode.USAGE);
  }

  private List<ConsumerRecord<String, byte[]>> requests() {
    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_REQUESTED)) {
      return consumer.records().stream().filter(r -> run.value().equals(r.key())).toList();
    }
  }

  private String setAside(String body) {
    return setAside(body.getBytes(StandardCharsets.UTF_8));
  }

  private String setAside(byte[] body) {
    EventAttributes request =
        Fixtures.event("/testkit", "request-" + run, run, Fixtures.launchRequested()).attributes();
    ProducerRecord<String, byte[]> letter = new EventCodec().write(request, body);
    Map.of(
            "dead-letter-topic", "launch-requested",
            "dead-letter-partition", "3",
            "dead-letter-offset", "7",
            "dead-letter-reason", "bad-json: torn")
        .forEach((name, text) -> letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    RecordMetadata stored =
        producer.send(
            new ProducerRecord<>(
                Topic.LAUNCH_REQUESTED.deadLetterName(),
                null,
                letter.key(),
                letter.value(),
                letter.headers()));
    return stored.topic() + "/" + stored.partition() + "/" + stored.offset();
  }

  private int wf(String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    CommandLine line =
        Wf.commandLine(
            new WfContext(
                new Services(
                    new ServiceAddresses(environment, new Properties()),
                    Token.of(Map.of("HOME", "/nonexistent")),
                    Progress.SILENT),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1)),
                false,
                Ansi.OFF,
                Duration.ofMillis(5)));
    line.setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    out = outText.toString();
    err = errText.toString();
    return code;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
