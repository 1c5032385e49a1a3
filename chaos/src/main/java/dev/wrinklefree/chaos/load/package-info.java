/** The requests that the platform is driven with. */
@NullMarked
package dev.wrinklefree.chaos.load;

import org.jspecify.annotations.NullMarked;
