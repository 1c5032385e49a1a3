/** {@code wf webhooks}: addresses that the services send events to. */
@NullMarked
package dev.wrinklefree.cli.command.webhook;

import org.jspecify.annotations.NullMarked;
