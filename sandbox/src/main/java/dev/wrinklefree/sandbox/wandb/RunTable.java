package dev.wrinklefree.sandbox.wandb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All projects. A caller holds this object's monitor for as long as it looks at them. */
final class RunTable {

  private final InstantSource clock;
  private final Map<String, Project> projects = new LinkedHashMap<>();
  private int runs;

  RunTable(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  Optional<Project> project(String entity, String name) {
    return Optional.ofNullable(projects.get(key(entity, name)));
  }

  Optional<Run> run(String entity, String project, String name) {
    return project(entity, project).flatMap(found -> found.find(name));
  }

  /** A run by its storage id, with its project. */
  Optional<ProjectRun> byStorageId(String id) {
    return projects.values().stream()
        .flatMap(
            project ->
                project.runs().stream()
                    .filter(run -> run.storageId().equals(id))
                    .map(run -> new ProjectRun(project, run)))
        .findFirst();
  }

  /** A run and where it is. */
  record ProjectRun(Project project, Run run) {}

  Project projectOrNew(String entity, String name) {
    return projects.computeIfAbsent(
        key(entity, name), key -> new Project(projects.size() + 1, entity, name, now()));
  }

  Run create(Project project, String name) {
    Run run = new Run(++runs, project.name(), name, now());
    project.add(run);
    return run;
  }

  private static String key(String entity, String project) {
    return entity + "/" + project;
  }
}
