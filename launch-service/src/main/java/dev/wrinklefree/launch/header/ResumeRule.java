package dev.wrinklefree.launch.header;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a job is told to go on from a checkpoint.
 *
 * @param env the variable that carries the {@code gs://} URI; not set where training begins anew
 * @param accepts what a request may name as the source
 * @param object object of a checkpoint's directory that the job wants instead of the directory;
 *     null means the checkpoint as it is
 */
public record ResumeRule(String env, Set<Source> accepts, @Nullable String object) {

  /** What a request may name. */
  public enum Source {
    /** The newest checkpoint of the newest earlier run like this one. */
    LATEST("latest"),
    /** The newest checkpoint of a run, by its id. */
    RUN("run"),
    /** A {@code gs://} URI. */
    URI("gs");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    /** The word in a header. */
    public String word() {
      return word;
    }
  }

  /** Copies the set. */
  public ResumeRule {
    accepts = Set.copyOf(accepts);
  }

  /** What the variable says for a checkpoint. */
  public String value(String uri) {
    return object != null && uri.endsWith("/") ? uri + object : uri;
  }
}
