/**
 * Where training goes on from: wishes, the newest checkpoints of all runs, and how one is chosen.
 */
@NullMarked
package dev.wrinklefree.launch.resume;

import org.jspecify.annotations.NullMarked;
