package org.hikae.approval.service;

import org.hikae.approval.view.ApprovedChange;

/**
 * A kind of change that needs a second administrator; each is a bean of the capability that it
 * belongs to.
 */
public interface Approvable {

  /** Its name, such as {@code policy.weaken}. */
  String kind();

  /**
   * Makes the change, in the transaction in which it was approved. A {@link
   * org.hikae.problem.control.Refusal} undoes the approval too: the request stays pending.
   */
  void execute(ApprovedChange approved);
}
