/** Policies, scopes and effective values as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.policy.view;

import org.jspecify.annotations.NullMarked;
