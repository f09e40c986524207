package org.hikae.caller.service;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls are taken only from tokens that this client got: an agent's token can do only what a device
 * does, a portal's token only what its pages and the administration do. What is for the portal's is
 * for the company's own programs too, as far as their roles go.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FromClient {

  /** The client, from {@link org.hikae.identity.wire.RealmNames}. */
  @Nonbinding
  String value();
}
