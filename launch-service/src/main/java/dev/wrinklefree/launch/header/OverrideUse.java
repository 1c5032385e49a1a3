package dev.wrinklefree.launch.header;

import java.util.List;

/**
 * What a job does with overrides of its configuration.
 *
 * @param taken whether it takes any
 * @param reserved dotted keys that the task itself sets; one that ends with {@code .*} stands for
 *     itself and all that is below it
 */
public record OverrideUse(boolean taken, List<String> reserved) {

  /** Copies the list. */
  public OverrideUse {
    reserved = List.copyOf(reserved);
  }
}
