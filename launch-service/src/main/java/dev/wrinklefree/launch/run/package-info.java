/** The record of a run: its lifecycle, its row, and who may change what. */
@NullMarked
package dev.wrinklefree.launch.run;

import org.jspecify.annotations.NullMarked;
