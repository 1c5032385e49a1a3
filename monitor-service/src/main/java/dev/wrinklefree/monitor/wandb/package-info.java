/** A client of the Weights &amp; Biases GraphQL interface; plain Java. */
@NullMarked
package dev.wrinklefree.monitor.wandb;

import org.jspecify.annotations.NullMarked;
