package org.hikae.policy.control;

import org.hikae.policy.view.PolicyValueType;
import org.hikae.policy.wire.AgentVersionOrder;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** A version of the agent. */
record VersionValueKind() implements TextValueKind {

  @Override
  public Object read(String field, @Nullable Object sent) {
    if (sent instanceof String text && AgentVersionOrder.MINIMUM.matcher(text).matches()) {
      return text;
    }
    throw Refusal.malformed(field + " must be a version such as 1.4 or 1.4.2, as text.");
  }

  @Override
  public Form form() {
    return new Form(PolicyValueType.VERSION, null, null, null, null);
  }
}
