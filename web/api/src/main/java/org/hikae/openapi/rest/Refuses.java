package org.hikae.openapi.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hikae.problem.wire.ProblemCode;

/**
 * Codes that a resource method can refuse with beside those that follow from its form (token,
 * parameters, body). The OpenAPI document names them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

  /** The codes. */
  ProblemCode[] value();
}
