package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.value.Placement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether two placements can be the same machines, seen more or less exactly. */
final class Machines {

  private Machines() {}

  static @Nullable Placement withoutZone(@Nullable Placement placement) {
    return placement == null || placement.zone() == null
        ? placement
        : new Placement(
            placement.cloud(),
            placement.region(),
            null,
            placement.instanceType(),
            placement.accelerators(),
            placement.spot(),
            placement.nodes());
  }

  /** Whether nothing that both say differs. */
  static boolean canBeTheSame(@Nullable Placement one, @Nullable Placement other) {
    return one == null
        || other == null
        || (one.cloud().equals(other.cloud())
            && one.spot() == other.spot()
            && one.nodes() == other.nodes()
            && agree(one.region(), other.region())
            && agree(one.instanceType(), other.instanceType())
            && agree(one.accelerators(), other.accelerators()));
  }

  /** All that the two say together, of placements that can be the same. */
  static @Nullable Placement together(@Nullable Placement one, @Nullable Placement other) {
    if (one == null || other == null) {
      return withoutZone(one == null ? other : one);
    }
    return new Placement(
        one.cloud(),
        either(one.region(), other.region()),
        null,
        either(one.instanceType(), other.instanceType()),
        either(one.accelerators(), other.accelerators()),
        one.spot(),
        one.nodes());
  }

  private static <T> boolean agree(@Nullable T one, @Nullable T other) {
    return one == null || other == null || one.equals(other);
  }

  private static <T> @Nullable T either(@Nullable T one, @Nullable T other) {
    return Optional.ofNullable(one).orElse(other);
  }
}
