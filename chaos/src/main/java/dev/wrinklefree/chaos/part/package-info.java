/** The parts of the platform, each of which is a process that can die. */
@NullMarked
package dev.wrinklefree.chaos.part;

import org.jspecify.annotations.NullMarked;
