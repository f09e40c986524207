package org.hikae.openapi.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many entries a page may have, for the OpenAPI document: parameter {@code limit}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PageLimit {

  /** Most entries. */
  int max();

  /** Entries when the caller says nothing. */
  int otherwise();
}
