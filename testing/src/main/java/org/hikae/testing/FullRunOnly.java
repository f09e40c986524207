package org.hikae.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that {@code ./verify} leaves to {@code ./verify --full}, on a method or on a whole class.
 * {@code docs/testing.md} says what belongs here.
 */
@Tag(TestScope.FULL)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FullRunOnly {}
