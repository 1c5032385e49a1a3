package dev.wrinklefree.cost.pricing;

import dev.wrinklefree.contract.value.Placement;
import java.util.List;
import java.util.Optional;

/** The prices in use at this moment. */
public interface Prices {

  /** The price of one of the machines at {@code placement}, if it is known. */
  Optional<PriceRow> find(Placement placement);

  /** Every offer, each once. */
  List<PriceRow> rows();
}
