/** The page that offers the backup to departments. */
@NullMarked
package org.hikae.rollout.faces;

import org.jspecify.annotations.NullMarked;
