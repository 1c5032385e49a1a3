/** What is looked at to tell whether runs can be launched and followed. */
@NullMarked
package dev.wrinklefree.cli.check;

import org.jspecify.annotations.NullMarked;
