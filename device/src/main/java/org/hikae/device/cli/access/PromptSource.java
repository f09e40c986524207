package org.hikae.device.cli.access;

import org.hikae.device.AgentException;
import org.hikae.device.policy.CompanyPolicy;

/** What whoever asks the person needs of the signed-in agent. */
interface PromptSource {

  /** What the company's policy says now. */
  CompanyPolicy policy() throws AgentException;

  /** Signs the person in again, or says why it cannot. */
  void signInAgain() throws AgentException;
}
