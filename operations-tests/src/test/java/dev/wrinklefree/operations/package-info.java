/** What an operator relies on, tested on the services as they are shipped. */
@NullMarked
package dev.wrinklefree.operations;

import org.jspecify.annotations.NullMarked;
