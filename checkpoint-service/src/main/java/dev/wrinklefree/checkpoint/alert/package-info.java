/** Which checkpoints should be there and are not, raised once and cleared once. */
@NullMarked
package dev.wrinklefree.checkpoint.alert;

import org.jspecify.annotations.NullMarked;
