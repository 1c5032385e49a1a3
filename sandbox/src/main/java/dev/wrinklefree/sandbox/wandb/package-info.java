/** A stand-in for the GraphQL API of Weights &amp; Biases. */
@NullMarked
package dev.wrinklefree.sandbox.wandb;

import org.jspecify.annotations.NullMarked;
