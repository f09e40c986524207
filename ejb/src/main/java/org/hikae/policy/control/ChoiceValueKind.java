package org.hikae.policy.control;

import java.util.List;
import org.hikae.policy.view.PolicyValueType;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words.
 *
 * @param words which
 */
record ChoiceValueKind(List<String> words) implements TextValueKind {

  @Override
  public Object read(String field, @Nullable Object sent) {
    if (sent instanceof String word && words.contains(word)) {
      return word;
    }
    throw Refusal.malformed(field + " must be one of " + String.join(", ", words) + ".");
  }

  @Override
  public Form form() {
    return new Form(PolicyValueType.CHOICE, null, null, null, words);
  }
}
