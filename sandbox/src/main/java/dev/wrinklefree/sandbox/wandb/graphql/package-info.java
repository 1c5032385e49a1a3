/** As much of GraphQL as clients of Weights &amp; Biases use: documents, a schema, execution. */
@NullMarked
package dev.wrinklefree.sandbox.wandb.graphql;

import org.jspecify.annotations.NullMarked;
