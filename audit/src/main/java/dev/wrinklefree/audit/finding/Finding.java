package dev.wrinklefree.audit.finding;

import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.contract.value.RunId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an audit found.
 *
 * @param severity what it means
 * @param rule code of the rule that found it
 * @param code stable machine code in kebab-case of what is the matter
 * @param position the record in question; absent where there is none
 * @param eventId id of the event in question, where it has one
 * @param runId its run, where known
 * @param sentence for a person
 */
public record Finding(
    Severity severity,
    String rule,
    String code,
    @Nullable Position position,
    @Nullable String eventId,
    @Nullable RunId runId,
    String sentence) {}
