/** A job's log as clean lines, across reconnections. */
@NullMarked
package dev.wrinklefree.skypilot.logs;

import org.jspecify.annotations.NullMarked;
