/** The command line of the benchmark. */
@NullMarked
package dev.wrinklefree.bench;

import org.jspecify.annotations.NullMarked;
