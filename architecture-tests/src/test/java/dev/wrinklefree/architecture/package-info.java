/** Rules for modules and packages; a broken one fails the build. */
@NullMarked
package dev.wrinklefree.architecture;

import org.jspecify.annotations.NullMarked;
