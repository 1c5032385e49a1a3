/** Measures the command line. */
@NullMarked
package dev.wrinklefree.bench.commands;

import org.jspecify.annotations.NullMarked;
