/** The platform as it is shipped, with every part a process that can be killed. */
@NullMarked
package dev.wrinklefree.chaos.platform;

import org.jspecify.annotations.NullMarked;
