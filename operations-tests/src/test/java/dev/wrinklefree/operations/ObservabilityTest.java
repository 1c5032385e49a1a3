package dev.wrinklefree.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.TraceParent;
import dev.wrinklefree.operations.ShippedPlatform.Running;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs and metrics of the four packaged services, after one run has passed through them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ObservabilityTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE ([a-z_]+) ([a-z]+)$", Pattern.MULTILINE);

  private static final String COUNTED = "_total";

  /** What the JVM itself says before there is a logger. */
  private static final String OF_THE_JVM = "WARNING: ";

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  @TempDir static Path directory;

  private static ShippedPlatform platform;
  private static final Map<String, Running> services = new LinkedHashMap<>();
  private static EventAttributes request;

  @BeforeAll
  static void oneRunHasPassedThrough() throws Exception {
    platform = new ShippedPlatform(directory);
    for (String service : ServiceDefinition.NAMES) {
      services.put(service.replace("-service", ""), platform.start(service));
    }
    for (Running service : services.values()) {
      service.awaitReady();
    }
    RunId run = Fixtures.newRunId();
    try (ContractProducer producer = new ContractProducer(platform.broker());
        ContractConsumer events =
            ContractConsumer.at(
                platform.broker(), Arrays.stream(Topic.values()).map(Topic::topicName).toList())) {
      request = producer.send(run, Requests.small());
      producer.sendPlain(Topic.LAUNCH_REQUESTED, run.value(), "no event");
      producer.sendPlain(Topic.LAUNCH_STATE, run.value(), "no event");
      producer.sendPlain(Topic.JOB_STATE, run.value(), "no event");
      await()
          .atMost(PATIENCE)
          .until(() -> events.records().stream().anyMatch(ObservabilityTest::isOfTheMoney));
    }
  }

  private static boolean isOfTheMoney(ConsumerRecord<String, byte[]> record) {
    return record.topic().equals(Topic.RUNNING_COST.topicName());
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void everyDocumentedMetricIsThereAndEveryMetricIsDocumented() throws Exception {
    List<DocumentedMetrics.Row> documented = DocumentedMetrics.read();
    assertThat(documented).isNotEmpty();
    for (Map.Entry<String, Running> service : services.entrySet()) {
      List<DocumentedMetrics.Row> its =
          documented.stream().filter(row -> row.services().contains(service.getKey())).toList();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                String scraped = service.getValue().metrics();
                assertThat(its.stream().filter(DocumentedMetrics.Row::always))
                    .as("documented for %s", service.getKey())
                    .extracting(DocumentedMetrics.Row::name)
                    .isSubsetOf(names(scraped));
                assertThat(names(scraped))
                    .filteredOn(name -> name.startsWith("wf_"))
                    .as("of %s", service.getKey())
                    .isSubsetOf(its.stream().map(DocumentedMetrics.Row::name).toList());
              });
    }
  }

  @Test
  void oneTraceLeadsFromTheRequestToTheMoney() {
    String trace = TraceParent.begunBy(request.source(), request.id()).traceId();
    List<String> wanted =
        List.of(
            "launch Consumed dev.wrinklefree.launch.requested.v1",
            "launch Published dev.wrinklefree.launch.accepted.v1",
            "launch Published dev.wrinklefree.launch.submitted.v1",
            "monitor Published dev.wrinklefree.job.state-changed.v1",
            "cost Consumed dev.wrinklefree.job.state-changed.v1",
            "cost Published dev.wrinklefree.cost.updated.v1");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> told = new ArrayList<>();
              for (Map.Entry<String, Running> service : services.entrySet()) {
                for (String line : service.getValue().log()) {
                  if (!line.startsWith(OF_THE_JVM)) {
                    tell(service.getKey(), MAPPER.readTree(line), trace, told);
                  }
                }
              }
              assertThat(wanted)
                  .allMatch(start -> told.stream().anyMatch(line -> line.startsWith(start)));
            });
  }

  /** Every line is JSON; those of the trace name run, event and place. */
  private static void tell(String service, JsonNode line, String trace, List<String> told) {
    JsonNode context = line.path("mdc");
    if (context.path("traceId").asText().equals(trace)) {
      told.add(service + " " + line.path("message").asText());
      assertThat(context.path("runId").asText()).isEqualTo(request.runId().value());
      if (context.has("topic")) {
        assertThat(context.has("eventId")).isTrue();
        assertThat(context.path("offset").asText()).matches("[0-9]+");
        assertThat(context.path("partition").asText()).matches("[0-9]+");
      }
    }
  }

  /**
   * As queries name them: OpenMetrics leaves the ending out where it tells the type of a counter.
   */
  private static Set<String> names(String scraped) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = TYPE.matcher(scraped);
    while (matcher.find()) {
      boolean isCounter = matcher.group(2).equals("counter");
      String name = matcher.group(1);
      names.add(isCounter && !name.endsWith(COUNTED) ? name + COUNTED : name);
    }
    // Micrometer gives each timer a second family with its longest time of late.
    Set<String> timers = Set.copyOf(names);
    names.removeIf(name -> name.endsWith("_max") && timers.contains(name.replace("_max", "")));
    return names;
  }
}
