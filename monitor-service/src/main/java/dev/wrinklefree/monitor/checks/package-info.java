/** Whether what this service needs outside is there, and what to do if it is not. */
@NullMarked
package dev.wrinklefree.monitor.checks;

import org.jspecify.annotations.NullMarked;
