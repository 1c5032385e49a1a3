package dev.wrinklefree.contract.event;

/**
 * What an event says, apart from its CloudEvents attributes. The JSON form has camelCase fields;
 * readers must ignore fields that they do not know, since adding an optional one is compatible.
 */
public sealed interface EventData
    permits LaunchRequested,
        CancelRequested,
        LaunchStateData,
        JobStateChanged,
        TrainingProgressed,
        CheckpointWritten,
        CostUpdated,
        RunAlerted {}
