/** What is killed, cut and requested in a round: a pure function of a seed. */
@NullMarked
package dev.wrinklefree.chaos.plan;

import org.jspecify.annotations.NullMarked;
