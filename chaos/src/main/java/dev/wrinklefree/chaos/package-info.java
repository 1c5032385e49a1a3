/** The fault harness: kills and cuts the platform as it is shipped and counts what was lost. */
@NullMarked
package dev.wrinklefree.chaos;

import org.jspecify.annotations.NullMarked;
