package org.hikae.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that cost seconds and that {@code ./verify} takes once in three runs, on a method or on a
 * whole class: those of the vault, of the agent, and all others in turn ({@link TestScope}). {@code
 * docs/testing.md} says what belongs here.
 */
@Tag(TestScope.THIRD)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EveryThirdRun {}
