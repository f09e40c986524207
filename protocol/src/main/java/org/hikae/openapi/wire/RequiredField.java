package org.hikae.openapi.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component that the portal always sends although it is nullable: whoever reads it may be of an
 * earlier release, which has nothing for a word that it does not know. The OpenAPI document says
 * that it is required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RequiredField {}
