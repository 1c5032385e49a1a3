/** What a server was seen to do, in a form in which two servers can be compared. */
@NullMarked
package dev.wrinklefree.conformance.record;

import org.jspecify.annotations.NullMarked;
