/** A job's log as a stream of text. */
@NullMarked
package dev.wrinklefree.monitor.logs;

import org.jspecify.annotations.NullMarked;
