/** Hostile input by the thousand: repeatable campaigns of mutated records and bodies. */
@NullMarked
package dev.wrinklefree.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
