/** The platform's events as a person reads them. */
@NullMarked
package dev.wrinklefree.cli.event;

import org.jspecify.annotations.NullMarked;
