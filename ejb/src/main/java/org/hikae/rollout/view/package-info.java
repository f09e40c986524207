/** Campaigns, waves, gates and offers as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.rollout.view;

import org.jspecify.annotations.NullMarked;
