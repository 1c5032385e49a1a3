/** The services as wf sees them: addresses, requests and failures. */
@NullMarked
package dev.wrinklefree.cli.rest;

import org.jspecify.annotations.NullMarked;
