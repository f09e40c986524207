/**
 * Who is offered the backup: standing offers, and campaigns that invite wave after wave. Audiences
 * are joined to the directory's tables in the database, because everybody is too many to carry
 * about; of these tables nothing is written here.
 */
@NullMarked
package org.hikae.rollout.entity;

import org.jspecify.annotations.NullMarked;
