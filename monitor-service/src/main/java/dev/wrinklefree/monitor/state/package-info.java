/** Detect, then plan: recorded job + finding = what to tell. Plain Java, no clock, no I/O. */
@NullMarked
package dev.wrinklefree.monitor.state;

import org.jspecify.annotations.NullMarked;
