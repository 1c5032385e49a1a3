/** Tests of reading what services say. */
@org.jspecify.annotations.NullMarked
package dev.wrinklefree.cli.rest;
