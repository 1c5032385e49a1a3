package dev.wrinklefree.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clean history, and one defect of each kind planted into it. */
class AuditTest {

  private static final RunId RUN = new RunId("planted");
  private static final RunId OTHER = new RunId("other");

  private final Story story = new Story();

  @BeforeEach
  void tellAWholeRun() {
    story.wholeRun(OTHER).wholeRun(RUN);
  }

  @Test
  void findsNothingInACleanHistory() {
    story.unreadable("{");
    story.cancel(RUN);

    AuditReport report = audit();

    assertThat(report.findings()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.rules()).allSatisfy(rule -> assertThat(rule.checked()).isPositive());
    assertThat(report.rules()).allSatisfy(rule -> assertThat(rule.unjudged()).isZero());
    assertThat(report.events()).isEqualTo(story.told.size() - 5);
  }

  @Test
  void countsRepeatsAndDoesNotBlameThem() {
    story.repeat(story.of(EventType.JOB_STATE_CHANGED, 8));
    story.repeat(story.of(EventType.COST_UPDATED, 7));
    story.repeat(story.of(EventType.CHECKPOINT_WRITTEN, 4));
    story.repeat(story.of(EventType.LAUNCH_ACCEPTED, 1));

    AuditReport report = audit();

    assertThat(report.isClean()).isTrue();
    assertThat(report.count(Severity.REPEATED)).isEqualTo(4);
    assertThat(report.repeatsPerThousand()).isEqualTo(4000.0 / report.events());
  }

  @Test
  void allowsARepeatThatComesLate() {
    story.told.add(story.of(EventType.LAUNCH_ACCEPTED, 1).copy());

    assertThat(codes(audit())).containsExactly("repeated");
  }

  @Test
  void knowsTheNumberedRequestsOfAService() {
    Told first = story.cancel(RUN);
    Told second = story.cancel(RUN);
    for (Told cancel : List.of(first, second)) {
      cancel.source = "/cost-service/cancel-requested";
      cancel.sequence = cancel == first ? 1L : 2L;
      cancel.id = RUN + ":" + cancel.sequence;
    }
    story.told.add(first.copy());
    assertThat(codes(audit())).containsExactly("repeated");

    story.told.remove(first);
    story.told.removeLast();
    assertThat(codes(audit())).containsExactly("sequence-gap");
  }

  @Test
  void findsALostAnswer() {
    RunId ignored = new RunId("ignored");
    story.requested(ignored);

    assertThat(found(audit())).containsExactly(Severity.LOST + " answer-missing " + ignored);
  }

  @Test
  void givesAYoungRequestTime() {
    story.requested(new RunId("young"));

    AuditReport report = audit(AuditSettings.at(story.now()));

    assertThat(codes(report)).containsExactly("answer-missing");
    assertThat(report.count(Severity.PENDING)).isEqualTo(1);
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void findsASecondAnswer() {
    story.rejected(RUN, "request-" + RUN);

    assertThat(codes(audit())).containsExactly("answered-twice");
  }

  @Test
  void findsAnAnswerThatNobodyAskedFor() {
    Told rejected = story.rejected(RUN, "nobody");

    AuditReport report = audit();

    assertThat(codes(report)).containsExactly("answer-unasked", "cause-missing");
    assertThat(report.findings().getFirst().eventId()).isEqualTo(rejected.id);
  }

  @Test
  void expectsAnAnswerToAConflictAndNoneToTheSameRequest() {
    story.requested(RUN);
    story.requested(RUN, "same-body-other-event", "/someone-else");
    Told conflict = story.requested(RUN, "other-body", "/someone-else");
    conflict.data.put("mode", "w1");
    assertThat(found(audit())).containsExactly(Severity.LOST + " answer-missing " + RUN);

    story.rejected(RUN, "other-body");
    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void expectsAnAnswerForEachSourceThatUsedTheSameId() {
    Told conflict = story.requested(RUN, "request-" + RUN, "/someone-else");
    conflict.data.put("mode", "w1");
    assertThat(codes(audit())).containsExactly("answer-missing");

    story.rejected(RUN, "request-" + RUN);
    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void findsASecondAcceptance() {
    Told conflict = story.requested(RUN, "second", "/someone-else");
    conflict.data.put("mode", "w1");
    Told accepted = story.rejected(RUN, "second");
    Told first = story.last(t -> t.type == EventType.LAUNCH_ACCEPTED);
    accepted.type = EventType.LAUNCH_ACCEPTED;
    accepted.data = first.data.deepCopy();

    assertThat(codes(audit())).containsExactly("accepted-twice");
  }

  @Test
  void findsARequestThatWasSetAsideThoughItCanBeRead() {
    RunId run = new RunId("unreadable");
    Told letter = story.unreadable("{");
    story.told.get(story.told.indexOf(letter) - 1).value = null;
    letter.value = null;

    assertThat(found(audit())).containsExactly(Severity.WRONG + " request-set-aside " + run);
  }

  @Test
  void findsAnAcceptedRunThatWentNoFurther() {
    RunId stuck = new RunId("stuck");
    story.requested(stuck);
    story.accepted(stuck);

    assertThat(found(audit())).containsExactly(Severity.LOST + " not-settled " + stuck);
  }

  @Test
  void findsARunThatIsSubmittedAndFailed() {
    story.failed(RUN);

    assertThat(codes(audit())).containsExactly("settled-twice");
  }

  @Test
  void findsARunThatIsSubmittedWithoutHavingBeenAccepted() {
    Told accepted = story.last(t -> t.type == EventType.LAUNCH_ACCEPTED);
    accepted.type = EventType.LAUNCH_REJECTED;
    accepted.data = story.rejected(OTHER, "none").data;
    story.told.removeLast();
    accepted.data.put("runId", RUN.value());

    assertThat(codes(audit())).containsExactly("settled-unaccepted", "unknown-run");
  }

  @Test
  void findsASecondJob() {
    story.last(t -> t.type == EventType.JOB_STATE_CHANGED).data.put("skypilotJobId", 18);

    assertThat(codes(audit())).containsExactly("second-job");
  }

  @Test
  void findsASubmittedJobThatNobodyFollows() {
    RunId unseen = new RunId("unseen");
    story.requested(unseen);
    story.accepted(unseen);
    story.submitted(unseen);

    assertThat(found(audit())).containsExactly(Severity.LOST + " job-state-missing " + unseen);
  }

  @Test
  void findsACancelThatWasForgotten() {
    RunId running = new RunId("running");
    story.requested(running);
    story.accepted(running);
    story.submitted(running);
    story.state(running, JobState.RUNNING, 0);
    story.cost(running);
    story.cancel(running);
    assertThat(found(audit())).containsExactly(Severity.WRONG + " cancel-without-end " + running);
    assertThat(audit(AuditSettings.at(story.now())).isClean()).isTrue();

    story.state(running, JobState.CANCELLED, 0);
    story.cost(running);
    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void acceptsACancelBeforeTheSubmitAndOneOfARunThatNeverWas() {
    RunId cancelled = new RunId("cancelled");
    story.cancel(cancelled);
    story.requested(cancelled);
    story.accepted(cancelled);
    story.failed(cancelled);
    story.cost(cancelled);
    story.cancel(new RunId("never"));

    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void findsAGapInTheSequence() {
    story.told.remove(story.of(EventType.CHECKPOINT_WRITTEN, 5 - 1));

    AuditReport report = audit();

    assertThat(codes(report)).containsExactly("sequence-gap");
    assertThat(report.count(Severity.LOST)).isEqualTo(1);
    assertThat(report.findings().getFirst().sentence()).startsWith("Number 2 of /checkpoint-");
  }

  @Test
  void findsAFactWithoutASequence() {
    Told fact = story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN);
    fact.sequence = null;

    assertThat(codes(audit())).containsExactly("id-form", "sequence-absent");
  }

  @Test
  void findsFactsInTheWrongOrder() {
    Told last = story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN);
    story.told.remove(last);
    story.told.add(story.told.indexOf(story.of(EventType.CHECKPOINT_WRITTEN, 4)), last);

    assertThat(codes(audit())).containsExactly("out-of-order");
  }

  @Test
  void findsARunInTwoPartitions() {
    Told last = story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN);
    last.partition = (last.partition + 1) % 6;

    assertThat(codes(audit())).contains("two-partitions");
  }

  @Test
  void findsTwoContentsOfOneId() {
    Told repeat = story.repeat(story.of(EventType.CHECKPOINT_WRITTEN, 5));
    repeat.time = repeat.time.plusSeconds(1);

    assertThat(codes(audit())).contains("same-id-other-content");
  }

  @Test
  void findsAnIdThatDoesNotFollowFromRunAndSequence() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).id = "random";

    assertThat(codes(audit())).containsExactly("id-form");
  }

  @Test
  void findsARunIdInTheDataThatIsNotTheKey() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).data.put("runId", OTHER.value());

    assertThat(codes(audit())).containsExactly("run-name-differs");
  }

  @Test
  void findsAFactWithoutAKey() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).key = Optional.empty();

    assertThat(codes(audit())).containsExactly("run-name-differs");
  }

  @Test
  void findsACauseAndAnOriginThatWereNeverTold() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).cause = RUN + ":99";
    story.of(EventType.CHECKPOINT_WRITTEN, 4).correlation = "no-such-request";

    assertThat(codes(audit())).containsExactly("cause-missing", "correlation-missing");
  }

  @Test
  void findsAnAnswerThatDoesNotSayWhatItAnswers() {
    story.last(t -> t.type == EventType.LAUNCH_ACCEPTED).cause = null;

    assertThat(codes(audit()))
        .containsExactlyInAnyOrder("answer-missing", "answer-unasked", "cause-absent");
  }

  @Test
  void findsAPreviousStateThatWasNotTold() {
    jobState(4).data.put("previousState", "PENDING");

    assertThat(codes(audit())).containsExactly("previous-state");
  }

  @Test
  void findsAnEndedJobThatGoesOn() {
    story.state(RUN, JobState.RECOVERING, 1);
    story.state(RUN, JobState.FAILED, 1);
    story.cost(RUN);

    assertThat(codes(audit())).containsExactly("ended-goes-on");
  }

  @Test
  void acceptsTheCorrectionOfAnEnd() {
    story.state(RUN, JobState.FAILED_CONTROLLER, 1);

    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void findsATimeThatRunsBackwards() {
    Told state = jobState(2);
    state.time = state.time.minusSeconds(25);

    assertThat(codes(audit())).contains("time-backwards");
  }

  @Test
  void findsAnAttemptThatDoesNotCount() {
    jobState(1).data.put("attempt", 7);

    assertThat(codes(audit())).contains("attempt");
  }

  @Test
  void findsAnUnknownStateWithoutItsTime() {
    RunId run = new RunId("unsure");
    story.requested(run);
    story.accepted(run);
    story.submitted(run);
    story.state(run, JobState.UNKNOWN, 0).data.remove("unknownSince");

    assertThat(codes(audit())).containsExactly("unknown-since");
  }

  @Test
  void findsACheckpointThatIsToldTwice() {
    Told again = story.checkpoint(RUN, 2000, 1);

    assertThat(found(audit()))
        .containsExactly(Severity.WRONG + " checkpoint-told-twice " + again.run);
  }

  @Test
  void findsARevisionThatDoesNotCount() {
    story.checkpoint(RUN, 2000, 3);

    assertThat(codes(audit())).containsExactly("revision");
  }

  @Test
  void findsACheckpointWhoseFiguresAreNotThoseOfItsObjects() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).data.put("totalBytes", 1);

    assertThat(codes(audit())).containsExactly("checkpoint-figures");
  }

  @Test
  void findsACheckpointOfAnotherRunsPrefix() {
    story.of(EventType.CHECKPOINT_WRITTEN, 5).data.put("uri", "gs://elsewhere/checkpoint.pt");

    assertThat(codes(audit())).containsExactly("checkpoint-elsewhere");
  }

  @Test
  void findsACentTooMuch() {
    Told cost = story.of(EventType.COST_UPDATED, 7);
    ((ObjectNode) cost.data.get("spent")).put("amount", "0.05");

    assertThat(codes(audit())).containsExactly("cost-sum");
  }

  @Test
  void findsAnAmountThatItsPriceDoesNotGive() {
    Told cost = story.of(EventType.COST_UPDATED, 5);
    ObjectNode interval = (ObjectNode) cost.data.get("intervals").get(0);
    ((ObjectNode) interval.get("amount")).put("amount", "0.07");
    ((ObjectNode) cost.data.get("spent")).put("amount", "0.07");

    assertThat(codes(audit())).containsExactly("cost-sum");
  }

  @Test
  void findsTimeThatTheJobStatesDoNotGive() {
    Told cost = story.of(EventType.COST_UPDATED, 5);
    ObjectNode interval = (ObjectNode) cost.data.get("intervals").get(0);
    interval.put("from", Instant.parse(interval.get("from").asText()).plusSeconds(3).toString());

    assertThat(codes(audit())).containsExactly("cost-differs");
  }

  @Test
  void findsAPriceThatChanged() {
    Told cost = story.of(EventType.COST_UPDATED, 6);
    ObjectNode interval = (ObjectNode) cost.data.get("intervals").get(0);
    ((ObjectNode) interval.get("perHour")).put("amount", "2.40");
    String doubled =
        new BigDecimal("2.40")
            .multiply(new BigDecimal(interval.get("seconds").asText()))
            .divide(new BigDecimal(3600), 6, RoundingMode.HALF_UP)
            .toPlainString();
    ((ObjectNode) interval.get("amount")).put("amount", doubled);
    ((ObjectNode) cost.data.get("spent")).put("amount", doubled);
    ((ObjectNode) cost.data.get("perHour")).put("amount", "2.40");

    assertThat(codes(audit())).containsOnly("price-changed");
  }

  @Test
  void findsAnEndedRunWithoutItsFinalCost() {
    story.told.remove(story.last(t -> t.type == EventType.COST_UPDATED));

    assertThat(found(audit())).containsExactly(Severity.LOST + " final-cost-missing " + RUN);
  }

  @Test
  void findsAnAlertThatIsRaisedWhileItIsOpen() {
    story.alert(RUN, AlertCode.NO_FINAL_CHECKPOINT, true);

    assertThat(found(audit())).containsExactly(Severity.WRONG + " alert-raised-twice " + RUN);
  }

  @Test
  void findsAnAlertThatIsClearedAndWasNotRaised() {
    story.alert(RUN, AlertCode.CHECKPOINT_OVERDUE, false);

    assertThat(found(audit())).containsExactly(Severity.WRONG + " alert-not-open " + RUN);
  }

  @Test
  void findsAnAlertThatIsOpenWhenItsRunHasEnded() {
    story.alert(RUN, AlertCode.CHECKPOINT_INCOMPLETE, true);

    assertThat(found(audit())).containsExactly(Severity.LOST + " alert-not-cleared " + RUN);
    assertThat(audit(AuditSettings.at(story.now())).count(Severity.PENDING)).isEqualTo(1);
  }

  @Test
  void keepsTheAlertsOfTwoServicesApart() {
    Told money = story.alert(RUN, AlertCode.NO_FINAL_CHECKPOINT, true);
    money.source = "/cost-service/run-alert";
    money.sequence = 1L;
    money.id = RUN + ":1";

    assertThat(codes(audit())).isEmpty();
  }

  @Test
  void findsProgressAndAlertsOfARunThatNobodyKnows() {
    RunId stranger = new RunId("stranger");
    story.progress(stranger).cause = null;
    story.alert(stranger, AlertCode.NO_FINAL_CHECKPOINT, true).cause = null;

    assertThat(found(audit()))
        .contains(Severity.WRONG + " unknown-run " + stranger)
        .filteredOn(finding -> finding.contains("unknown-run"))
        .hasSize(2);
  }

  @Test
  void findsAQuoteThatChangedOrVanished() {
    ObjectNode cost = story.of(EventType.COST_UPDATED, 6).data;
    ((ObjectNode) cost.get("quote").get("total")).put("amount", "7.00");
    assertThat(codes(audit())).containsExactly("quote-changed");

    cost.remove("quote");
    assertThat(codes(audit())).containsExactly("quote-vanished");
  }

  @Test
  void findsAFactThatCannotBeRead() {
    Told fact = story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN);
    fact.value = "{".getBytes(StandardCharsets.UTF_8);

    assertThat(codes(audit())).containsExactly("unreadable-event");
  }

  @Test
  void findsAFactOfAStranger() {
    story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN).source = "/stranger";

    assertThat(codes(audit())).containsExactly("foreign-source");
  }

  @Test
  void findsAFactThatAServiceSetAside() {
    Told letter = story.last(t -> t.type == EventType.CHECKPOINT_WRITTEN).copy();
    letter.topic += "-dead-letter";
    letter.headers.put("dead-letter-topic", "checkpoint-written");
    letter.headers.put("dead-letter-partition", "0");
    letter.headers.put("dead-letter-offset", "3");
    story.told.add(letter);

    assertThat(codes(audit())).containsExactly("fact-set-aside");
  }

  @Test
  void findsARequestThatVanished() {
    story.told.remove(story.unreadable("{"));

    AuditReport report = audit();

    assertThat(codes(report)).containsExactly("dead-letter-missing");
    assertThat(report.count(Severity.LOST)).isEqualTo(1);
  }

  @Test
  void findsADeadLetterThatIsNotWhatCame() {
    story.unreadable("{").value = "}".getBytes(StandardCharsets.UTF_8);

    assertThat(codes(audit())).containsExactly("dead-letter-altered");
  }

  @Test
  void findsADeadLetterWithoutAnOrigin() {
    story.unreadable("{").headers.remove("dead-letter-offset");

    assertThat(codes(audit())).containsExactly("dead-letter-missing", "dead-letter-without-origin");
  }

  @Test
  void doesNotCallLostWhatTheBrokerHasDeleted() {
    AuditReport report =
        audit(
            AuditSettings.at(story.now().plus(Duration.ofDays(1))),
            Map.of(
                "launch-requested", 2L,
                "launch-state", 2L,
                "job-state", 4L,
                "checkpoint-written", 1L,
                "running-cost", 3L));

    assertThat(report.findings()).isEmpty();
    assertThat(report.rules().stream().mapToLong(rule -> rule.unjudged()).sum()).isPositive();
  }

  @Test
  void judgesOneRunAlone() {
    story.of(EventType.CHECKPOINT_WRITTEN, 1).data.put("totalBytes", 1);
    AuditSettings settings = AuditSettings.at(story.now().plus(Duration.ofDays(1)));

    assertThat(audit(settings.of(RUN)).findings()).isEmpty();
    assertThat(codes(audit(settings.of(OTHER)))).containsExactly("checkpoint-figures");
  }

  private Told jobState(int index) {
    return story.of(EventType.JOB_STATE_CHANGED, 6 + index);
  }

  private AuditReport audit() {
    return audit(AuditSettings.at(story.now().plus(Duration.ofDays(1))));
  }

  private AuditReport audit(AuditSettings settings) {
    return audit(settings, Map.of());
  }

  private AuditReport audit(AuditSettings settings, Map<String, Long> deleted) {
    return new Audit(settings).judge(story.history(deleted));
  }

  private static Set<String> codes(AuditReport report) {
    return report.findings().stream()
        .map(Finding::code)
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  private static List<String> found(AuditReport report) {
    return report.findings().stream()
        .map(finding -> finding.severity() + " " + finding.code() + " " + finding.runId())
        .toList();
  }
}
