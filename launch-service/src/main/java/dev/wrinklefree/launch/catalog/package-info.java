/** What can be launched: models, modes, scales, clouds and secrets, as configured. */
@NullMarked
package dev.wrinklefree.launch.catalog;

import org.jspecify.annotations.NullMarked;
