/** How often each step was hit, and how long each part took to come back. */
@NullMarked
package dev.wrinklefree.chaos.measure;

import org.jspecify.annotations.NullMarked;
