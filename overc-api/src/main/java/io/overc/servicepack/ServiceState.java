package io.overc.servicepack;

/** Says how a service is. */
public enum ServiceState {
  /** Every component runs. */
  RUNNING,
  /** No component runs. */
  STOPPED,
  /** Some components run, others do not. */
  DEGRADED,
  /** A component is missing: its creation or removal was interrupted. */
  INCOMPLETE
}
