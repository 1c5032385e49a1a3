/** From a launch request to its answer, beside a bare loop that does as little as can be. */
@NullMarked
package dev.wrinklefree.bench.launch;

import org.jspecify.annotations.NullMarked;
