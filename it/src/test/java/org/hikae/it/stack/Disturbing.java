package org.hikae.it.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests that have {@link Stack#apart()} for themselves, one class after the other, while others use
 * the other systems. They come at the beginning, beside the test that takes longest: one of them
 * that waits for another would keep a core idle.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("the system apart")
@Order(2)
public @interface Disturbing {}
