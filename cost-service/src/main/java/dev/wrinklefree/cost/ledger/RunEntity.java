package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.RunCost;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Row of {@code cost_run}, with all that belongs to the run. */
@Entity
@Table(name = "cost_run")
class RunEntity {

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  @Id
  @Column(name = "run_id")
  String runId;

  @Column(name = "correlation_id")
  @Nullable String correlationId;

  @Column(name = "launch_failed")
  boolean launchFailed;

  boolean ended;
  boolean accruing;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  @Column(name = "first_seen")
  Instant firstSeen;

  @ElementCollection
  @CollectionTable(name = "cost_observation", joinColumns = @JoinColumn(name = "run_id"))
  @OrderColumn(name = "position")
  List<ObservationEntity> observations = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "cost_interval", joinColumns = @JoinColumn(name = "run_id"))
  @OrderColumn(name = "position")
  List<IntervalEntity> intervals = new ArrayList<>();

  RunCost cost() {
    return new RunCost(
        new RunId(runId), intervals.stream().map(IntervalEntity::interval).toList(), ended);
  }

  RunAccount account() {
    return new RunAccount(
        correlationId,
        launchFailed,
        observations.stream().map(ObservationEntity::observation).toList(),
        cost());
  }

  /** Writes what differs; observations are only ever added. */
  void keep(RunAccount account) {
    correlationId = account.correlationId();
    launchFailed = account.launchFailed();
    ended = account.cost().ended();
    accruing = account.cost().accruing();
    account.observations().stream()
        .skip(observations.size())
        .map(ObservationEntity::of)
        .forEach(observations::add);
    if (!cost().intervals().equals(account.cost().intervals())) {
      intervals.clear();
      account.cost().intervals().stream().map(IntervalEntity::of).forEach(intervals::add);
    }
  }
}
