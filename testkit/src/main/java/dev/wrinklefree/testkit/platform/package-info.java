/** The broker and the database server that all tests of one JVM share. */
@NullMarked
package dev.wrinklefree.testkit.platform;

import org.jspecify.annotations.NullMarked;
