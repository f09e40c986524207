/** Offers, campaigns, waves, gates and invitations as JPA entities. Knows no store. */
@NullMarked
package org.hikae.rollout.entity;

import org.jspecify.annotations.NullMarked;
