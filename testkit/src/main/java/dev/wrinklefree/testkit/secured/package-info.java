/** A broker that knows its clients and lets each do what the list of ACLs says, for tests. */
@NullMarked
package dev.wrinklefree.testkit.secured;

import org.jspecify.annotations.NullMarked;
