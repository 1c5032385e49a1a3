package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;

/** SkyPilot's status as a state of the contract. */
final class StateWord {
  private StateWord() {}

  static JobState of(ManagedJobStatus status) {
    return switch (status) {
      // Older servers' word for a job that its controller has taken but not begun to provision.
      case PENDING, SUBMITTED -> JobState.PENDING;
      case STARTING -> JobState.STARTING;
      case RUNNING -> JobState.RUNNING;
      case WINDING_DOWN -> JobState.WINDING_DOWN;
      case RECOVERING -> JobState.RECOVERING;
      case CANCELLING -> JobState.CANCELLING;
      case SUCCEEDED -> JobState.SUCCEEDED;
      case CANCELLED -> JobState.CANCELLED;
      case FAILED -> JobState.FAILED;
      case FAILED_SETUP -> JobState.FAILED_SETUP;
      case FAILED_PRECHECKS -> JobState.FAILED_PRECHECKS;
      case FAILED_NO_RESOURCE -> JobState.FAILED_NO_RESOURCE;
      case FAILED_CONTROLLER -> JobState.FAILED_CONTROLLER;
      case UNKNOWN -> JobState.UNKNOWN;
    };
  }
}
