/** What lies under the watched roots and belongs to no known run. */
@NullMarked
package dev.wrinklefree.checkpoint.unattributed;

import org.jspecify.annotations.NullMarked;
