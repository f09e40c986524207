package org.hikae.it.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Suites whose statements module {@code persistence} tries on both databases, and which ask nothing
 * else of one: no rights of its logins, no two at once for the same row, no failed constraint. They
 * run on PostgreSQL, as most companies do; the build leaves them out on H2.
 */
@Tag("postgresql")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface PostgresOnly {}
