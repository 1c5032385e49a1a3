package dev.wrinklefree.monitor.training;

import dev.wrinklefree.monitor.wandb.ProjectRuns;
import dev.wrinklefree.monitor.wandb.WandbClient;
import dev.wrinklefree.monitor.wandb.WandbException;
import dev.wrinklefree.monitor.wandb.WandbException.Kind;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads projects, no more often than W&amp;B wants. Not thread-safe. */
final class ProjectReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProjectReader.class);

  private final WandbClient client;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<Project, Attempts> attempts = new HashMap<>();
  private @Nullable String ownEntity;

  ProjectReader(WandbClient client, InstantSource clock, RandomGenerator random) {
    this.client = client;
    this.clock = clock;
    this.random = random;
  }

  /** What came of an attempt. */
  sealed interface Reading {

    /**
     * W&amp;B answered.
     *
     * @param runs those that it has, by their ids
     * @param readAt when the reading began
     */
    record Answered(Map<String, WandbSighting> runs, Instant readAt) implements Reading {}

    /** It did not. */
    record Failed(String reason) implements Reading {}

    /** It was not asked, since it is too early. */
    record Resting() implements Reading {}
  }

  /** Asks for those runs of the project, all at once. */
  Reading read(Project project, Collection<String> ids) {
    Attempts before = attempts.getOrDefault(project, Attempts.NONE);
    Instant readAt = clock.instant();
    if (!before.allowed(readAt)) {
      return new Reading.Resting();
    }
    try {
      ProjectRuns answer = client.runs(entity(project), project.name(), ids);
      attempts.put(project, Attempts.succeeded(clock.instant(), answer.rest()));
      return new Reading.Answered(
          answer.runs().stream()
              .collect(Collectors.toMap(WandbSighting::id, run -> run, (one, other) -> other)),
          readAt);
    } catch (WandbException e) {
      Attempts after = before.failed(clock.instant(), e, random);
      attempts.put(project, after);
      LOGGER
          .atWarn()
          .addKeyValue("project", project.name())
          .addKeyValue("failures", after.failures())
          .addKeyValue("notBefore", after.notBefore())
          .log("W&B project was not read: {}", e.getMessage());
      return new Reading.Failed(String.valueOf(e.getMessage()));
    }
  }

  /** Forgets projects that nobody asks for any more. */
  void keepOnly(Collection<Project> projects) {
    attempts.keySet().retainAll(projects);
  }

  private String entity(Project project) {
    if (project.entity() != null) {
      return project.entity();
    }
    String own = ownEntity;
    if (own == null) {
      own = client.viewer().entity();
      if (own == null) {
        throw new WandbException(
            Kind.REFUSED, "the API key has no default entity and the run names none", null);
      }
      ownEntity = own;
    }
    return own;
  }
}
