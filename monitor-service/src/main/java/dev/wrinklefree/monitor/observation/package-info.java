/** What one round of reading saw, and what that says of each run. Plain Java. */
@NullMarked
package dev.wrinklefree.monitor.observation;

import org.jspecify.annotations.NullMarked;
