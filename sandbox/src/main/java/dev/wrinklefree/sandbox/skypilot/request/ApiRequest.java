package dev.wrinklefree.sandbox.skypilot.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One request of a client: what was asked, and its outcome once there is one. Thread-safe. */
public final class ApiRequest {

  private final String id;
  private final Description description;
  private final Instant createdAt;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  ApiRequest(String id, Description description, Instant createdAt) {
    this.id = requireNonNull(id, "id is null");
    this.description = requireNonNull(description, "description is null");
    this.createdAt = requireNonNull(createdAt, "createdAt is null");
  }

  /**
   * What a request is.
   *
   * @param name such as {@code sky.jobs.launch}
   * @param userId id of the caller
   * @param userName name of the caller
   * @param scheduleType pool of workers that a real server would run it in
   * @param body what was sent
   */
  public record Description(
      String name, String userId, String userName, ScheduleType scheduleType, JsonNode body) {
    public Description {
      requireNonNull(name, "name is null");
      requireNonNull(userId, "userId is null");
      requireNonNull(userName, "userName is null");
      requireNonNull(scheduleType, "scheduleType is null");
      requireNonNull(body, "body is null");
    }
  }

  /** Pool of workers. */
  public enum ScheduleType {
    /** Slow work that provisions machines. */
    LONG,
    /** Everything else. */
    SHORT
  }

  /** How a request ended. */
  public sealed interface Outcome {

    /** When it ended. */
    Instant at();

    /** It returned a value. */
    record Succeeded(JsonNode value, Instant at) implements Outcome {}

    /** It raised an error. */
    record Failed(RequestFailedException error, Instant at) implements Outcome {}

    /** Someone cancelled it, or the caller went away. */
    record Cancelled(Instant at) implements Outcome {}
  }

  /** Id under which the outcome can be asked for. */
  public String id() {
    return id;
  }

  /** What was asked. */
  public Description description() {
    return description;
  }

  /** When it was taken. */
  public Instant createdAt() {
    return createdAt;
  }

  /** The outcome, if it has ended. */
  public Optional<Outcome> outcome() {
    return outcome.isDone() ? Optional.of(outcome.join()) : Optional.empty();
  }

  /** Runs something when it ends; at once if it has. */
  public void onEnd(Runnable action) {
    outcome.thenRun(action);
  }

  /** Waits for the outcome. */
  public Outcome await() {
    return outcome.join();
  }

  /**
   * Ends the request, if nothing did before.
   *
   * @return whether this ended it
   */
  public boolean end(Outcome how) {
    return outcome.complete(how);
  }
}
