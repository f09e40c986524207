package org.hikae.enrollment.update.wire;

/** Nothing of an update may be used. */
public final class UpdateException extends Exception {

  private static final long serialVersionUID = 1L;

  private final UpdateFault fault;
  private final String file;

  /** Says why, and by which file. */
  public UpdateException(UpdateFault fault, String file) {
    super(fault + ": " + file);
    this.fault = fault;
    this.file = file;
  }

  /** Why. */
  public UpdateFault fault() {
    return fault;
  }

  /** The file of the update that is at fault, by its own name. */
  public String file() {
    return file;
  }
}
