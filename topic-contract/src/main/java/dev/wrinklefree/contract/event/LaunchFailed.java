package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.RunId;

/**
 * The run was accepted and no SkyPilot job came of it.
 *
 * @param runId the run
 * @param code stable machine code in kebab-case, for example {@code skypilot-refused} or {@code
 *     cancelled-before-submit}
 * @param message one sentence for a person
 * @param attempts how often a submit was tried
 */
public record LaunchFailed(RunId runId, String code, String message, int attempts)
    implements LaunchStateData {}
