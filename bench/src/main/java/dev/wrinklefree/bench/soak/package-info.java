/** A soak: a steady load for half an hour, and whether anything grows that should not. */
@NullMarked
package dev.wrinklefree.bench.soak;

import org.jspecify.annotations.NullMarked;
