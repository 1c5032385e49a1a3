/** The recurring round over the runs' training: look at W&amp;B, plan, tell, alert. */
@NullMarked
package dev.wrinklefree.monitor.training;

import org.jspecify.annotations.NullMarked;
