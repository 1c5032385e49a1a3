/** What every log line of a piece of work carries, so that the lines of one run can be found. */
@NullMarked
package dev.wrinklefree.outbox.logging;

import org.jspecify.annotations.NullMarked;
