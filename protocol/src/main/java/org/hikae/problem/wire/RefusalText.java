package org.hikae.problem.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a component of a request is refused that is something else than it has to be, where clients
 * are told so in other words than those of {@link RequirementText}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RefusalText {
  /** The whole sentence. */
  String value();
}
