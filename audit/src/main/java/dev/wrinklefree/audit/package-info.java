/** Judges the whole history of the platform's topics. */
@NullMarked
package dev.wrinklefree.audit;

import org.jspecify.annotations.NullMarked;
