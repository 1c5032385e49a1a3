package dev.wrinklefree.chaos.strike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.measure.StepCounts;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.plan.Step;
import dev.wrinklefree.chaos.wire.Call;
import dev.wrinklefree.chaos.wire.Link;
import dev.wrinklefree.chaos.wire.Message;
import dev.wrinklefree.chaos.wire.Phase;
import dev.wrinklefree.chaos.wire.Toll;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrikesTest {

  private static final Link SUBMITS = new Link(Part.LAUNCH, Part.SKYPILOT);

  private final List<String> deeds = new ArrayList<>();
  private final StepCounts counts = new StepCounts();
  private final Recoveries recoveries = new Recoveries();
  private final Strikes strikes = new Strikes(counts, recoveries);

  @BeforeEach
  void begin() {
    strikes.executedBy(
        new Strikes.Executioner() {
          @Override
          public void kill(Part part, String cause) {
            deeds.add("kill " + part.title() + " by " + cause);
          }

          @Override
          public void silenceDatabase(Part service) {
            deeds.add("silence " + service.title());
          }

          @Override
          public void releaseDatabase(Part service) {
            deeds.add("release " + service.title());
          }
        });
  }

  @Test
  void aStepStrikesOnceAtItsOwnMessageOnly() {
    strikes.arm(Step.SUBMIT_ANSWER_WITHHELD, Part.LAUNCH);

    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.REQUEST)).isInstanceOf(Toll.Pass.class);
    assertThat(pass(SUBMITS, Call.QUEUE, Phase.ANSWER)).isInstanceOf(Toll.Pass.class);
    assertThat(deeds).isEmpty();

    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Cut.class);
    assertThat(deeds).containsExactly("kill launch-service by submit-answer-withheld");
    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Pass.class);
    assertThat(counts.timesHit(Step.SUBMIT_ANSWER_WITHHELD)).isEqualTo(1);
  }

  @Test
  void aStepOfOneServiceLeavesTheOthersAlone() {
    strikes.arm(Step.PRODUCE_NOT_SENT, Part.COST);

    assertThat(pass(new Link(Part.MONITOR, Part.KAFKA), Call.PRODUCE, Phase.REQUEST))
        .isInstanceOf(Toll.Pass.class);
    assertThat(strikes.waiting()).isEqualTo(1);
  }

  @Test
  void whatMustNotBeStoredIsDeliveredWhileTheDatabaseIsSilent() {
    strikes.arm(Step.RESULT_NOT_STORED, Part.LAUNCH);

    Toll.Verdict verdict = pass(SUBMITS, Call.LAUNCH_RESULT, Phase.ANSWER);

    assertThat(deeds).containsExactly("silence launch-service");
    assertThat(verdict)
        .isInstanceOfSatisfying(Toll.PassThen.class, passThen -> passThen.action().run());
    assertThat(deeds)
        .containsExactly(
            "silence launch-service",
            "kill launch-service by result-not-stored",
            "release launch-service");
  }

  @Test
  void aStepCanKillTheServerOrNobody() {
    strikes.arm(Step.SUBMIT_SERVER_DIES, Part.LAUNCH);
    strikes.arm(Step.SUBMIT_ANSWER_CUT, Part.LAUNCH);

    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Cut.class);
    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Cut.class);
    assertThat(deeds).containsExactly("kill skypilot by submit-server-dies");
  }

  @Test
  void nothingStrikesWhileItIsSuspended() {
    strikes.arm(Step.SUBMIT_ANSWER_CUT, Part.LAUNCH);
    strikes.suspend(true);
    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Pass.class);

    strikes.suspend(false);
    assertThat(pass(SUBMITS, Call.LAUNCH, Phase.ANSWER)).isInstanceOf(Toll.Cut.class);
  }

  @Test
  void anAmbushWaitsForOneMessageOfEitherReplica() {
    List<Part> seen = new ArrayList<>();
    strikes.ambush(
        new Strikes.Ambush(
            Set.of(Part.MONITOR, Part.MONITOR_2),
            message -> message.call() == Call.QUEUE,
            true,
            passage -> seen.add(passage.link().from())));

    assertThat(pass(new Link(Part.MONITOR_2, Part.SKYPILOT), Call.QUEUE, Phase.ANSWER))
        .isInstanceOf(Toll.Cut.class);
    assertThat(pass(new Link(Part.MONITOR, Part.SKYPILOT), Call.QUEUE, Phase.ANSWER))
        .isInstanceOf(Toll.Pass.class);
    assertThat(seen).containsExactly(Part.MONITOR_2);
  }

  @Test
  void anAnswerThatPassedIsWorkOfItsServiceAndItsServer() {
    recoveries.killed(Part.MONITOR, "at random");
    recoveries.killed(Part.SKYPILOT, "at random");

    pass(new Link(Part.MONITOR, Part.SKYPILOT), Call.QUEUE_RESULT, Phase.ANSWER);

    assertThat(recoveries.toWork(Part.MONITOR).count()).isEqualTo(1);
    assertThat(recoveries.toWork(Part.SKYPILOT).count()).isEqualTo(1);
  }

  private Toll.Verdict pass(Link link, Call call, Phase phase) {
    return strikes.of(
        new Toll.Passage(link, System.nanoTime(), new Message(call, phase, "", new byte[0])));
  }
}
