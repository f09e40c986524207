package org.hikae.enrollment.distribution.control;

import org.hikae.enrollment.distribution.view.AgentPackageFault;

/** A file is no package that could be offered; it says why, and nothing of what the file holds. */
final class InvalidPackageException extends Exception {

  private static final long serialVersionUID = 1L;

  private final AgentPackageFault fault;

  InvalidPackageException(AgentPackageFault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  AgentPackageFault fault() {
    return fault;
  }
}
