/** One class per verb of wf. */
@NullMarked
package dev.wrinklefree.cli.command;

import org.jspecify.annotations.NullMarked;
