/** Who calls, and what they may do: static tokens, OpenID Connect, and the three roles. */
@NullMarked
package dev.wrinklefree.rest.access;

import org.jspecify.annotations.NullMarked;
