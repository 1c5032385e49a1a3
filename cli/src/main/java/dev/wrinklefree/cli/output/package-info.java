/** Tables, time lines, durations and colours for people. */
@NullMarked
package dev.wrinklefree.cli.output;

import org.jspecify.annotations.NullMarked;
