/** What launching needs outside this service, tried when somebody asks. */
@NullMarked
package dev.wrinklefree.launch.checks;

import org.jspecify.annotations.NullMarked;
