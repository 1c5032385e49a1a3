/** Turns a request's JSON into a valid request, or into everything that is wrong with it. */
@NullMarked
package dev.wrinklefree.launch.validation;

import org.jspecify.annotations.NullMarked;
