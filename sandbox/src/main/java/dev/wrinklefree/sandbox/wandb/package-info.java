/**
 * A stand-in for Weights &amp; Biases: its GraphQL API and the file stream of its SDK, over runs
 * that are kept in memory.
 */
@NullMarked
package dev.wrinklefree.sandbox.wandb;

import org.jspecify.annotations.NullMarked;
