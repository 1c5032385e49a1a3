package dev.wrinklefree.sandbox.wandb;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A project and its runs, by their ids. Guarded by the lock of {@link RunTable}. */
final class Project {

  private final int number;
  private final String entity;
  private final String name;
  private final Instant createdAt;
  private final Map<String, Run> runs = new LinkedHashMap<>();

  Project(int number, String entity, String name, Instant createdAt) {
    this.number = number;
    this.entity = entity;
    this.name = name;
    this.createdAt = createdAt;
  }

  int number() {
    return number;
  }

  String entity() {
    return entity;
  }

  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }

  String storageId() {
    return StorageIds.of("Project", "v1:" + name + ":" + entity);
  }

  /** In the order in which they were created. */
  Collection<Run> runs() {
    return runs.values();
  }

  Optional<Run> find(String run) {
    return Optional.ofNullable(runs.get(run));
  }

  void add(Run run) {
    runs.put(run.name(), run);
  }
}
