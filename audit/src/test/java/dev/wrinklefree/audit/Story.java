package dev.wrinklefree.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.history.RecordedHistory;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.Fixtures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes up what the platform tells of its runs when all is well, record by record. */
final class Story {

  static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

  private static final ObjectMapper MAPPER = ContractJson.mapper();
  private static final String PER_HOUR = "1.20";

  private static final Quote QUOTE =
      new Quote(
          Money.usd("6.00"),
          Money.usd("3.00"),
          new BigDecimal("2"),
          "template",
          "nebius",
          "eu-north1",
          "gpu-a10g",
          true,
          "price-book",
          LocalDate.of(2026, 11, 20),
          false);

  final List<Told> told = new ArrayList<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<RunId, Machines> machines = new HashMap<>();
  private final Map<RunId, String> origins = new HashMap<>();
  private final Map<RunId, Told> lastStates = new HashMap<>();
  private Instant now = BEGIN;

  /** What the money of a run follows from, kept apart from the code that is tested. */
  private static final class Machines {
    private final List<Instant[]> intervals = new ArrayList<>();
    private boolean ended;

    boolean open() {
      return !intervals.isEmpty() && intervals.getLast().length == 1;
    }
  }

  Instant now() {
    return now;
  }

  Story pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** A whole run that loses its machines once and succeeds. */
  Story wholeRun(RunId run) {
    requested(run);
    accepted(run);
    submitted(run);
    for (JobState state : List.of(JobState.PENDING, JobState.STARTING, JobState.RUNNING)) {
      state(run, state, 0);
    }
    cost(run);
    progress(run);
    checkpoint(run, 1000, 1);
    pass(Duration.ofSeconds(95));
    cost(run);
    alert(run, AlertCode.CHECKPOINT_OVERDUE, true);
    alert(run, AlertCode.CHECKPOINT_OVERDUE, false);
    state(run, JobState.RECOVERING, 0);
    cost(run);
    state(run, JobState.RUNNING, 1);
    cost(run);
    checkpoint(run, 1000, 2);
    checkpoint(run, 2000, 1);
    pass(Duration.ofSeconds(200));
    state(run, JobState.SUCCEEDED, 1);
    cost(run);
    alert(run, AlertCode.NO_FINAL_CHECKPOINT, true);
    return this;
  }

  Told requested(RunId run) {
    return requested(run, "request-" + run, "/someone");
  }

  Told requested(RunId run, String id, String source) {
    origins.putIfAbsent(run, id);
    return add(
        new Told(
            EventType.LAUNCH_REQUESTED, run, source, id, now, tree(Fixtures.launchRequested())));
  }

  Told cancel(RunId run) {
    return add(
        new Told(
            EventType.CANCEL_REQUESTED,
            run,
            "/someone",
            "cancel-" + run,
            now,
            tree(Fixtures.cancelRequested())));
  }

  Told accepted(RunId run) {
    return fact(EventType.LAUNCH_ACCEPTED, run, origins.get(run), Fixtures.launchAccepted(run));
  }

  Told rejected(RunId run, String requestId) {
    return fact(EventType.LAUNCH_REJECTED, run, requestId, Fixtures.launchRejected(run));
  }

  Told submitted(RunId run) {
    return fact(EventType.LAUNCH_SUBMITTED, run, run + ":1", Fixtures.launchSubmitted(run));
  }

  Told failed(RunId run) {
    machines(run).ended = true;
    return fact(EventType.LAUNCH_FAILED, run, run + ":1", Fixtures.launchFailed(run));
  }

  Told state(RunId run, JobState state, int recoveries) {
    pass(Duration.ofSeconds(20));
    Told before = lastStates.get(run);
    ObjectNode data = tree(Fixtures.jobStateChanged(run, state, state));
    data.remove(List.of("previousState", "startedAt", "endedAt"));
    if (before != null) {
      data.set("previousState", before.data.get("state"));
    }
    data.put("recoveries", recoveries).put("attempt", recoveries + 1);
    if (state == JobState.UNKNOWN) {
      data.put("unknownSince", now.toString());
    }
    Told event = fact(EventType.JOB_STATE_CHANGED, run, run + ":2", data);
    lastStates.put(run, event);
    Machines of = machines(run);
    if (state == JobState.RUNNING && !of.open()) {
      of.intervals.add(new Instant[] {now});
    } else if (state != JobState.RUNNING && state != JobState.UNKNOWN && of.open()) {
      of.intervals.set(of.intervals.size() - 1, new Instant[] {of.intervals.getLast()[0], now});
    }
    of.ended = state == JobState.UNKNOWN ? of.ended : state.isTerminal();
    return event;
  }

  Told checkpoint(RunId run, long step, int revision) {
    pass(Duration.ofSeconds(7));
    CheckpointWritten sample = Fixtures.checkpointWritten(run, step);
    ObjectNode data = tree(sample);
    data.put("revision", revision);
    long generation = sample.objects().getFirst().generation() + revision;
    ((ObjectNode) data.get("objects").get(0)).put("generation", generation);
    return fact(EventType.CHECKPOINT_WRITTEN, run, run + ":1", data);
  }

  Told progress(RunId run) {
    return fact(EventType.TRAINING_PROGRESSED, run, run + ":1", Fixtures.trainingProgressed(run));
  }

  /** Raised or cleared by checkpoint-service. */
  Told alert(RunId run, AlertCode code, boolean raised) {
    ObjectNode data = tree(Fixtures.runAlerted(run));
    data.put("code", code.word()).put("status", raised ? "raised" : "cleared");
    return fact(EventType.RUN_ALERTED, run, run + ":1", data);
  }

  Told cost(RunId run) {
    pass(Duration.ofSeconds(1));
    Machines of = machines(run);
    ObjectNode data = MAPPER.createObjectNode();
    data.put("runId", run.value()).put("asOf", now.toString());
    data.put("pricing", "known").put("currency", "USD");
    ArrayNode intervals = data.putArray("intervals");
    BigDecimal spent = BigDecimal.ZERO;
    for (Instant[] interval : of.intervals) {
      Instant end = interval.length == 1 ? now : interval[1];
      long seconds = Duration.between(interval[0], end).toSeconds();
      BigDecimal amount =
          new BigDecimal(PER_HOUR)
              .multiply(BigDecimal.valueOf(seconds))
              .divide(BigDecimal.valueOf(3600), 6, RoundingMode.HALF_UP);
      spent = spent.add(amount);
      ObjectNode entry = intervals.addObject();
      entry.put("from", interval[0].toString()).put("seconds", seconds);
      if (interval.length == 2) {
        entry.put("to", interval[1].toString());
      }
      entry.put("cloud", "nebius").put("region", "eu-north1").put("instanceType", "gpu-a10g");
      entry.putObject("accelerators").put("type", "A10G").put("count", 1);
      entry.put("spot", true).put("nodes", 1).put("stale", false);
      money(entry, "perHour", new BigDecimal(PER_HOUR));
      money(entry, "amount", amount);
      entry.put("priceSource", "price-book").put("priceDate", "2026-11-20");
    }
    money(data, "spent", spent);
    if (of.open()) {
      money(data, "perHour", new BigDecimal(PER_HOUR));
    }
    data.set("quote", tree(QUOTE));
    data.put("accruing", of.open()).put("ended", of.ended).put("stalePrice", false);
    return fact(EventType.COST_UPDATED, run, null, data);
  }

  /** What launch-service makes of a request that it cannot read, and the request. */
  Told unreadable(String value) {
    Told request = requested(new RunId("unreadable"));
    request.value = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    long offset =
        told.stream()
                .filter(r -> r.topic.equals(request.topic) && r.partition == request.partition)
                .count()
            - 1;
    Told letter = request.copy();
    letter.topic += "-dead-letter";
    letter.partition = 0;
    letter.headers.put("dead-letter-topic", request.topic);
    letter.headers.put("dead-letter-partition", Integer.toString(request.partition));
    letter.headers.put("dead-letter-offset", Long.toString(offset));
    letter.headers.put("dead-letter-reason", "bad-json: it is none");
    told.add(letter);
    return letter;
  }

  /** The record of that type, counted from 0. */
  Told of(EventType type, int index) {
    return told.stream()
        .filter(record -> record.type == type)
        .skip(index)
        .findFirst()
        .orElseThrow();
  }

  Told last(Predicate<Told> wanted) {
    return told.stream().filter(wanted).reduce((one, other) -> other).orElseThrow();
  }

  /** Puts a copy right behind a record. */
  Told repeat(Told record) {
    Told copy = record.copy();
    told.add(told.indexOf(record) + 1, copy);
    return copy;
  }

  RecordedHistory history() {
    return history(Map.of());
  }

  /**
   * All records, numbered as a broker would.
   *
   * @param deleted how many of a topic's records per partition the broker has deleted
   */
  RecordedHistory history(Map<String, Long> deleted) {
    return RecordedHistory.of(records(deleted), deleted);
  }

  List<ConsumerRecord<String, byte[]>> records(Map<String, Long> deleted) {
    Map<String, Long> offsets = new HashMap<>();
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (Told record : told) {
      long offset = offsets.merge(record.topic + record.partition, 1L, Long::sum) - 1;
      if (offset >= deleted.getOrDefault(record.topic, 0L)) {
        records.add(record.at(offset));
      }
    }
    return records;
  }

  private Told fact(EventType type, RunId run, @Nullable String cause, Object sample) {
    String service =
        switch (type) {
          case JOB_STATE_CHANGED, TRAINING_PROGRESSED -> "monitor-service";
          case CHECKPOINT_WRITTEN, RUN_ALERTED -> "checkpoint-service";
          case COST_UPDATED -> "cost-service";
          default -> "launch-service";
        };
    String source = "/" + service + "/" + type.topic().topicName();
    long sequence = sequences.merge(source + run, 1L, Long::sum);
    ObjectNode data = sample instanceof ObjectNode node ? node : tree(sample);
    Told fact = new Told(type, run, source, run + ":" + sequence, now, data);
    fact.sequence = sequence;
    fact.cause = cause;
    fact.correlation = Optional.ofNullable(origins.get(run)).orElse(null);
    return add(fact);
  }

  private Told add(Told record) {
    told.add(record);
    return record;
  }

  private Machines machines(RunId run) {
    return machines.computeIfAbsent(run, id -> new Machines());
  }

  private static void money(ObjectNode parent, String field, BigDecimal amount) {
    parent.putObject(field).put("amount", amount.toPlainString()).put("currency", "USD");
  }

  private static ObjectNode tree(Object data) {
    return MAPPER.valueToTree(data);
  }
}
