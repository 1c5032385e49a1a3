package dev.wrinklefree.sandbox.skypilot.catalog;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are asked for.
 *
 * @param name found anywhere in the accelerator's name; absent for all
 * @param region found anywhere in the region's name; absent for all
 * @param quantity accelerators of the machine; absent for any number
 * @param clouds names in any case; absent for all
 * @param allRegions whether every region is shown, or only the cheapest for each machine
 */
public record PriceQuery(
    @Nullable Pattern name,
    @Nullable Pattern region,
    @Nullable Integer quantity,
    @Nullable List<String> clouds,
    boolean allRegions) {

  boolean matches(CatalogRow row) {
    return (name == null || name.matcher(row.accelerator()).find())
        && (region == null || region.matcher(row.region()).find())
        && (quantity == null || quantity == row.count())
        && (clouds == null || clouds.stream().anyMatch(row.cloud()::equalsIgnoreCase));
  }
}
