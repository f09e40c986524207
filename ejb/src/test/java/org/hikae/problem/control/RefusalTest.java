package org.hikae.problem.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.hikae.problem.control.Refusal.QuotaUsage;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void each_says_what_belongs_to_its_code() {
    assertThat(Refusal.tooLarge(7).maxBytes()).isEqualTo(7);
    assertThat(Refusal.tooLarge(7).code()).isEqualTo(ProblemCode.TOO_LARGE);
    assertThat(Refusal.retryAfter(ProblemCode.BUSY, 9).retryAfterSeconds()).isEqualTo(9);
    QuotaUsage room = new QuotaUsage(1, 2, 3);
    assertThat(Refusal.quotaExceeded(room).room()).isEqualTo(room);
    assertThat(Refusal.with(ProblemCode.NOT_FOUND, room).details()).isEqualTo(room);
    assertThat(Refusal.rangeNotSatisfiable(5).reason()).isEqualTo("5");
    Refusal bare = Refusal.notFound();
    assertThat(bare.reason()).isEqualTo(ProblemCode.NOT_FOUND.code());
    assertThat(bare.missing()).isNull();
    assertThat(bare.maxBytes()).isNull();
    assertThat(bare.retryAfterSeconds()).isNull();
    assertThat(bare.room()).isNull();
    assertThat(bare.details()).isNull();
  }

  @Test
  void names_at_most_so_many_objects_and_counts_all() {
    assertThat(Refusal.missingObjects(List.of("a", "b")).missing()).containsExactly("a", "b");
    int many = Problem.MAX_MISSING + 1;
    Refusal refusal = Refusal.missingObjects(Collections.nCopies(many, "a"));
    assertThat(refusal.missing()).hasSize(Problem.MAX_MISSING);
    assertThat(refusal.reason()).startsWith(many + " objects");
  }
}
