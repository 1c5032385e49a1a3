/** Whose a run is, and who may cancel it. */
@NullMarked
package dev.wrinklefree.launch.ownership;

import org.jspecify.annotations.NullMarked;
