/** The wf command: its entry point and exit codes. */
@NullMarked
package dev.wrinklefree.cli;

import org.jspecify.annotations.NullMarked;
