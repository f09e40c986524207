package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.ejb.EJBAccessException;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Expects refusals. */
final class Refused {

  private Refused() {}

  /** The use case says no with this code. */
  static void with(ProblemCode code, As caller, As.Work work) {
    Throwable thrown = catchThrowable(() -> caller.run(work));
    assertThat(thrown).isInstanceOf(Refusal.class);
    assertThat(((Refusal) thrown).code()).isEqualTo(code);
  }

  /** The container says no because of the roles. */
  static void byRole(As caller, As.Work work) {
    assertThat(catchThrowable(() -> caller.run(work))).isInstanceOf(EJBAccessException.class);
  }
}
