package dev.wrinklefree.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.chaos.load.Request;
import dev.wrinklefree.chaos.part.Part;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final long SEED = 42;

  @Test
  void theSameSeedGivesTheSamePlan() {
    assertThat(Planner.plan(SEED, 5)).isEqualTo(Planner.plan(SEED, 5));
    assertThat(Planner.plan(SEED, 5)).isNotEqualTo(Planner.plan(SEED + 1, 5));
  }

  @Test
  void aLongerPlanBeginsAsAShorterOne() {
    assertThat(Planner.plan(SEED, 5).rounds().subList(0, 2))
        .isEqualTo(Planner.plan(SEED, 2).rounds());
  }

  @Test
  void theLongFormArmsEveryStepAndKillsEveryPartAndTakesOver() {
    List<Act> acts = acts(Planner.plan(SEED, 30));

    assertThat(armed(acts)).containsExactlyInAnyOrder(Step.values());
    assertThat(killed(acts)).containsExactlyInAnyOrderElementsOf(Part.KILLED);
    assertThat(acts).filteredOn(Act.TakeOver.class::isInstance).hasSize(30);
    assertThat(acts.stream().filter(PlannerTest::kills).count()).isGreaterThan(200);
  }

  @Test
  void theShortFormArmsMostStepsAndKillsEveryPart() {
    for (long seed = 0; seed < 50; seed++) {
      List<Act> acts = acts(Planner.plan(seed, 3));

      assertThat(armed(acts)).hasSizeGreaterThan(Step.values().length * 3 / 4);
      assertThat(killed(acts)).containsExactlyInAnyOrderElementsOf(Part.KILLED);
      assertThat(acts.stream().filter(PlannerTest::kills).count()).isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void everyRequestAndActOfARoundIsInOrderAndWithinIt() {
    for (Round round : Planner.plan(SEED, 10).rounds()) {
      assertThat(round.requests()).isSortedAccordingTo(Comparator.comparing(Request::at));
      assertThat(round.acts()).isSortedAccordingTo(Comparator.comparing(Act::at));
      assertThat(round.acts()).allMatch(act -> act.at().compareTo(Plan.ROUND) <= 0);
      assertThat(round.requests())
          .allMatch(request -> request.at().compareTo(Plan.ROUND.plusSeconds(6)) < 0);
    }
  }

  @Test
  void theLoadHasEveryKindOfRequest() {
    List<Request> requests =
        Planner.plan(SEED, 10).rounds().stream()
            .flatMap(round -> round.requests().stream())
            .toList();
    List<Request.Launch> launches =
        requests.stream()
            .filter(Request.Launch.class::isInstance)
            .map(Request.Launch.class::cast)
            .toList();

    assertThat(launches).anyMatch(launch -> !launch.shape().isValid());
    assertThat(launches).anyMatch(launch -> launch.shape().fails());
    assertThat(Set.copyOf(launches.stream().map(Request.Launch::eventId).toList()).size())
        .as("some event ids are repeated")
        .isLessThan(launches.size());
    assertThat(launches)
        .as("some run ids are taken by another request")
        .anyMatch(launch -> !launch.eventId().equals(launch.runId().value()));
    assertThat(requests).anyMatch(Request.Noise.class::isInstance);
    assertThat(requests)
        .filteredOn(Request.Cancel.class::isInstance)
        .hasSizeGreaterThan(launches.size() / 10);
  }

  @Test
  void noTroubleLastsAsLongAsALostSubmitSettles() {
    // The harness's launch-service takes a job that is not there after 8 s as never launched.
    assertThat(acts(Planner.plan(SEED, 30)))
        .filteredOn(Act.Disturb.class::isInstance)
        .allMatch(act -> ((Act.Disturb) act).length().compareTo(Duration.ofSeconds(3)) <= 0);
  }

  private static List<Act> acts(Plan plan) {
    return plan.rounds().stream().flatMap(round -> round.acts().stream()).toList();
  }

  private static Set<Step> armed(List<Act> acts) {
    return acts.stream()
        .filter(Act.Arm.class::isInstance)
        .map(act -> ((Act.Arm) act).step())
        .collect(Collectors.toSet());
  }

  private static Set<Part> killed(List<Act> acts) {
    return acts.stream()
        .filter(Act.Kill.class::isInstance)
        .map(act -> ((Act.Kill) act).part())
        .collect(Collectors.toSet());
  }

  private static boolean kills(Act act) {
    return switch (act) {
      case Act.Kill kill -> true;
      case Act.Arm arm -> arm.step().kills();
      case Act.TakeOver takeOver -> true;
      case Act.Disturb disturb -> false;
    };
  }
}
