package dev.wrinklefree.skypilot.catalog;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One row of the server's catalogue, as it says it: nothing is checked but the shape.
 *
 * @param cloud as SkyPilot prints it, such as {@code Nebius}
 * @param instanceType the cloud's name of the machine type; absent on a row of GPUs alone
 * @param accelerator name of the accelerator, such as {@code A100-80GB}
 * @param count accelerators of the machine; clouds sell fractions, too
 * @param perHour US dollars per hour for the whole machine on demand; absent if it is not sold so
 * @param spotPerHour the same for a machine that can be taken away; absent if it is not sold so
 * @param region absent where the price holds in any
 */
public record CatalogOffer(
    String cloud,
    @Nullable String instanceType,
    String accelerator,
    BigDecimal count,
    @Nullable BigDecimal perHour,
    @Nullable BigDecimal spotPerHour,
    @Nullable String region) {

  public CatalogOffer {
    requireNonNull(cloud, "cloud is null");
    requireNonNull(accelerator, "accelerator is null");
    requireNonNull(count, "count is null");
  }
}
