package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.audit.rule.MachineTime.Machines;
import dev.wrinklefree.audit.rule.MachineTime.Said;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money follows from the job states and the prices, to the last digit. A cost event does not say up
 * to which job state it was computed, so there must be one for which it is right, and never an
 * earlier one than for the cost event before.
 */
final class CostRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, Account> accounts = new LinkedHashMap<>();

  CostRule(AuditScope scope) {
    this.scope = scope;
  }

  /** What has one price. */
  private record Priced(
      Instant from,
      @Nullable String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      @Nullable Accelerators accelerators,
      boolean spot,
      int nodes) {

    static Priced of(CostUpdated.Interval interval) {
      return new Priced(
          interval.from(),
          interval.cloud(),
          interval.region(),
          interval.instanceType(),
          interval.accelerators(),
          interval.spot(),
          interval.nodes());
    }
  }

  private static final class Account {
    private final List<Said> states = new ArrayList<>();
    private final Map<Priced, Money> prices = new HashMap<>();
    private @Nullable Trace end;
    private @Nullable CostUpdated last;
    private @Nullable Trace lastEvent;
    private int heard;
    private boolean launchFailed;

    /** Whether the event can be told after that many job states. */
    boolean gives(CostUpdated cost, int count) {
      return maySay(cost.ended(), count)
          && CostFigures.areThose(cost, MachineTime.of(states.subList(0, count)));
    }

    private boolean maySay(boolean ended, int count) {
      for (int i = count - 1; i >= 0; i--) {
        if (states.get(i).state() != JobState.UNKNOWN) {
          return states.get(i).state().isTerminal() == ended;
        }
      }
      return launchFailed || !ended;
    }
  }

  @Override
  public String code() {
    return "cost";
  }

  @Override
  public String promise() {
    return "each cost is what the job states and its own prices give, to the last digit";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting == Sighting.REPEAT) {
      return;
    }
    if (event.data() instanceof JobStateChanged state) {
      heard(account(event), event, state);
    } else if (event.attributes().type() == EventType.LAUNCH_FAILED) {
      account(event).end = event.trace();
      account(event).launchFailed = true;
    } else if (event.data() instanceof CostUpdated cost) {
      findings.checked();
      told(account(event), cost, event.trace(), findings);
    }
  }

  private Account account(EventRecord event) {
    return accounts.computeIfAbsent(event.runId(), runId -> new Account());
  }

  private static void heard(Account account, EventRecord event, JobStateChanged state) {
    Instant startedAt = state.startedAt();
    account.states.add(
        new Said(
            event.attributes().time().truncatedTo(ChronoUnit.MICROS),
            state.state(),
            state.attempt(),
            state.placement(),
            startedAt == null ? null : startedAt.truncatedTo(ChronoUnit.MICROS)));
    if (state.state() != JobState.UNKNOWN) {
      account.end = state.state().isTerminal() ? event.trace() : null;
    }
  }

  private void told(Account account, CostUpdated cost, Trace event, Findings findings) {
    account.last = cost;
    account.lastEvent = event;
    CostFigures.wrongSum(cost)
        .ifPresent(wrong -> findings.add(Severity.WRONG, "cost-sum", event, wrong));
    cost.intervals().forEach(interval -> priced(account, interval, event, findings));
    if (scope.retention().isTruncated(Topic.JOB_STATE)) {
      findings.unjudged();
      return;
    }
    int heard = heardFor(account, cost, account.heard);
    if (heard < 0) {
      findings.add(
          Severity.WRONG,
          "cost-differs",
          event,
          "The run's job states do not give these intervals: %s."
              .formatted(shown(MachineTime.of(account.states))));
    } else {
      account.heard = heard;
    }
  }

  /** A price is pinned for as long as the machines are known as the same. */
  private static void priced(
      Account account, CostUpdated.Interval interval, Trace event, Findings findings) {
    Money perHour = interval.perHour();
    if (perHour == null) {
      return;
    }
    Money before = account.prices.put(Priced.of(interval), perHour);
    if (before != null && !before.equals(perHour)) {
      findings.add(
          Severity.WRONG,
          "price-changed",
          event,
          "The interval from %s cost %s per hour before and costs %s."
              .formatted(interval.from(), before.amount(), perHour.amount()));
    }
  }

  /** How many job states give the event; -1 if no number of them does. */
  private static int heardFor(Account account, CostUpdated cost, int from) {
    for (int count = from; count <= account.states.size(); count++) {
      if (account.gives(cost, count)) {
        return count;
      }
    }
    return -1;
  }

  @Override
  public void finish(Findings findings) {
    for (Account account : accounts.values()) {
      Trace end = account.end;
      if (end == null) {
        continue;
      }
      findings.checked();
      CostUpdated last = account.last;
      if (last == null || !last.ended() || !isFinal(account, last)) {
        missing(account, end, findings);
      }
    }
  }

  private boolean isFinal(Account account, CostUpdated last) {
    return scope.retention().isTruncated(Topic.JOB_STATE)
        || account.gives(last, account.states.size());
  }

  private void missing(Account account, Trace end, Findings findings) {
    if (scope.isYoung(end.storedAt())) {
      findings.add(Severity.PENDING, "final-cost-missing", end, "The final cost is not told yet.");
    } else if (scope.retention().mayHaveDeleted(Topic.RUNNING_COST, end.storedAt())) {
      findings.unjudged();
    } else {
      findings.add(
          Severity.LOST,
          "final-cost-missing",
          account.lastEvent == null ? end : account.lastEvent,
          "The run has ended and no cost event tells all of it.");
    }
  }

  private static String shown(List<Machines> machines) {
    return machines.isEmpty()
        ? "there are none"
        : machines.stream()
            .map(interval -> interval.from() + " to " + interval.to())
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
  }
}
