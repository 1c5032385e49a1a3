/**
 * The typed header of a task template: what a kind of job takes, and where it leaves what it makes.
 */
@NullMarked
package dev.wrinklefree.launch.header;

import org.jspecify.annotations.NullMarked;
