/** What W&amp;B's figures say of a run's training, and what is remembered of it; plain Java. */
@NullMarked
package dev.wrinklefree.monitor.progress;

import org.jspecify.annotations.NullMarked;
