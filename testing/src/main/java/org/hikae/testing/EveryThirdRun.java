package org.hikae.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that cost seconds and that {@code ./verify} takes once in three runs: a method, or each
 * method of a class, which then are taken in different runs ({@link TestScope}). {@code
 * docs/testing.md} says what belongs here.
 */
@Tag(TestScope.THIRD)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EveryThirdRun {}
