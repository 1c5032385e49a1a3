/** From a valid request to the accepted run and its task: a pure function. */
@NullMarked
package dev.wrinklefree.launch.plan;

import org.jspecify.annotations.NullMarked;
