/** What is known of a run beside its machines. */
@NullMarked
package dev.wrinklefree.cost.run;

import org.jspecify.annotations.NullMarked;
