/** What a service says of the world that it needs. */
@NullMarked
package dev.wrinklefree.rest.checks;

import org.jspecify.annotations.NullMarked;
