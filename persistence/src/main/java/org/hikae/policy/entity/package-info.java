/** Policies as rows: scopes and their versions, which are never changed. */
@NullMarked
package org.hikae.policy.entity;

import org.jspecify.annotations.NullMarked;
