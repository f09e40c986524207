package org.hikae.problem.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a request has to be, as clients are told when it is something else: {@code
 * NAME must be VALUE.}
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RequirementText {
  /** The end of that sentence, without its full stop. */
  String value();
}
