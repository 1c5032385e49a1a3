/** The runs that are watched: where their checkpoints go, and how often it is looked there. */
@NullMarked
package dev.wrinklefree.checkpoint.registry;

import org.jspecify.annotations.NullMarked;
