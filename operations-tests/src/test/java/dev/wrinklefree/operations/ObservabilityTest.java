package dev.wrinklefree.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.LaunchAccepted;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final String OWN = "wf_";
  private static final String COUNTED = "_total";

  /** Those that appear with the first record that is handled, and with the first that is not. */
  private static final Set<String> OF_EVERY_RUN =
      Set.of("wf_intake_duration_seconds", "wf_intake_dead_letters_total");

  /** A consumer's name ends with its channel, which has its topic's name. */
  private static final Pattern CONSUMER =
      Pattern.compile(
          "^kafka_consumer_fetch_manager_fetch_total\\{client_id=\"kafka-consumer-([a-z-]+)-in\"",
          Pattern.MULTILINE);

  private static final Map<String, Set<String>> CONSUMED =
      Map.of(
          "launch", Set.of("launch-requested", "cancel-requested", "checkpoint-written"),
          "monitor", Set.of("launch-state"),
          "checkpoint", Set.of("launch-state", "job-state"),
          "cost", Set.of("launch-state", "job-state", "checkpoint-written", "training-progress"));

  /** What the JVM itself says before there is a logger. */
  private static final String OF_THE_JVM = "WARNING: ";

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  @TempDir static Path directory;

  private static ShippedPlatform platform;
  private static final Map<String, Running> services = new LinkedHashMap<>();
  private static final Map<String, String> idle = new HashMap<>();
  private static EventAttributes request;

  @BeforeAll
  static void oneRunHasPassedThrough() throws Exception {
    platform = new ShippedPlatform(directory);
    for (String service : ServiceDefinition.NAMES) {
      services.put(service.replace("-service", ""), platform.start(service));
    }
    for (Map.Entry<String, Running> service : services.entrySet()) {
      idle.put(service.getKey(), service.getValue().awaitReady().metrics());
    }
    RunId run = Fixtures.newRunId();
    try (ContractProducer producer = new ContractProducer(platform.broker());
        ContractConsumer events =
            ContractConsumer.at(
                platform.broker(), Arrays.stream(Topic.values()).map(Topic::topicName).toList())) {
      request = producer.send(run, Requests.small());
      LaunchAccepted accepted = events.awaitEvent(run, LaunchAccepted.class).data();
      platform.write(accepted.checkpointPrefix() + "checkpoint_step_1.pt");
      producer.sendPlain(Topic.LAUNCH_REQUESTED, run.value(), "no event");
      producer.sendPlain(Topic.LAUNCH_STATE, run.value(), "no event");
      producer.sendPlain(Topic.JOB_STATE, run.value(), "no event");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  topics(events).containsAll(Set.of(Topic.RUNNING_COST, Topic.CHECKPOINT_WRITTEN)));
    }
  }

  private static Set<Topic> topics(ContractConsumer events) {
    return Arrays.stream(Topic.values())
        .filter(
            topic ->
                events.records().stream()
                    .anyMatch(record -> record.topic().equals(topic.topicName())))
        .collect(Collectors.toSet());
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void everyDocumentedMetricIsThereAndEveryMetricIsDocumented() throws Exception {
    List<DocumentedMetrics.Row> documented = DocumentedMetrics.read();
    for (Map.Entry<String, Running> service : services.entrySet()) {
      List<DocumentedMetrics.Row> its =
          documented.stream().filter(row -> row.services().contains(service.getKey())).toList();
      assertThat(typesByName(beforeTheFirstEvent(service.getKey())))
          .as("%s before its first event", service.getKey())
          .containsAllEntriesOf(types(its.stream().filter(DocumentedMetrics.Row::always)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Map<String, String> told = typesByName(service.getValue().metrics());
                assertThat(told.keySet())
                    .as("%s after one run", service.getKey())
                    .containsAll(OF_EVERY_RUN);
                told.keySet().removeIf(name -> !name.startsWith(OWN));
                assertThat(types(its.stream()))
                    .as("documented of %s", service.getKey())
                    .containsAllEntriesOf(told);
              });
    }
  }

  @Test
  void oneCheckpointIsMeasured() throws Exception {
    Running checkpoint = Objects.requireNonNull(services.get("checkpoint"));
    // It is counted after it was committed, when the relay may have told of it already.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(typesByName(checkpoint.metrics()))
                    .containsKeys(
                        "wf_checkpoint_listing_seconds",
                        "wf_detection_latency_seconds",
                        "wf_checkpoint_written_total"));
  }

  @Test
  void eachConsumedTopicHasAConsumerOfItsName() {
    for (Map.Entry<String, Set<String>> service : CONSUMED.entrySet()) {
      assertThat(
              CONSUMER
                  .matcher(beforeTheFirstEvent(service.getKey()))
                  .results()
                  .map(found -> found.group(1)))
          .as(service.getKey())
          .containsExactlyInAnyOrderElementsOf(service.getValue());
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
            "checkpoint Published dev.wrinklefree.checkpoint.written.v1",
            "cost Consumed dev.wrinklefree.checkpoint.written.v1",
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
                  .allSatisfy(start -> assertThat(told).anyMatch(line -> line.startsWith(start)));
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

  private static String beforeTheFirstEvent(String service) {
    return Objects.requireNonNull(idle.get(service));
  }

  private static Map<String, String> types(Stream<DocumentedMetrics.Row> rows) {
    return rows.collect(Collectors.toMap(DocumentedMetrics.Row::name, DocumentedMetrics.Row::type));
  }

  /**
   * As queries name them: OpenMetrics leaves the ending out where it tells the type of a counter.
   */
  private static Map<String, String> typesByName(String scraped) {
    Map<String, String> types = new TreeMap<>();
    Matcher matcher = TYPE.matcher(scraped);
    while (matcher.find()) {
      String type = matcher.group(2);
      String name = matcher.group(1);
      boolean lacksEnding = type.equals("counter") && !name.endsWith(COUNTED);
      types.put(lacksEnding ? name + COUNTED : name, type);
    }
    // Micrometer gives each timer a second family with its longest time of late.
    Set<String> timers = Set.copyOf(types.keySet());
    types
        .keySet()
        .removeIf(
            name ->
                name.startsWith(OWN)
                    && name.endsWith("_max")
                    && timers.contains(name.replace("_max", "")));
    return types;
  }
}
