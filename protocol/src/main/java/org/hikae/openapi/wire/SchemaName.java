package org.hikae.openapi.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a type is called in the OpenAPI document when the code calls it otherwise: clients are made
 * of that document, so that a name which was published stays. Types that are nested in it are
 * called after this name, too.
 *
 * <p>MicroProfile has such an annotation; this one needs no library in the agent and the vault.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SchemaName {

  /** The name that was published. */
  String value();
}
