package dev.wrinklefree.launch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.NoCheckpoints;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerDeciderTest {

  private static final RunId RUN = new RunId("my-run");
  private static final String SMALL = "{\"model\":\"smollm2_135m\"}";
  private static final String OTHER = "{\"model\":\"qwen3_4b\"}";

  private final AnswerDecider decider;

  AnswerDeciderTest(@TempDir Path directory) {
    decider =
        new AnswerDecider(
            new LaunchRequestValidator(
                Samples.catalog(), Samples.library(Samples.templates(directory))),
            new LaunchPlanner(Samples.homes()),
            new ResumeResolver(new NoCheckpoints()));
  }

  @Test
  void aNewValidRequestIsAccepted() {
    assertThat(decider.decide(attempt("e-1", SMALL, false), null))
        .isInstanceOfSatisfying(
            Answer.Accept.class,
            accept -> assertThat(accept.plan().accepted().runId()).isEqualTo(RUN));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameBodyForAKnownRunIsARepeat(boolean idUsedBefore) {
    assertThat(decider.decide(attempt("e-2", SMALL, idUsedBefore), known(SMALL)))
        .isEqualTo(new Answer.Repeat());
  }

  @Test
  void anotherBodyForAKnownRunIsAConflictWhetherItIsValidOrNot() {
    for (String body : new String[] {OTHER, "{\"model\":\"gpt-9\"}"}) {
      assertThat(decider.decide(attempt("e-2", body, false), known(SMALL)))
          .isInstanceOfSatisfying(
              Answer.RejectConflict.class,
              conflict ->
                  assertThat(conflict.violation().message())
                      .isEqualTo(
                          "the run id my-run belongs to another request: event e-1 of /test at"
                              + " 1970-01-01T00:00:00Z"));
    }
  }

  @Test
  void anEventIdThatWasUsedForAnotherRequestIsAConflict() {
    assertThat(decider.decide(attempt("e-1", SMALL, true), null))
        .isInstanceOfSatisfying(
            Answer.Reject.class,
            reject ->
                assertThat(reject.violations()).extracting("code").containsExactly("conflict"));
  }

  private static LaunchAttempt attempt(String eventId, String json, boolean idUsedBefore) {
    return LaunchAttempt.of(RUN, origin(eventId), Samples.json(json), idUsedBefore);
  }

  private static Run known(String json) {
    LaunchAttempt first = attempt("e-1", json, false);
    return new Run(
        RUN,
        first.origin(),
        first.digest(),
        null,
        null,
        "my-run:1",
        Instant.EPOCH,
        RunState.Accepted.first(),
        0);
  }

  private static RequestOrigin origin(String eventId) {
    return new RequestOrigin("/test", eventId, eventId, null, Instant.EPOCH);
  }
}
