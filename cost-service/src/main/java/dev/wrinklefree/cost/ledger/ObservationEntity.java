package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.cost.metering.Observation;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Row of {@code cost_observation}. */
@Embeddable
class ObservationEntity {

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  String identity;

  @Nullable Long sequence;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  Instant at;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  @Enumerated(EnumType.STRING)
  JobState state;

  int attempt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Embedded @Nullable MachinesEntity machines;

  static ObservationEntity of(Observation observation) {
    ObservationEntity entity = new ObservationEntity();
    entity.identity = observation.identity();
    entity.sequence = observation.sequence();
    entity.at = observation.at();
    entity.state = observation.state();
    entity.attempt = observation.attempt();
    entity.startedAt = observation.startedAt();
    entity.machines = MachinesEntity.of(observation.placement());
    return entity;
  }

  Observation observation() {
    return new Observation(
        identity, sequence, at, state, attempt, MachinesEntity.placement(machines), startedAt);
  }
}
