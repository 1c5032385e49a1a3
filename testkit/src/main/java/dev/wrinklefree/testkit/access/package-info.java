/** Tokens for the services under test. */
@NullMarked
package dev.wrinklefree.testkit.access;

import org.jspecify.annotations.NullMarked;
