package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Columns of a placement; all are null where it is not known. */
@Embeddable
class MachinesEntity {

  @Nullable String cloud;
  @Nullable String region;

  @Column(name = "instance_type")
  @Nullable String instanceType;

  @Nullable String accelerator;

  @Column(name = "accelerator_count")
  @Nullable Integer acceleratorCount;

  @Nullable Boolean spot;
  @Nullable Integer nodes;

  static MachinesEntity of(@Nullable Placement placement) {
    MachinesEntity entity = new MachinesEntity();
    if (placement != null) {
      entity.cloud = placement.cloud();
      entity.region = placement.region();
      entity.instanceType = placement.instanceType();
      Accelerators accelerators = placement.accelerators();
      if (accelerators != null) {
        entity.accelerator = accelerators.type();
        entity.acceleratorCount = accelerators.count();
      }
      entity.spot = placement.spot();
      entity.nodes = placement.nodes();
    }
    return entity;
  }

  static @Nullable Placement placement(@Nullable MachinesEntity entity) {
    if (entity == null || entity.cloud == null) {
      return null;
    }
    return new Placement(
        entity.cloud,
        entity.region,
        null,
        entity.instanceType,
        entity.accelerator == null
            ? null
            : new Accelerators(entity.accelerator, Objects.requireNonNull(entity.acceleratorCount)),
        Objects.requireNonNull(entity.spot),
        Objects.requireNonNull(entity.nodes));
  }
}
