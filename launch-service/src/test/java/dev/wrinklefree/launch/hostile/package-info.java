/** Hostile input by the thousand, against the parts that decide and against the running service. */
@NullMarked
package dev.wrinklefree.launch.hostile;

import org.jspecify.annotations.NullMarked;
