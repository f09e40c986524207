package org.hikae.policy.view;

import org.hikae.approval.view.ApprovalView;

/** What became of a change. */
public sealed interface PutPolicyResult {

  /**
   * It holds now.
   *
   * @param version the version that stands
   */
  record Made(PolicyVersionView version) implements PutPolicyResult {}

  /**
   * It protects somebody less and waits for a second administrator.
   *
   * @param approval the request
   */
  record Waits(ApprovalView approval) implements PutPolicyResult {}
}
