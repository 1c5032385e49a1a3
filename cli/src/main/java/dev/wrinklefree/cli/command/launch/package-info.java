/** The commands that start something, and what they share. */
@NullMarked
package dev.wrinklefree.cli.command.launch;

import org.jspecify.annotations.NullMarked;
