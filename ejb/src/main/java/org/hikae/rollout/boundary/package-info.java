/**
 * Who is offered the backup: by standing offers to groups, and by campaigns that invite wave after
 * wave. A fresh portal offers it to nobody.
 */
@NullMarked
package org.hikae.rollout.boundary;

import org.jspecify.annotations.NullMarked;
