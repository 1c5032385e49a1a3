package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run and what its client reported. Guarded by the lock of {@link RunTable}. */
final class Run {

  private final int number;
  private final String project;
  private final String name;
  private final Instant createdAt;
  private final Lines history = new Lines();
  private final Lines systemMetrics = new Lines();
  private final Lines output = new Lines();
  private Labels labels;
  private String config = "{}";
  private String summary = "{}";
  private RunState.Told told = new RunState.Told.Nothing();
  private boolean preempting;
  private boolean stopRequested;
  private @Nullable Instant heartbeatAt;

  Run(int number, String project, String name, Instant createdAt) {
    this.number = number;
    this.project = project;
    this.name = name;
    this.createdAt = createdAt;
    this.labels = Labels.of("sandbox-run-" + number);
  }

  /** What a client may call its run, beside its id. */
  record Labels(
      String displayName,
      @Nullable String group,
      @Nullable String jobType,
      @Nullable String notes,
      @Nullable String description,
      @Nullable String host,
      List<String> tags) {

    static Labels of(String displayName) {
      return new Labels(displayName, null, null, null, null, null, List.of());
    }
  }

  /** A number of its own in this server. */
  int number() {
    return number;
  }

  /** The opaque id that GraphQL calls {@code id}. */
  String storageId() {
    return StorageIds.of("Run", "v1:" + name + ":" + project + ":" + number);
  }

  /** The run id, which GraphQL calls {@code name}. */
  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }

  Optional<Instant> heartbeatAt() {
    return Optional.ofNullable(heartbeatAt);
  }

  Labels labels() {
    return labels;
  }

  void label(Labels changed) {
    labels = changed;
  }

  /** {@code {"key": {"value": …}}} as text. */
  String config() {
    return config;
  }

  void configure(String json) {
    config = json;
  }

  /** Extended JSON. */
  String summary() {
    return summary;
  }

  void summarise(String json) {
    summary = json;
  }

  Lines history() {
    return history;
  }

  Lines systemMetrics() {
    return systemMetrics;
  }

  Lines output() {
    return output;
  }

  /** The newest value of each system metric, as W&amp;B shows it. */
  ObjectNode latestSystemMetrics() {
    ObjectNode latest = ExtendedJson.MAPPER.createObjectNode();
    systemMetrics.tail(1).forEach(line -> latest.setAll(ExtendedJson.object(line)));
    return latest;
  }

  /** One setting without its wrapping, absent where there is none. */
  JsonNode setting(String key) {
    JsonNode entry = ExtendedJson.object(config).path(key);
    return entry.has("value") ? entry.get("value") : entry;
  }

  boolean stopRequested() {
    return stopRequested;
  }

  void requestStop() {
    stopRequested = true;
  }

  void announcePreemption() {
    preempting = true;
  }

  /** The client is alive, possibly again. */
  void beat(Instant now) {
    heartbeatAt = now;
    told = new RunState.Told.Alive();
  }

  /** The client begins or takes up the run: what ended an earlier attempt is forgotten. */
  void begin(Instant now) {
    preempting = false;
    stopRequested = false;
    beat(now);
  }

  void end(int exitCode, Instant now) {
    heartbeatAt = now;
    told = new RunState.Told.Over(exitCode);
  }

  RunState state(Instant now, Duration staleAfter) {
    return RunState.of(told, preempting, stopRequested, heartbeatAt, now, staleAfter);
  }
}
