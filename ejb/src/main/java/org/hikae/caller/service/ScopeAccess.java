package org.hikae.caller.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a use case of pages and administration does for a caller who administers some departments
 * only; a method's own goes before that of its class. Without one it is refused to them: {@link
 * FromClientInterceptor} enforces it.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ScopeAccess {

  /** The rule. */
  ScopeRule value();
}
