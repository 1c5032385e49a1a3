/** Work on a run that survives crashes. */
@NullMarked
package dev.wrinklefree.launch.work;

import org.jspecify.annotations.NullMarked;
