/** Scopes and versions of policies as JPA entities; a version is never changed. Knows no store. */
@NullMarked
package org.hikae.policy.entity;

import org.jspecify.annotations.NullMarked;
