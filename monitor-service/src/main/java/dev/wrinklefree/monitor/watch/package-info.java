/** The recurring round: read the queue, find, plan, tell. One replica at a time. */
@NullMarked
package dev.wrinklefree.monitor.watch;

import org.jspecify.annotations.NullMarked;
