/** Carries a plan out against a running platform. */
@NullMarked
package dev.wrinklefree.chaos.strike;

import org.jspecify.annotations.NullMarked;
